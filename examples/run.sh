#!/usr/bin/env bash
# The main job on the example ledger: examples/run.sh ANJIE DATA_DIRECTORY
set -euo pipefail
anjie=$1
data=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in zh*) chinese=1 ;; *) chinese='' ;; esac
say() { printf '\n\033[1m%s\033[0m\n' "$([ -n "$chinese" ] && echo "$1" || echo "$2")"; }

if [ ! -e "$data/anjie.json" ]; then
    "$anjie" init "$data" --org 540629-102 --org-name 阿索乡人民调解委员会 --jurisdiction 540629 --committee township --prefix 尼阿调
fi
say "一、导入台账 examples/asuo-2024.csv" "1. Import the ledger examples/asuo-2024.csv"
"$anjie" -C "$data" import "$here/asuo-2024.csv"
say "二、2024 年度统计" "2. The report of 2024"
"$anjie" -C "$data" report --year 2024
problem=$("$anjie" -C "$data" report --year 2024 --cases follow_up.opened --plain | head -n 1)
say "三、重放一个回访发现问题、跟进化解的案件：$problem" "3. Replay of a case whose revisit found a problem that was followed up and settled: $problem"
"$anjie" -C "$data" replay "$problem" --diff
say "接下来可以试试：" "What to try next:"
cat <<EOF
  export PATH=$(dirname "$anjie"):\$PATH ANJIE_DATA=$data
  anjie due --within 30d
  anjie case list
  anjie case show '$problem'
  anjie case new --type neighbour --applicant 甲 --respondent 乙
  anjie report --year 2024 --as-of 2024-06-30
  anjie verify
  anjie --help
EOF
