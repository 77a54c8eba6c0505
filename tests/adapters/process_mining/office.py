"""An office with the example ledger, exported by the program; what the export tests share."""
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ANJIE = pathlib.Path(sys.argv.pop(1))
SOURCE = pathlib.Path(sys.argv.pop(1))
RULES = pathlib.Path(__file__).parent / "rules"
LEDGER = SOURCE / "examples" / "asuo-2024.csv"
INIT = ["--org", "540629-102", "--jurisdiction", "540629", "--committee", "township", "--prefix", "尼阿调"]


def run(*words, code=0, lang="zh", text=True):
    """Runs the program; expects an exit code; answers stdout."""
    env = {"PATH": os.environ["PATH"], "ANJIE_ACTOR": "tester"}
    done = subprocess.run([str(ANJIE), "--lang", lang, *map(str, words)], capture_output=True, env=env, timeout=120, check=False, text=text)
    if done.returncode != code:
        raise AssertionError(f"{words}: exit {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def sensitive_texts():
    """What the ledger says about people: names, numbers, places and narrative."""
    texts = set()
    with open(LEDGER, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for column in ("申请人", "被申请人", "联系电话", "住址", "纠纷简要情况", "协议内容", "回访情况", "调解员", "回访人", "跟进情况", "备注"):
                for part in (row[column] or "").replace("；", "、").replace(";", "、").replace("，", "、").replace("。", "、").split("、"):
                    part = part.split("(")[0].strip()
                    if len(part) >= 2:
                        texts.add(part)
    return texts


class Office(unittest.TestCase):
    """One office for all tests of a class: nothing here writes to its log but `setUpClass`."""

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="anjie-mining-"))
        cls.data = cls.folder / "office"
        run("init", cls.data, *INIT)
        run("-C", cls.data, "import", LEDGER)
        cls.cases = json.loads(run("-C", cls.data, "--json", "case", "list"))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)

    def export(self, *words, **options):
        return run("-C", self.data, "export", *words, **options)

    def history_of(self, number):
        return json.loads(run("-C", self.data, "--json", "replay", number))["events"]

    def assert_nothing_sensitive(self, content):
        texts = sensitive_texts()
        self.assertGreater(len(texts), 100, "the ledger was not understood")
        found = [text for text in texts if text.encode() in content]
        self.assertEqual(found, [])
