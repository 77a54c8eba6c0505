#!/usr/bin/env python3
"""The XES export against the rules of IEEE 1849, judged by xmllint: xes_test.py ANJIE SOURCE_DIRECTORY"""
import json
import subprocess
import sys
import unittest
import xml.etree.ElementTree as ET

from office import Office, RULES, run

NAMESPACE = ' xmlns="http://www.xes-standard.org/"'
IN = "{http://www.xes-standard.org/}"


def key_value(element):
    return {one.get("key"): one.get("value") for one in element if one.get("key")}


class Xes(Office):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.file = cls.folder / "log.xes"
        run("-C", cls.data, "export", "xes", cls.file)
        cls.text = cls.file.read_text(encoding="utf-8")
        cls.log = ET.fromstring(cls.text)

    def accepted(self, text, schema):
        file = self.folder / "judged.xes"
        file.write_text(text, encoding="utf-8")
        done = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", RULES / schema, file], capture_output=True, text=True, check=False)
        self.assertIn(done.returncode, (0, 1, 3), done.stderr)
        return done.returncode == 0, done.stderr

    def test_it_keeps_the_rules_with_and_without_a_namespace(self):
        self.assertIn(NAMESPACE, self.text)
        for text, schema in ((self.text, "xes-namespaced.xsd"), (self.text.replace(NAMESPACE, "", 1), "xes.xsd")):
            sound, why = self.accepted(text, schema)
            self.assertTrue(sound, why[:2000])

    def test_a_damaged_log_is_refused(self):
        damages = {
            "not closed": (self.text[:-7], ""),
            "no version": ('xes.version="1849.2016" ', ""),
            "a day that does not exist": ("2024-01-08T", "2024-02-30T"),
            "a number that is none": ('<int key="version" value="1"/>', '<int key="version" value="one"/>'),
            "a key with a space": ('key="day_only"', 'key="day only"'),
            "a key twice": ('key="day_only"', 'key="version"'),
            "a classifier without keys": (' keys="org:resource"', ""),
            "an attribute after the events": ("  </trace>", '<string key="late" value=""/></trace>'),
            "an unknown element": ("<trace>", "<trace><party/>"),
            "an id that is none": ('key="identity:id" value="', 'key="identity:id" value="x'),
        }
        for name, (old, new) in damages.items():
            damaged = old if not new and name == "not closed" else self.text.replace(old, new, 1)
            self.assertNotEqual(damaged, self.text, name)
            for text, schema in ((damaged, "xes-namespaced.xsd"), (damaged.replace(NAMESPACE, "", 1), "xes.xsd")):
                self.assertFalse(self.accepted(text, schema)[0], f"{name} passed {schema}")

    def test_prefixes_are_declared_and_globals_are_everywhere(self):
        declared = {one.get("prefix") for one in self.log.iter(f"{IN}extension")}
        keys = {one.get("key") for one in self.log.iter() if one.get("key")}
        self.assertEqual({key.split(":")[0] for key in keys if ":" in key} - declared, set())
        for scope in ("trace", "event"):
            demanded = {key for one in self.log.iter(f"{IN}global") if one.get("scope") == scope for key in key_value(one)}
            self.assertTrue(demanded)
            for element in self.log.iter(f"{IN}{scope}"):
                self.assertEqual(demanded - set(key_value(element)), set())
        for classifier in self.log.iter(f"{IN}classifier"):
            for event in self.log.iter(f"{IN}event"):
                self.assertEqual(set(classifier.get("keys").split()) - set(key_value(event)), set())

    def test_traces_and_events_are_those_of_the_case_list(self):
        traces = {key_value(trace)["concept:name"]: trace for trace in self.log.iter(f"{IN}trace")}
        self.assertEqual(set(traces), {case["number"] for case in self.cases})
        report = json.loads(run("-C", self.data, "--json", "report", "--year", "2024"))
        total = next(figure["value"] for figure in report["figures"] if figure["id"] == "total")
        self.assertEqual(len(traces), total)
        for number, trace in traces.items():
            told = [key_value(event) for event in trace.iter(f"{IN}event")]
            known = self.history_of(number)
            self.assertEqual([(one["code"], int(one["position"]), int(one["version"])) for one in told],
                             [(one["event"], one["position"], one["version"]) for one in known])
            self.assertEqual([one["time:timestamp"][:10] for one in told], [one["occurred_at"][:10] for one in known])

    def test_no_name_no_number_no_place_no_narrative_leaves(self):
        self.assert_nothing_sensitive(self.file.read_bytes())
        with self.assertRaises(AssertionError):  # The check can fail: the ledger itself is full of them.
            self.assert_nothing_sensitive((self.text + "索朗多布").encode())

    def test_the_same_log_gives_the_same_bytes_to_a_file_and_to_stdout(self):
        self.assertEqual(self.export("xes", "-", text=False), self.file.read_bytes())

    def test_numbers_can_stand_for_people_organisations_and_cases(self):
        text = self.export("xes", "-", "--number-people")
        for recorded in ("AS-T01", "AS-R01", "540629-102", "ledger-import", "尼阿调"):
            self.assertIn(recorded, self.text)
            self.assertNotIn(f'"{recorded}', text)
        self.assertTrue(self.accepted(text, "xes-namespaced.xsd")[0])

    def test_what_is_selected_is_what_the_case_list_selects(self):
        def numbers(*words):
            log = ET.fromstring(self.export("xes", "-", *words))
            return {key_value(trace)["concept:name"] for trace in log.iter(f"{IN}trace")}

        early = {case["number"] for case in self.cases if case["opened"] <= "2024-06-30"}
        self.assertTrue(0 < len(early) < len(self.cases))
        self.assertEqual(numbers("--from", "2024-01-01", "--to", "2024-06-30"), early)
        self.assertEqual(len(numbers("--year", "2024")), len(self.cases))
        self.assertEqual(numbers("--year", "2023"), set())
        self.assertEqual(len(numbers("--org", "540629")), len(self.cases))
        self.assertEqual(numbers("--org", "540630"), set())
        self.assertEqual(numbers("--as-of", "2024-12-31"), set())  # The ledger was entered today.

    def test_what_cannot_be_done_leaves_nothing_behind(self):
        before = sorted(path.name for path in self.folder.iterdir())
        self.export("xes", self.folder / "absent" / "log.xes", code=6)
        self.export("xes", self.folder, code=2)
        self.export("xes", "-", "--from", "soon", code=2)
        self.export("xes", "-", "--from", "2024-06-01", "--to", "2024-05-01", code=2)
        self.export("xes", "-", "--year", "2024", "--from", "2024-05-01", code=2)
        run("-C", self.folder / "absent", "export", "xes", self.folder / "new.xes", code=5)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), before)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]], verbosity=1)
