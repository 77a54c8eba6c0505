#!/usr/bin/env python3
"""The OCEL exports against the rules of OCEL 2.0: ocel_test.py ANJIE SOURCE_DIRECTORY"""
import collections
import copy
import datetime
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import unittest

import jsonschema
from ocel_rules import json_complaints, sqlite_complaints
from office import ANJIE, Office, RULES, run

SCHEMA = jsonschema.Draft7Validator(json.loads((RULES / "ocel2.schema.json").read_text(encoding="utf-8")))


class Ocel(Office):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.json_file, cls.sqlite_file = cls.folder / "log.json", cls.folder / "log.sqlite"
        for file in (cls.json_file, cls.sqlite_file):
            run("-C", cls.data, "export", "ocel", file)
        cls.log = json.loads(cls.json_file.read_text(encoding="utf-8"))

    def of_type(self, name):
        return [one for one in self.log["objects"] if one["type"] == name]


class Json(Ocel):
    def complaints(self, log):
        found = [f"{list(error.absolute_path)}: {error.message}"[:300] for error in SCHEMA.iter_errors(log)]
        return found or json_complaints(log)

    def test_it_keeps_the_rules(self):
        self.assertEqual(self.complaints(self.log), [])

    def test_a_damaged_log_is_refused(self):
        case = next(i for i, one in enumerate(self.log["objects"]) if one["type"] == "案件")
        damages = {
            "no events": lambda log: log.pop("events"),
            "a number as a number": lambda log: log["events"][0]["attributes"][0].update(value=1),
            "a time without a zone": lambda log: log["events"][0].update(time="2024-01-08T00:00:00"),
            "a time that is none": lambda log: log["objects"][case]["attributes"][0].update(time="2024-13-01T00:00:00Z"),
            "an unknown kind of value": lambda log: log["eventTypes"][0]["attributes"][0].update(type="text"),
            "an unknown member": lambda log: log["events"][0].update(note="x"),
            "a relation twice": lambda log: log["events"][0]["relationships"].append(log["events"][0]["relationships"][0]),
            "a relation to nothing": lambda log: log["events"][0]["relationships"][0].update(objectId="nothing"),
            "an undeclared type": lambda log: log["objects"][case].update(type="Quarrel"),
            "an undeclared attribute": lambda log: log["events"][0]["attributes"][0].update(name="note"),
            "an id twice": lambda log: log["events"][1].update(id=log["events"][0]["id"]),
            "a type twice": lambda log: log["eventTypes"].append(log["eventTypes"][0]),
            "a value of another kind": lambda log: next(a for a in log["events"][0]["attributes"] if a["name"] == "version").update(value="one"),
            "two values at one time": lambda log: log["objects"][case]["attributes"].append(log["objects"][case]["attributes"][0]),
        }
        for name, damage in damages.items():
            log = copy.deepcopy(self.log)
            damage(log)
            self.assertNotEqual(self.complaints(log), [], f"{name} passed")
        with self.assertRaises(json.JSONDecodeError):
            json.loads(self.json_file.read_text(encoding="utf-8")[:-3])

    def test_cases_and_events_are_those_of_the_log(self):
        cases = {one["id"]: one for one in self.of_type("案件")}
        self.assertEqual(set(cases), {case["case_id"] for case in self.cases})
        report = json.loads(run("-C", self.data, "--json", "report", "--year", "2024"))
        self.assertEqual(len(cases), next(figure["value"] for figure in report["figures"] if figure["id"] == "total"))
        told = collections.defaultdict(list)
        for event in self.log["events"]:
            case = next(one["objectId"] for one in event["relationships"] if one["qualifier"] == "case")
            values = {one["name"]: one["value"] for one in event["attributes"]}
            told[case].append((values["code"], int(values["position"]), event["time"][:10]))
        for case in self.cases:
            known = [(one["event"], one["position"], one["occurred_at"][:10]) for one in self.history_of(case["number"])]
            self.assertEqual(told[case["case_id"]], known)

    def test_objects_are_as_many_as_the_events_made_and_end_as_the_case_list_says(self):
        made = collections.Counter(next(a["value"] for a in event["attributes"] if a["name"] == "code") for event in self.log["events"])
        self.assertEqual(len(self.of_type("回访")), made["revisit_made"])
        self.assertEqual(len(self.of_type("卷内文书")), made["document_filed"])
        self.assertEqual(len(self.of_type("调解协议")), made["agreement_effective"])
        self.assertEqual({one["id"] for one in self.of_type("调解员")}, {"mediator:AS-T01", "mediator:AS-T02", "mediator:AS-R01"})
        self.assertEqual([one["id"] for one in self.of_type("调解委员会")], ["committee:540629-102"])
        listed = {case["case_id"]: case for case in self.cases}
        for case in self.of_type("案件"):
            last = {}
            for value in sorted(case["attributes"], key=lambda one: datetime.datetime.fromisoformat(one["time"].replace("Z", "+00:00"))):
                last[value["name"]] = value["value"]
            self.assertEqual((last["number"], last["type"], last["file"]), (listed[case["id"]]["number"], listed[case["id"]]["type"], listed[case["id"]]["phase"]))

    def test_an_obligation_knows_its_agreement_its_debtor_and_its_end(self):
        related = {(one["id"], r["qualifier"]): r["objectId"] for one in self.log["objects"] for r in one["relationships"]}
        for obligation in self.of_type("履行义务"):
            self.assertIn("party:", related[obligation["id"], "debtor"])
            self.assertIn("party:", related[obligation["id"], "creditor"])
            self.assertIn("performed", [a["value"] for a in obligation["attributes"] if a["name"] == "phase"])
        owed = {r["objectId"] for one in self.of_type("调解协议") for r in one["relationships"] if r["qualifier"] == "obligation"}
        self.assertEqual(owed, {one["id"] for one in self.of_type("履行义务")})

    def test_no_name_no_number_no_place_no_narrative_leaves(self):
        self.assert_nothing_sensitive(self.json_file.read_bytes())

    def test_the_same_log_gives_the_same_bytes_to_a_file_and_to_stdout(self):
        self.assertEqual(self.export("ocel", "-", "--format", "json", text=False), self.json_file.read_bytes())

    def test_an_empty_selection_is_a_log_too(self):
        log = json.loads(self.export("ocel", "-", "--format", "json", "--year", "1999"))
        self.assertEqual(self.complaints(log), [])
        self.assertEqual((log["objects"], log["events"]), ([], []))

    def test_numbers_can_stand_for_people_organisations_and_cases(self):
        text = self.export("ocel", "-", "--format", "json", "--number-people")
        self.assertEqual(self.complaints(json.loads(text)), [])
        whole = self.json_file.read_text(encoding="utf-8")
        for recorded in ["AS-T01", "540629-102", "ledger-import", "尼阿调", *(case["case_id"] for case in self.cases)]:
            self.assertIn(recorded, whole)
            self.assertNotIn(recorded, text.replace("540629-2024", ""))

    def test_what_cannot_be_done_leaves_nothing_behind(self):
        before = sorted(path.name for path in self.folder.iterdir())
        self.export("ocel", self.folder / "log.txt", code=2)
        self.export("ocel", "-", code=2)
        self.export("ocel", "-", "--format", "sqlite", code=2)
        self.export("ocel", self.folder / "absent" / "log.sqlite", code=6)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), before)


    def test_a_full_disk_is_no_success_and_a_pipe_is_not_replaced(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([ANJIE, "-C", self.data, "export", "ocel", "-", "--format", "json"], stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 6)
        self.assertIn(b"space", done.stderr)
        pipe = self.folder / "pipe.json"
        os.mkfifo(pipe)
        self.export("ocel", pipe, code=2)
        self.assertTrue(pipe.is_fifo())
        pipe.unlink()


class Sqlite(Ocel):
    def complaints(self, file):
        with sqlite3.connect(file) as connection:
            return sqlite_complaints(connection)

    def test_it_keeps_the_rules(self):
        with sqlite3.connect(self.sqlite_file) as connection:
            self.assertEqual(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        self.assertEqual(self.complaints(self.sqlite_file), [])

    def test_each_of_the_24_questions_finds_its_damage(self):
        damages = {
            1: "ALTER TABLE event_map_type ADD COLUMN note",
            2: "ALTER TABLE object_map_type ADD COLUMN note",
            3: "ALTER TABLE event ADD COLUMN note",
            4: "ALTER TABLE object ADD COLUMN note",
            5: "ALTER TABLE event_object ADD COLUMN note",
            6: "ALTER TABLE object_object RENAME COLUMN ocel_qualifier TO qualifier",
            7: "ALTER TABLE event RENAME TO old; CREATE TABLE event AS SELECT * FROM old; DROP TABLE old",
            8: "DROP TABLE event_CaseClosed",
            9: "DROP TABLE object_Revisit",
            10: "UPDATE event_map_type SET ocel_type_map = 'CaseClosed' WHERE ocel_type_map = 'CaseArchived'",
            11: "UPDATE object_map_type SET ocel_type_map = 'Case' WHERE ocel_type_map = 'Party'",
            12: "CREATE TABLE events(x)",
            13: "CREATE TABLE object_notes(x)",
            14: "DROP TABLE event_CaseClosed; CREATE TABLE event_CaseClosed(ocel_id TEXT, ocel_time TIMESTAMP)",
            15: "ALTER TABLE object_Case RENAME COLUMN ocel_changed_field TO changed",
            16: "DROP TABLE object_Mediator; CREATE TABLE object_Mediator(ocel_id TEXT REFERENCES object(ocel_id), ocel_time TEXT, ocel_changed_field TEXT)",
            17: "ALTER TABLE object RENAME TO old; CREATE TABLE object(ocel_id TEXT PRIMARY KEY, ocel_type TEXT)",
            18: "ALTER TABLE object_object RENAME TO old; CREATE TABLE object_object(ocel_source_id, ocel_target_id, ocel_qualifier, "
                "PRIMARY KEY(ocel_source_id, ocel_target_id, ocel_qualifier))",
            19: "DROP TABLE object_Mediator; CREATE TABLE object_Mediator(ocel_id TEXT, ocel_time TIMESTAMP, ocel_changed_field TEXT)",
            20: "INSERT INTO event_object SELECT ocel_id, 'nobody', 'party' FROM event LIMIT 1",
            21: "DELETE FROM event_CaseClosed WHERE rowid = 1",
            22: "DELETE FROM object_Revisit WHERE rowid = 1",
            23: "UPDATE event_CaseClosed SET ocel_time = 'yesterday' WHERE rowid = 1",
            24: "UPDATE object_Case SET ocel_changed_field = 'mood' WHERE ocel_changed_field = 'procedure'",
        }
        self.assertEqual(sorted(damages), list(range(1, 25)))
        for number, damage in damages.items():
            copied = self.folder / "damaged.sqlite"
            shutil.copy(self.sqlite_file, copied)
            with sqlite3.connect(copied) as connection:
                connection.executescript(damage)
            found = self.complaints(copied)
            copied.unlink()
            self.assertIn(number, [int(one.split(":")[0]) for one in found], damage)

    def test_it_says_what_the_json_says(self):
        utc = datetime.timezone.utc
        with sqlite3.connect(self.sqlite_file) as connection:
            rows = lambda sql: connection.execute(sql).fetchall()
            self.assertEqual(set(rows("SELECT ocel_id, ocel_type FROM object")), {(one["id"], one["type"]) for one in self.log["objects"]})
            self.assertEqual(set(rows("SELECT ocel_event_id, ocel_object_id, ocel_qualifier FROM event_object")),
                             {(one["id"], r["objectId"], r["qualifier"]) for one in self.log["events"] for r in one["relationships"]})
            self.assertEqual(set(rows("SELECT ocel_source_id, ocel_target_id, ocel_qualifier FROM object_object")),
                             {(one["id"], r["objectId"], r["qualifier"]) for one in self.log["objects"] for r in one["relationships"]})
            tables = dict(rows("SELECT ocel_type, 'event_' || ocel_type_map FROM event_map_type"))
            for one in self.log["events"]:
                ((time, position),) = rows(f"SELECT ocel_time, position FROM {tables[one['type']]} WHERE ocel_id = '{one['id']}'")
                self.assertEqual(datetime.datetime.fromisoformat(time).replace(tzinfo=utc), datetime.datetime.fromisoformat(one["time"]))
                self.assertEqual(f"event:{position}", one["id"])
            changes = rows("SELECT count(*) FROM object_Case WHERE ocel_changed_field IS NOT NULL")[0][0]
            self.assertEqual(changes, sum(not a["time"].startswith("1970") for one in self.of_type("案件") for a in one["attributes"]))

    def test_no_name_no_number_no_place_no_narrative_leaves(self):
        self.assert_nothing_sensitive(self.sqlite_file.read_bytes())

    def test_the_same_log_gives_the_same_bytes(self):
        self.export("ocel", self.folder / "again.db")
        self.assertEqual((self.folder / "again.db").read_bytes(), self.sqlite_file.read_bytes())
        (self.folder / "again.db").unlink()


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]], verbosity=1)
