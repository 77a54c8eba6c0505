#include "adapters/dossier/readme.hpp"

namespace anjie::dossier {
namespace {

constexpr std::string_view dossier_text = R"(案结 Anjie：一个案件的可核验卷宗

本压缩包证明：records/ 中的事件是检查点（checkpoint）所签署日志的一部分，位置和字节都未改动；
事件的版本从 1 起连续，没有缺号。history.json、history.txt 和 forms.json 完全由这些事件推出。
个人信息在事件中是密封的，这里只显示明文部分。

本压缩包不能证明：检查点之后还有没有新的事件；本案最后若干事件有没有被扣下不交。
要核对后者，请取一份包含整个日志的证明（anjie report --prove 文件 --complete），或向持有日志的机关查询。

核验（不需要数据目录，不需要网络）：
    anjie verify 本文件.zip --key 机关的公钥
公钥须从别处取得，例如张贴的告示；不要从送来本文件的人手里取。


Anjie (案结): a case in a form that can be checked

This archive proves that the events in records/ are part of the log that the checkpoint signs, at their positions and
byte for byte, and that the case's versions run from 1 without a gap. history.json, history.txt and forms.json follow
from these events alone. Personal data are sealed inside the events; only the clear part is shown here.

It does not prove whether there are newer events after the checkpoint, nor that the last events of the case were not
withheld. To rule out the latter take a proof that holds the whole log (anjie report --prove FILE --complete), or ask
whoever keeps the log.

To check it, without the data directory and without a network:
    anjie verify this-file.zip --key THE-OFFICE'S-PUBLIC-KEY
Take the key from somewhere else, for example a posted notice, never from whoever sent you this file.
)";

constexpr std::string_view report_text = R"(案结 Anjie：可核验的统计报表

本压缩包证明：records/ 中的事件是检查点（checkpoint）所签署日志的一部分，位置和字节都未改动；
report.json 中的每个数字和比率都由这些事件按 definitions.json 的口径算出；figures/ 列出每个数字背后的案件
（cases.txt 中的行号，金额等合计数另列每案的数额）。

本压缩包不能证明：日志里有没有没被录入的事；manifest.json 中 "complete" 为 false 时，
也不能排除有别的案件或某案最后若干事件被漏掉。"complete" 为 true 时，整个日志都在这里，漏不掉。

核验（不需要数据目录，不需要网络）：
    anjie verify 本文件.zip --key 机关的公钥
    anjie verify 今年.zip --key 机关的公钥 --since 去年.zip
公钥须从别处取得，例如张贴的告示；不要从送来本文件的人手里取。


Anjie (案结): a report whose figures can be checked

This archive proves that the events in records/ are part of the log that the checkpoint signs, at their positions and
byte for byte, and that every figure and rate of report.json follows from these events by definitions.json. figures/
lists the cases behind each figure (lines of cases.txt; for sums also what each case adds).

It does not prove that nothing happened which was never recorded. Where "complete" in manifest.json is false, it
cannot rule out that another case, or the last events of a case, were left out. Where it is true, the whole log is
here and nothing can have been.

To check it, without the data directory and without a network:
    anjie verify this-file.zip --key THE-OFFICE'S-PUBLIC-KEY
    anjie verify this-year.zip --key THE-OFFICE'S-PUBLIC-KEY --since last-year.zip
Take the key from somewhere else, for example a posted notice, never from whoever sent you this file.
)";

}  // namespace

std::string readme_text(const Manifest& manifest) {
    return std::string(manifest.kind == Kind::dossier ? dossier_text : report_text);
}

}  // namespace anjie::dossier
