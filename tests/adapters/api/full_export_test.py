#!/usr/bin/env python3
"""Everything of an area with sealed texts, when two persons agree on it: full_export_test.py ANJIE SOURCE_DIRECTORY"""
import contextlib
import json
import os
import sqlite3
import sys
import unittest

from office import Client, Office, password_of

ANJIE, SOURCE = sys.argv.pop(1), sys.argv.pop(1)
NAMES = ("南木加措", "格桑曲珍", "两家为界桩争执")


class FullExport(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office(ANJIE, SOURCE)
        cls.addClassCleanup(cls.office.close)  # Also when the rest of this fails.
        cls.office.serve()
        cls.head, cls.second = cls.office.login("head"), cls.office.login("second")
        cls.judicial = cls.office.login("office")
        cls.case = cls.head.register().json["case_id"]
        cls.secret = cls.head.register().json["case_id"]
        answer = cls.head.give(cls.secret, "classify_case", {"confidentiality": "restricted", "ground": cls.ground()})
        assert answer.status == 200, answer.body
        # A case of a neighbour, whom only the office above both reaches.
        body = {"fields": {"number": "尼邻调〔2024〕1号", "source": "application", "channel": "written", "type": "neighbour", "difficulty": "ordinary",
                           "parties": [{"number": 1, "role": "applicant", "kind": "natural_person"},
                                       {"number": 2, "role": "respondent", "kind": "natural_person"}]},
                "sealed": [{"subject": 1, "field": "name", "text": "邻镇的人"}], "organisation": "540629-103"}
        made = cls.judicial.ask("POST", "/v1/cases", body, {"Idempotency-Key": os.urandom(8).hex()})
        assert made.status == 201, made.body
        cls.neighbour = made.json["case_id"]

    @classmethod
    def ground(cls):
        forms = cls.head.get("/v1/commands").json["commands"]
        fields = next(one["fields"] for one in forms if one["command"] == "classify_case")
        return next(one["codes"][0] for one in fields if one["name"] == "ground")

    def ask(self, client=None, **order):
        asked = (client or self.head).ask("POST", "/v1/full-export-requests", {"reason": "move to a new system", **order})
        self.assertEqual(asked.status, 201, asked.body)
        self.assertEqual((asked.json["kind"], asked.json["state"]), ("full_export", "open"))
        self.assertEqual(asked.headers["Location"], "/v1/requests/" + asked.json["id"])
        return asked.json["id"]

    def approve(self, request, client=None):
        answer = (client or self.second).ask("POST", f"/v1/requests/{request}/approve")
        self.assertEqual((answer.status, answer.json.get("state")), (200, "approved"), answer.body)

    def carry_out(self, request, client=None):
        return (client or self.head).ask("POST", f"/v1/requests/{request}/carry-out")

    def refused(self, answer, refusal):
        self.assertEqual((answer.status, answer.json.get("code"), answer.json.get("refusal")), (403, "forbidden", refusal), answer.body)

    def state(self, request):
        return self.head.get(f"/v1/requests/{request}").json["state"]

    @contextlib.contextmanager
    def access_file(self):
        with contextlib.closing(sqlite3.connect(self.office.data / "access.sqlite", timeout=30)) as file:
            yield file
            file.commit()

    # ---- who may

    def test_one_person_alone_gets_nothing(self):
        request = self.ask()
        self.refused(self.carry_out(request), "needs_second_person")
        self.refused(self.head.ask("POST", f"/v1/requests/{request}/approve"), "own_request")
        self.refused(self.carry_out(request), "needs_second_person")
        self.assertEqual(self.second.ask("POST", f"/v1/requests/{request}/refuse").json["state"], "refused")
        self.refused(self.carry_out(request), "request_not_open")
        self.assertEqual([row for row in self.office.journal() if row["kind"] == "export" and request in row["subject"]], [])

    def test_it_goes_to_whoever_asked_for_it_and_to_nobody_else(self):
        request = self.ask()
        self.approve(request)
        self.refused(self.carry_out(request, self.second), "request_differs")
        self.assertEqual(self.state(request), "approved")
        self.assertEqual(self.carry_out(request).status, 200)

    def test_what_expired_is_neither_approved_nor_carried_out(self):
        late, approved = self.ask(), self.ask()
        self.approve(approved)
        with self.access_file() as file:
            file.execute("UPDATE request SET expires = 1 WHERE id IN (?, ?)", (late, approved))
        self.refused(self.second.ask("POST", f"/v1/requests/{late}/approve"), "request_not_open")
        self.refused(self.carry_out(approved), "request_not_open")
        self.assertEqual((self.state(late), self.state(approved)), ("expired", "expired"))

    def test_only_roles_that_have_the_action_may_ask(self):
        for name, status in (("head", 201), ("office", 201), ("registrar", 403), ("mediator", 403), ("auditor", 403), ("statistician", 403)):
            with self.subTest(name):
                answer = self.office.login(name).ask("POST", "/v1/full-export-requests", {"reason": "x"})
                self.assertEqual(answer.status, status, answer.body)
        machine = Client(self.office, token=self.office.token("read_case", "read_sealed", "read_feed"))
        self.refused(machine.ask("POST", "/v1/full-export-requests", {"reason": "x", "organisation": "540629"}), "token_lacks_scope")

    def test_nobody_asks_for_or_approves_more_than_they_reach(self):
        wide = self.head.ask("POST", "/v1/full-export-requests", {"reason": "x", "organisation": "540629"})
        self.refused(wide, "outside_organisation")
        # What the office above asks for, the committee below cannot approve; what is restricted, nobody less cleared.
        above = self.ask(self.judicial)
        self.assertEqual(self.second.ask("POST", f"/v1/requests/{above}/approve").status, 404)
        self.office.people("user", "newcomer", "head", "540629-102", "ordinary", password_of("newcomer"))
        newcomer = self.office.login("newcomer")
        own = self.ask()
        self.assertEqual(newcomer.ask("POST", f"/v1/requests/{own}/approve").status, 404)
        self.assertEqual(self.state(own), "open")

    def test_a_request_says_why(self):
        for body in ({}, {"reason": ""}, {"reason": "x", "more": 1}, {"reason": 5}, {"reason": "x" * 2000}):
            with self.subTest(str(body)[:40]):
                answer = self.head.ask("POST", "/v1/full-export-requests", body)
                self.assertEqual((answer.status, answer.json["code"]), (400, "invalid"), answer.body)
        answer = self.head.ask("POST", "/v1/full-export-requests", "x", {"Content-Type": "text/plain"})
        self.assertEqual((answer.status, answer.json["code"]), (415, "unsupported-media-type"))

    def test_rights_that_are_gone_by_then_stop_it(self):
        self.office.people("user", "leaving", "head", "540629-102", "ordinary", password_of("leaving"))
        leaving = self.office.login("leaving")
        request = self.ask(leaving)
        self.approve(request)
        self.office.people("role", "leaving", "mediator")
        # It does not even concern a mediator.
        self.assertEqual(self.carry_out(request, leaving).status, 404)
        self.assertEqual(self.state(request), "approved")

    # ---- what

    def test_every_case_in_reach_with_its_texts_and_all_of_it_on_the_record(self):
        request = self.ask()
        self.approve(request)
        before = len(self.office.journal())
        answer = self.carry_out(request)
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.headers["Content-Type"], "application/x-ndjson")
        self.assertEqual(answer.headers["Content-Disposition"], f'attachment; filename="full-export-{request}.ndjson"')
        first, *events, last = [json.loads(line) for line in answer.body.splitlines()]
        self.assertEqual({name: first[name] for name in ("organisation", "confidentiality", "request", "requested_by", "approved_by")},
                         {"organisation": "540629-102", "confidentiality": "restricted", "request": request, "requested_by": "head",
                          "approved_by": "second"})
        # Against what the log has of those cases, read another way.
        reader = Client(self.office, token=self.office.token("read_feed", organisation="540629-102"))
        told, after = [], 0
        while True:
            page = reader.get(f"/v1/events?after={after}&limit=1000").json
            told += page["events"]
            if page["next"] == after or page["next"] >= first["up_to"]:
                break
            after = page["next"]
        plain = lambda one: {name: value for name, value in one.items() if name != "sealed"}
        key = lambda one: one["position"]
        self.assertGreater(len(told), 100)
        self.assertEqual(sorted(map(plain, events), key=key), [one for one in told if one["position"] <= first["up_to"]])
        cases = list(dict.fromkeys(one["case_id"] for one in events))
        self.assertEqual(last, {"whole": True, "cases": len(cases), "events": len(events)})
        self.assertEqual(cases, sorted(cases))
        self.assertIn(self.case, cases)
        self.assertIn(self.secret, cases)
        self.assertNotIn(self.neighbour, cases)
        self.assertNotIn("邻镇的人", answer.body)
        texts = {(one["subject"], one["field"]): one.get("text") for event in events if event["case_id"] == self.case for one in event["sealed"]}
        self.assertEqual(texts, {(1, "name"): NAMES[0], (2, "name"): NAMES[1], (0, "summary"): NAMES[2]})

        rows = self.office.journal()[before:]
        with_text = {event["case_id"] for event in events if any("text" in one for one in event["sealed"])}
        reads = [row for row in rows if row["kind"] == "sealed_read"]
        self.assertEqual(sorted(row["case_id"] for row in reads), sorted(with_text))
        self.assertEqual({(row["who"], row["purpose"]) for row in reads}, {("head", f"full export {request}: move to a new system")})
        exports = [(row["who"], row["action"], row["organisation"], row["subject"], row["count"]) for row in rows if row["kind"] == "export"]
        self.assertEqual(exports, [("head", "request_full_export", "540629-102", f"full export {request}, with sealed texts: {what}", count)
                                   for what, count in (("begun", 0), ("whole", len(events)))])
        self.assertEqual(rows.index(next(row for row in rows if row["kind"] == "export")), 1)  # After its taking, before any text.
        self.assertEqual([(row["who"], row["action"]) for row in rows if row["kind"] == "approval"], [("head", "carried_out")])

        self.assertEqual(self.state(request), "carried_out")
        self.refused(self.carry_out(request), "request_not_open")

    def test_the_office_above_gets_the_neighbour_but_nothing_it_is_not_cleared_for(self):
        self.office.people("user", "above", "judicial_office", "540629", "confidential", password_of("above"))
        request = self.ask(self.judicial)
        self.approve(request, self.office.login("above"))
        answer = self.carry_out(request, self.judicial)
        cases = {json.loads(line).get("case_id") for line in answer.body.splitlines()}
        self.assertIn(self.neighbour, cases)
        self.assertIn("邻镇的人", answer.body)
        self.assertIn(self.case, cases)
        self.assertNotIn(self.secret, cases)

    def test_a_smaller_area_can_be_asked_for(self):
        self.office.people("user", "over", "judicial_office", "540629", "confidential", password_of("over"))
        request = self.ask(self.judicial, organisation="540629-103")
        self.approve(request, self.office.login("over"))
        lines = [json.loads(line) for line in self.carry_out(request, self.judicial).body.splitlines()]
        self.assertEqual({line["case_id"] for line in lines[1:-1]}, {self.neighbour})

    def test_an_erased_person_is_said_to_be_erased(self):
        case = self.head.register().json["case_id"]
        erasure = self.head.ask("POST", f"/v1/cases/{case}/erasure-requests", {"subjects": [1], "reason": "PIPL-47"}).json["id"]
        self.approve(erasure)
        self.assertEqual(self.carry_out(erasure).json["state"], "carried_out")
        request = self.ask()
        self.approve(request)
        sealed = [one for line in map(json.loads, self.carry_out(request).body.splitlines()) if line.get("case_id") == case for one in line["sealed"]]
        self.assertIn({"subject": 1, "field": "name", "withheld": "erased"}, sealed)
        self.assertIn({"subject": 2, "field": "name", "text": NAMES[1]}, sealed)

    def test_what_cannot_be_recorded_does_not_leave_and_the_request_has_failed(self):
        request = self.ask()
        self.approve(request)
        with self.access_file() as file:  # 5 is a sealed read.
            file.execute("CREATE TRIGGER full BEFORE INSERT ON journal WHEN NEW.kind = 5 BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
        try:
            answer = self.carry_out(request)
        finally:
            with self.access_file() as file:
                file.execute("DROP TRIGGER full")
        lines = [json.loads(line) for line in answer.body.splitlines()]
        self.assertEqual(lines[0]["request"], request)
        self.assertFalse([line for line in lines if line.get("whole") or any("text" in one for one in line.get("sealed", []))])
        self.assertEqual(self.state(request), "failed")
        self.refused(self.carry_out(request), "request_not_open")

    def test_an_export_that_cannot_be_recorded_does_not_begin(self):
        request = self.ask()
        self.approve(request)
        with self.access_file() as file:  # 7 is an export.
            file.execute("CREATE TRIGGER full BEFORE INSERT ON journal WHEN NEW.kind = 7 BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
        try:
            answer = self.carry_out(request)
        finally:
            with self.access_file() as file:
                file.execute("DROP TRIGGER full")
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json", answer.body)
        self.assertIn("the disk is full", answer.json["detail"])
        self.assertEqual(self.state(request), "failed")


if __name__ == "__main__":
    unittest.main()
