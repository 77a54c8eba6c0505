"""An office with the example ledger and sinks; what the tests of the sinks share. Nothing here knows the program."""
import csv
import json
import os
import pathlib
import random  # noqa: F401: the tests take it from here
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ANJIE = pathlib.Path(sys.argv.pop(1))
SOURCE = pathlib.Path(sys.argv.pop(1))
LEDGER = SOURCE / "examples" / "asuo-2024.csv"
INIT = ["--org", "540629-102", "--jurisdiction", "540629", "--committee", "township", "--prefix", "尼阿调"]
ENV = {"PATH": os.environ["PATH"], "ANJIE_ACTOR": "tester"}


def run(*words, code=0, timeout=120):
    done = subprocess.run([str(ANJIE), "--lang", "en", *map(str, words)], capture_output=True, env=ENV, timeout=timeout, check=False, text=True)
    if code is not None and done.returncode != code:
        raise AssertionError(f"{words}: exit {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}")
    return done.stdout if code is not None else done


def until(condition, what, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.02)


def sensitive_texts():
    """What the ledger says about people: names, numbers, places and narrative."""
    texts = set()
    with open(LEDGER, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for column in ("申请人", "被申请人", "联系电话", "住址", "纠纷简要情况", "协议内容", "回访情况", "跟进情况", "备注"):
                for part in re.split("[、；;，。]", row[column] or ""):
                    part = part.split("(")[0].strip()
                    if len(part) >= 2:
                        texts.add(part)
    return texts


ATTRIBUTE = re.compile(r"[a-z0-9]{1,20}\Z")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)\Z")
URI_REFERENCE = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+\Z")


def cloud_event_faults(event):
    """The rules of CloudEvents 1.0 (sections 3 and 4, JSON format 2 and 3), restated; a sentence per fault."""
    faults = []
    for name in ("id", "source", "specversion", "type"):
        if not isinstance(event.get(name), str) or not event[name]:
            faults.append(f"{name} is required and a text that is not empty")
    if event.get("specversion") != "1.0":
        faults.append("specversion is 1.0")
    for name, value in event.items():
        if name in ("data", "data_base64"):
            continue
        if not ATTRIBUTE.match(name):
            faults.append(f"{name} is no attribute's name")
        if isinstance(value, bool) or isinstance(value, str):
            if isinstance(value, str) and any(ord(c) < 0x20 or 0x7f <= ord(c) <= 0x9f for c in value):
                faults.append(f"{name} has control characters")
        elif isinstance(value, int):
            if not -2**31 <= value < 2**31:
                faults.append(f"{name} does not fit an Integer")
        else:
            faults.append(f"{name} is of no type of an attribute")
    for name in ("source", "dataschema"):
        if name in event and not URI_REFERENCE.match(event[name]):
            faults.append(f"{name} is no URI reference")
    if "dataschema" in event and ":" not in event["dataschema"]:
        faults.append("dataschema is absolute")
    for name in ("time", "recordedtime"):
        if name in event and not MOMENT.match(event[name]):
            faults.append(f"{name} is not RFC 3339")
    if "subject" in event and not event["subject"]:
        faults.append("subject is not empty where there is one")
    if "data" in event and "data_base64" in event:
        faults.append("data or data_base64, not both")
    if "datacontenttype" in event and not re.match(r"[\w.+-]+/[\w.+-]+", event["datacontenttype"]):
        faults.append("datacontenttype is a media type")
    return faults


class Office(unittest.TestCase):
    """One office for all tests of a class; each test has its own copy."""

    @classmethod
    def setUpClass(cls):
        cls.top = pathlib.Path(tempfile.mkdtemp(prefix="anjie-sinks-"))
        os.chmod(cls.top, 0o755)
        cls.original = cls.top / "original"
        run("init", cls.original, *INIT)
        run("-C", cls.original, "import", LEDGER)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.top, ignore_errors=True)

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=self.top))
        os.chmod(self.folder, 0o755)
        self.data = self.folder / "office"
        shutil.copytree(self.original, self.data)
        listed = json.loads(run("-C", self.data, "--json", "projection", "list"))
        self.head = max(row["cursor"] + row["behind"] for row in listed)
        self.assertGreater(self.head, 100)

    def configure(self, *sinks, **general):
        (self.data / "sinks.json").write_text(json.dumps({"type_prefix": "cn.gov.540629", **general, "sinks": list(sinks)}), encoding="utf-8")

    def sink(self, *words, code=0):
        out = run("-C", self.data, "--json", "sink", *words, code=code)
        return json.loads(out) if isinstance(out, str) and out.strip() else out

    def run_until_done(self, seconds=60):
        return self.sink("run", "--wait", seconds)

    def start_run(self):
        return subprocess.Popen([str(ANJIE), "-C", str(self.data), "sink", "run", "--wait", "60"], env=ENV,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill_in_the_middle(self, chance, progress, times):
        """Starts runs and kills each as soon as `progress` (how much the other side has) has grown by a little.
        Answers how many were killed before they were done."""
        killed = 0
        for _ in range(times):
            target = progress() + 1 + chance.randrange(max(1, self.head // (2 * times)))
            process = self.start_run()
            until(lambda p=process, t=target: progress() >= t or p.poll() is not None, "the run gets on")
            killed += process.poll() is None
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=30)
        return killed

    def check_complete(self, events, once=False):
        """Every position, each case in order where repetitions do not count, valid, and nothing about people."""
        texts = sensitive_texts()
        self.assertGreater(len(texts), 50, "the ledger was not understood")
        seen, newest = set(), {}
        for event in events:
            self.assertEqual(cloud_event_faults(event), [], event)
            written = json.dumps(event, ensure_ascii=False)
            self.assertEqual([text for text in texts if text in written], [])
            if event["id"] in seen:
                self.assertFalse(once, f"{event['id']} came twice")
                continue
            seen.add(event["id"])
            version = int(event["caseversion"])
            self.assertEqual(version, newest.get(event["subject"], 0) + 1, event)
            newest[event["subject"]] = version
        self.assertEqual(seen, {str(position) for position in range(1, self.head + 1)})


class Controls(unittest.TestCase):
    """The rules above find what they are for."""

    def test_broken_events_are_found(self):
        fine = {"id": "1", "source": "//a", "specversion": "1.0", "type": "t", "time": "2024-03-05T00:00:00+08:00", "data": {}}
        self.assertEqual(cloud_event_faults(fine), [])
        for change in ({"id": ""}, {"specversion": "0.3"}, {"Bad": "x"}, {"time": "yesterday"}, {"sequence": 2**40},
                       {"ext": {"a": 1}}, {"source": "a b"}, {"data_base64": ""}, {"ext": "a\nb"}):
            self.assertNotEqual(cloud_event_faults({**fine, **change}), [], change)
