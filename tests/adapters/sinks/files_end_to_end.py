"""Daily files by the program, the orders of `anjie sink`, and configuration that is wrong."""
import csv
import io
import json
import unittest

from sink_office import Controls, Office, random, run  # noqa: F401


class Files(Office):
    def setUp(self):
        super().setUp()
        self.out = self.folder / "out"
        self.out.mkdir()

    def events(self):
        lines = []
        for file in sorted(self.out.glob("*.ndjson")):
            lines += file.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def test_everything_is_in_the_files_once(self):
        self.configure({"name": "daily", "kind": "files", "to": {"folder": str(self.out)}})
        before = self.sink("list")[0]
        self.assertEqual((before["state"], before["lag_positions"]), ("working", self.head))
        self.assertEqual(self.sink("run")[0]["state"], "up_to_date")
        self.check_complete(self.events(), once=True)
        rows = []
        for file in sorted(self.out.glob("*.csv")):
            content = file.read_bytes()
            self.assertTrue(content.startswith(b"\xef\xbb\xbf"))
            rows += list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        self.assertEqual([row["id"] for row in rows], [str(p) for p in range(1, self.head + 1)])
        self.assertEqual(json.loads(rows[0]["data"]), self.events()[0]["data"])
        self.sink("run")
        self.assertEqual(len(self.events()), self.head)

    def test_killed_again_and_again_no_event_is_lost_or_doubled(self):
        self.configure({"name": "daily", "kind": "files", "to": {"folder": str(self.out)}, "batch": 3})
        lines = lambda: sum(file.read_bytes().count(b"\n") for file in self.out.glob("*.ndjson"))
        self.assertGreater(self.kill_in_the_middle(random.Random(5), lines, 12), 0)
        self.run_until_done()
        self.check_complete(self.events(), once=True)

    def test_orders_and_ledger(self):
        self.configure({"name": "daily", "kind": "files", "to": {"folder": str(self.out), "csv": False}},
                       {"name": "names", "kind": "files", "to": {"folder": "names"}, "events": ["dispute.case_registered"],
                        "sealed": {"dispute.case_registered": ["name"]}, "fields": {"*": ["number"]}})
        (self.data / "names").mkdir()
        self.sink("pause", "daily")
        self.assertEqual([row["state"] for row in self.sink("run")], ["paused", "up_to_date"])
        self.assertEqual(self.events(), [])
        self.sink("resume", "daily")
        self.sink("run")
        self.sink("resend", "daily", "--from", self.head - 4)
        self.sink("run")
        self.assertEqual(len(self.events()), self.head + 5)
        self.assertEqual([line["classes"] for line in self.sink("ledger", "daily")], [["codes"]])
        told = self.sink("ledger", "names")
        self.assertEqual(told[0]["classes"], ["codes", "sealed:name"])
        self.assertEqual(told[0]["events"], 12)
        names = next((self.data / "names").glob("*.ndjson")).read_text(encoding="utf-8")
        first = json.loads(names.splitlines()[0])["data"]
        self.assertEqual(set(first), {"number", "sealed"})
        self.assertTrue(all(field["field"] == "name" for field in first["sealed"]))
        self.assertIn("no sink", run("-C", self.data, "sink", "pause", "nobody", code=None).stderr)
        self.assertEqual(run("-C", self.data, "sink", "resend", "daily", "--from", "0", code=None).returncode, 2)

    def test_a_wrong_configuration_names_its_place(self):
        for settings, place in (({"name": "a", "kind": "fax", "to": {}}, "sinks[0].kind"),
                                ({"name": "A!", "kind": "files", "to": {"folder": "x"}}, "sinks[0].name"),
                                ({"name": "a", "kind": "files", "to": {"folder": "x"}}, "sinks[0].to.folder"),
                                ({"name": "a", "kind": "files", "to": {"folder": str(self.out)}, "organisation": "540629 102"}, "sinks[0].organisation"),
                                ({"name": "a", "kind": "files", "to": {"folder": str(self.out)}, "feilds": {}}, "feilds")):
            self.configure(settings)
            done = run("-C", self.data, "sink", "list", code=None)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn("sinks.json", done.stderr)
            self.assertIn(place, done.stderr)
        self.configure({"name": "a", "kind": "files", "to": {"folder": str(self.out)}}, type_prefix="cn gov")
        self.assertIn("type_prefix", run("-C", self.data, "sink", "list", code=None).stderr)
        # The last of two lists of what may leave must not win without a word.
        (self.data / "sinks.json").write_text('{"sinks": [{"name": "a", "kind": "files", "to": {"folder": "."},\n "sealed": {}, "sealed": {"*": ["name"]}}]}')
        done = run("-C", self.data, "sink", "list", code=None)
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r'sinks\.json: line 2, column \d+: "sealed" is named a second time')
        (self.data / "sinks.json").unlink()
        self.assertEqual(self.sink("list"), [])
        self.assertIn("sinks.json", run("-C", self.data, "sink", "list", code=None).stderr)


if __name__ == "__main__":
    unittest.main()
