#!/usr/bin/env python3
"""Cases over HTTP as a program of another system works on them: api_test.py ANJIE SOURCE_DIRECTORY"""
import hashlib
import http.client
import json
import os
import re
import signal
import socket
import struct
import sys
import threading
import unittest

from office import Client, Office, password_of

ANJIE, SOURCE = sys.argv.pop(1), sys.argv.pop(1)


class Api(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office(ANJIE, SOURCE).serve()
        cls.head = cls.office.login("head")
        cls.mediator = cls.office.login("mediator")

    @classmethod
    def tearDownClass(cls):
        cls.office.close()

    def new_case(self, **fields):
        answer = self.head.register(**fields)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json

    def problem(self, answer, status, code):
        self.assertEqual((answer.status, answer.json["code"]), (status, code), answer.body)
        self.assertEqual(answer.json["status"], status)
        self.assertEqual(answer.json["type"], "/problems/" + code)
        return answer.json

    # ---- cases

    def test_a_case_from_registration_to_acceptance(self):
        made = self.new_case()
        self.assertRegex(made["case"], "^尼阿调〔20[0-9]{2}〕[0-9]+号$")
        case = made["case_id"]
        seen = self.head.get(f"/v1/cases/{case}")
        self.assertEqual(seen.status, 200)
        self.assertIsNone(seen.json["personal"])
        self.assertEqual(seen.json["version"], 1)
        self.assertEqual(seen.json["number"], made["case"])
        by_number = self.head.get(f"/v1/cases/{made['case']}")
        self.assertEqual(by_number.json["case_id"], case)
        allowed = {one["action"] for one in seen.json["allowed"]}
        self.assertIn("give_consent", allowed)
        refused = {one["action"]: one for one in seen.json["refused"]}
        self.assertEqual(refused["close_case"]["rule"]["mark"] in "CSM", True)
        self.assertTrue(refused["close_case"]["message"]["zh"])
        given = self.head.give(case, "give_consent", {"party": 2}, match=seen.headers["ETag"])
        self.assertEqual(given.status, 200, given.body)
        self.assertEqual((given.json["first_version"], given.json["last_version"]), (2, 2))
        accepted = self.head.give(case, "accept_case", {})
        self.assertEqual(accepted.status, 200, accepted.body)
        history = self.head.get(f"/v1/cases/{case}/history?diff=true")
        self.assertEqual([one["event"] for one in history.json["events"]][:2], ["case_registered", "consent_given"])
        self.assertEqual(history.json["events"][1]["data"], {"party": 2})
        self.assertTrue(any(change["key"] == "accepted" for one in history.json["events"] for change in one["changes"]))
        then = self.head.get(f"/v1/cases/{case}?at=1")
        self.assertEqual((then.json["version"], then.json["allowed"]), (1, []))
        self.assertNotIn("accepted", then.json["state"])

    def test_personal_text_is_read_only_when_asked_for_and_then_on_the_record(self):
        made = self.new_case()
        case = made["case_id"]
        before = len(self.journal())
        self.assertNotIn("南木加措", self.head.get(f"/v1/cases/{case}").body)
        self.assertNotIn("南木加措", self.head.get(f"/v1/cases/{case}/history").body)
        self.assertEqual(len(self.journal()), before)
        shown = self.head.get(f"/v1/cases/{case}?sealed=true&purpose=complaint-7")
        self.assertIn("南木加措", shown.body)
        rows = self.journal()[before:]
        self.assertEqual([(row["kind"], row["who"], row["purpose"], row["case_id"]) for row in rows],
                         [("sealed_read", "head", "complaint-7", case)])
        self.assertIn("格桑曲珍", self.head.get(f"/v1/cases/{case}/history?sealed=true").body)
        self.assertNotIn("南木加措", "".join(self.office.log))

    def journal(self):
        return [row for row in self.office.journal() if row["kind"] in ("sealed_read", "sealed_search")]

    def test_a_search_in_sealed_text_is_recorded_and_finds(self):
        made = self.new_case(sealed=[{"subject": 1, "field": "name", "text": "才旦卓嘎"}])
        before = len(self.journal())
        found = self.head.get(f"/v1/cases?search=才旦&wait_for={made['position']}")
        self.assertEqual([one["case_id"] for one in found.json["cases"]], [made["case_id"]])
        self.assertEqual([row["kind"] for row in self.journal()[before:]], ["sealed_search"])

    # ---- versions and keys

    def test_without_a_version_nothing_is_done_and_a_stale_one_is_told_the_current(self):
        case = self.new_case()["case_id"]
        missing = self.head.ask("POST", f"/v1/cases/{case}/commands", {"command": "give_consent", "fields": {"party": 2}},
                                {"Idempotency-Key": "k1"})
        self.problem(missing, 428, "if-match-missing")
        tag = self.head.get(f"/v1/cases/{case}").headers["ETag"]
        self.assertRegex(tag, r'^"1\.[0-9a-f]{16}"$')
        self.assertEqual(self.head.give(case, "give_consent", {"party": 2}, match=tag).status, 200)
        stale = self.problem(self.head.give(case, "accept_case", {}, match=tag), 412, "stale-version")
        self.assertEqual(stale["current_version"], 2)
        weak = self.problem(self.head.give(case, "accept_case", {}, match='W/"2.0"'), 412, "stale-version")
        self.assertEqual(weak["current_version"], 2)
        same = self.head.get(f"/v1/cases/{case}", headers={"If-None-Match": self.head.get(f"/v1/cases/{case}").headers["ETag"]})
        self.assertEqual((same.status, same.body), (304, ""))
        self.assertEqual(self.head.get(f"/v1/cases/{case}", headers={"If-None-Match": tag}).status, 200)

    def test_the_tag_differs_by_what_is_shown_but_its_version_does_not(self):
        case = self.new_case()["case_id"]
        plain = self.head.get(f"/v1/cases/{case}").headers["ETag"]
        sealed = self.head.get(f"/v1/cases/{case}?sealed=true").headers["ETag"]
        self.assertNotEqual(plain, sealed)
        self.assertEqual(plain.split(".")[0], sealed.split(".")[0])
        self.assertEqual(self.mediator.give(case, "give_consent", {"party": 2}, match=sealed).status, 200)

    def test_of_many_who_saw_the_same_version_one_gets_through(self):
        case = self.new_case()["case_id"]
        tag = self.head.get(f"/v1/cases/{case}").headers["ETag"]
        answers = []
        clients = [Client(self.office, cookie=self.head.cookie) for _ in range(8)]
        threads = [threading.Thread(target=lambda c=client: answers.append(c.give(case, "give_consent", {"party": 2}, match=tag).status))
                   for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(answers), [200] + [412] * 7)
        self.assertEqual(self.head.get(f"/v1/cases/{case}").json["version"], 2)

    def test_the_same_key_gets_the_first_answer_again_also_after_the_server_was_killed(self):
        office = Office(ANJIE, SOURCE, ledger=False, people={"head": ("head", "540629-102", "restricted")}).serve()
        try:
            head = office.login("head")
            first = head.register(key='"registration-1"').json
            again = head.register(key="registration-1")  # Bare is the same key.
            self.assertEqual(again.status, 201)
            self.assertEqual({**first, "repeated": True}, again.json)
            consent = head.give(first["case_id"], "give_consent", {"party": 2}, match='"1.0"', key="consent-1").json
            office.stop(signal.SIGKILL)
            office.serve()
            head.connection = None
            after = head.register(key="registration-1")
            self.assertEqual({**first, "repeated": True}, after.json)
            repeated = head.give(first["case_id"], "give_consent", {"party": 2}, match='"1.0"', key="consent-1")
            self.assertEqual({**consent, "repeated": True}, repeated.json)
            self.assertEqual(head.get(f"/v1/cases/{first['case_id']}").json["version"], 2)
            self.problem(head.give(first["case_id"], "give_consent", {"party": 1}, key="consent-1"), 422, "idempotency-key-reused")
            self.problem(head.register(key="registration-1", people_count=7), 422, "idempotency-key-reused")
            second = head.register(key="registration-2").json
            self.assertNotEqual(second["case"], first["case"])
        finally:
            office.close()

    def test_without_a_key_no_command_is_taken(self):
        case = self.new_case()["case_id"]
        for key in (None, "", '"', "x" * 300):
            with self.subTest(key=key):
                headers = {"If-Match": "*"}
                if key is not None:
                    headers["Idempotency-Key"] = key.encode("latin-1")
                answer = self.head.ask("POST", f"/v1/cases/{case}/commands", {"command": "give_consent", "fields": {"party": 2}}, headers)
                self.problem(answer, 400, "idempotency-key-missing")
        self.assertEqual(self.head.get(f"/v1/cases/{case}").json["version"], 1)

    def test_registrations_at_the_same_time_get_numbers_without_gap_or_double(self):
        made = []
        def work():
            client = Client(self.office, cookie=self.head.cookie)
            for _ in range(10):
                made.append(client.register(occurred_at="2023-05-05").json["case"])
        threads = [threading.Thread(target=work) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        serials = sorted(int(re.search("〕([0-9]+)号", one).group(1)) for one in made)
        self.assertEqual(serials, list(range(1, 61)))

    def test_a_number_of_ones_own_is_taken_once(self):
        self.new_case(number="尼阿调〔2022〕77号", occurred_at="2022-02-02")
        taken = self.head.register(number="尼阿调〔2022〕77号", occurred_at="2022-02-02", headers={"If-None-Match": "*"})
        self.problem(taken, 412, "stale-version")
        refused = self.problem(self.head.register(number="尼阿调〔2022〕77号", occurred_at="2022-02-02"), 409, "rejected-by-rule")
        self.assertEqual(refused["rejection"]["code"], "number_taken")

    # ---- refusals and mistakes

    def test_a_refusal_by_rule_says_which_rule_which_facts_and_what_would_help(self):
        case = self.new_case()["case_id"]
        for language, word in (("zh-CN", "zh"), ("en", "en")):
            client = Client(self.office, cookie=self.head.cookie, language=language)
            refused = client.give(case, "close_case", {"result": "agreement_performed"})
            if refused.status == 400:
                refused = client.give(case, "affix_seal", {})
            told = self.problem(refused, 409, "rejected-by-rule")
            self.assertEqual(told["detail"], told["rejection"]["message"][word])
            self.assertEqual(set(told["rejection"]), {"code", "message", "rule", "facts", "remedy"})
            self.assertEqual(refused.headers["Content-Language"], "zh-CN" if word == "zh" else "en")
        self.assertEqual(self.head.get(f"/v1/cases/{case}").json["version"], 1)

    def test_what_is_wrong_with_a_request_is_named(self):
        case = self.new_case()["case_id"]
        for path, named in (("/v1/cases?limit=0", "limit"), ("/v1/cases?limit=501", "limit"), ("/v1/cases?open=perhaps", "open"),
                            ("/v1/cases?colour=red", "colour"), ("/v1/cases?type=quarrel", "type"), ("/v1/cases?cursor=abc", "cursor"),
                            ("/v1/cases?opened_from=yesterday", "opened_from"), ("/v1/due?within=soon", "within"),
                            ("/v1/reports", "year"), ("/v1/reports?year=2024&format=pdf", "format"), ("/v1/findings?kind=none", "kind"),
                            (f"/v1/cases/{case}?at=tomorrow", "at")):
            with self.subTest(path):
                self.assertIn(named, self.problem(self.head.get(path), 400, "invalid")["detail"])
        post = lambda body, **headers: self.head.ask("POST", f"/v1/cases/{case}/commands", body,
                                                     {"If-Match": "*", "Idempotency-Key": os.urandom(4).hex(), **headers})
        for body, named in (("{", ""), ("[]", ""), ({"command": "fly"}, "fly"), ({"command": "give_consent"}, "party"),
                            ({"command": "give_consent", "fields": {"party": "two"}}, "party"),
                            ({"command": "give_consent", "fields": {"party": 2, "colour": 1}}, "colour"),
                            ({"command": "give_consent", "fields": {"party": 2}, "more": 1}, "more"),
                            ({"command": "give_consent", "fields": {"party": 2}, "occurred_at": "soon"}, "occurred_at"),
                            ({"command": "give_consent", "fields": {"party": 2}, "sealed": [{"subject": 1}]}, "sealed"),
                            ({"command": "record_erasure", "fields": {"subject": 1, "basis": "x"}}, "record_erasure"),
                            ('{"command": "give_consent", "command": "accept_case"}', "")):
            with self.subTest(str(body)):
                self.assertIn(named, self.problem(post(body), 400, "invalid").get("detail", ""))
        self.problem(post({"command": "give_consent", "fields": {"party": 2}}, **{"Content-Type": "text/plain"}), 415, "unsupported-media-type")
        for path in ("/v1/cases/尼阿调〔1999〕1号", "/v1/cases/00000000-0000-7000-8000-000000000000", "/v1/cases/zzz", "/v1/events/999999/proof"):
            self.problem(self.head.get(path), 404, "not-found")
        page = self.head.get("/problems/stale-version")
        self.assertEqual(page.status, 200)
        self.assertIn("412 stale-version", page.body)

    # ---- lists

    def test_pages_hold_every_case_once_while_others_register(self):
        for _ in range(30):
            self.new_case(occurred_at="2021-03-03")
        last = self.new_case(occurred_at="2021-03-03")
        query = f"opened_from=2021-01-01&opened_to=2021-12-31&limit=7&organisation=540629-102"
        expected = {one["case_id"] for one in self.head.get(f"/v1/cases?opened_from=2021-01-01&opened_to=2021-12-31&limit=500&wait_for={last['position']}").json["cases"]}
        self.assertEqual(len(expected), 31)
        stop = threading.Event()
        def others():
            client = Client(self.office, cookie=self.head.cookie)
            while not stop.is_set():
                client.register(occurred_at="2021-06-06")
        thread = threading.Thread(target=others)
        thread.start()
        try:
            seen, path, pages = [], f"/v1/cases?{query}", 0
            while path:
                page = self.head.get(path)
                self.assertEqual(page.status, 200, page.body)
                self.assertLessEqual(len(page.json["cases"]), 7)
                seen += [one["case_id"] for one in page.json["cases"]]
                link = page.headers.get("Link")
                self.assertEqual(link is None, page.json["next_cursor"] is None)
                path = re.match(r'<([^>]+)>; rel="next"', link).group(1) if link else None
                pages += 1
        finally:
            stop.set()
            thread.join()
        self.assertEqual(len(seen), len(set(seen)))
        self.assertLessEqual(expected, set(seen))
        self.assertGreater(pages, 4)
        cursor = self.head.get(f"/v1/cases?{query}").json["next_cursor"]
        self.problem(self.head.get(f"/v1/cases?limit=7&cursor={cursor}"), 400, "invalid")
        changed = cursor[:-1] + ("1" if cursor.endswith("0") else "0")
        self.problem(self.head.get(f"/v1/cases?{query}&cursor={changed}"), 400, "invalid")

    def test_a_list_waits_for_ones_own_write(self):
        for _ in range(5):
            made = self.new_case()
            rows = self.head.get(f"/v1/cases?limit=500&opened_from={self.today()}&wait_for={made['position']}").json["cases"]
            self.assertIn(made["case_id"], [one["case_id"] for one in rows])
        never = self.head.get("/v1/cases?wait_for=99999999&wait_ms=50")
        self.problem(never, 503, "not-yet")
        self.assertEqual(never.headers["Retry-After"], "1")

    def today(self):
        return self.head.get("/v1/due").json["today"]

    def test_due_lists_reports_and_findings_are_those_of_the_command_line(self):
        report = self.head.get("/v1/reports?year=2024&organisation=540629-102").json
        figures = {one["id"]: one["value"] for one in report["figures"]}
        self.assertEqual((figures["total"], figures["succeeded"]), (12, 12))
        csv = self.head.get("/v1/reports?year=2024&format=csv")
        self.assertEqual(csv.headers["Content-Type"], "text/csv; charset=utf-8")
        self.assertIn("12", csv.body)
        then = self.head.get("/v1/reports?year=2024&as_of=2020-01-01").json
        self.assertEqual({one["id"]: one["value"] for one in then["figures"]}["total"], 0)
        due = self.head.get("/v1/due?within=30d&on=2024-03-01").json
        self.assertEqual(due["today"], "2024-03-01")
        auditor = self.office.login("auditor")
        found = auditor.get("/v1/findings?year=2024&organisation=540629").json
        self.assertEqual(found["cases"], 12)
        self.assertEqual(found["withheld"], 0)

    # ---- the log

    def test_events_come_in_pages_and_every_one_can_be_proved(self):
        office = self.office.login("office")
        made = self.new_case()
        page = office.get(f"/v1/events?after={made['position'] - 1}&limit=1").json
        self.assertEqual([one["case_id"] for one in page["events"]], [made["case_id"]])
        self.assertNotIn("南木加措", json.dumps(page, ensure_ascii=False))
        all_events, after = [], 0
        while True:
            page = office.get(f"/v1/events?after={after}&limit=50").json
            all_events += page["events"]
            if page["next"] == after or after >= page["head"]:
                break
            after = page["next"]
        self.assertEqual([one["position"] for one in all_events], list(range(1, len(all_events) + 1)))
        some = office.get("/v1/events?type=case_registered,case_closed&limit=1000").json["events"]
        self.assertEqual({one["event"] for one in some} - {"case_registered", "case_closed"}, set())
        proof = office.get(f"/v1/events/{made['position']}/proof")
        self.assertEqual(proof.status, 200)
        self.assertTrue(proof.body.startswith("c2sp.org/tlog-proof@v1\n"))
        self.problem(office.get("/v1/events/99999999/proof"), 404, "not-found")

    def test_tiles_rebuild_the_root_that_the_checkpoint_signs(self):
        office = self.office.login("auditor")
        note = office.get("/v1/log/checkpoint").body.split("\n")
        size, root = int(note[1]), note[2]
        self.assertIn(note[0], office.get("/v1/log/keys").body)
        hashes, index = [], 0
        while len(hashes) < size:
            width = min(256, size - 256 * index)
            path = f"x{index // 1000:03}/{index % 1000:03}" if index >= 1000 else f"{index:03}"
            tail = "" if width == 256 else f".p/{width}"
            tile = office.get(f"/v1/log/tile/0/{path}{tail}")
            self.assertEqual(tile.headers["Content-Type"], "application/octet-stream")
            self.assertIn("immutable", tile.headers["Cache-Control"])
            self.assertEqual(len(tile.body), 32 * width)
            hashes += [tile.body[i:i + 32] for i in range(0, len(tile.body), 32)]
            bundle = office.get(f"/v1/log/tile/entries/{path}{tail}").body
            entries = []
            while bundle:
                length = struct.unpack(">H", bundle[:2])[0]
                entries.append(bundle[2:2 + length])
                bundle = bundle[2 + length:]
            self.assertEqual([hashlib.sha256(b"\0" + one).digest() for one in entries], hashes[-width:])
            index += 1

        def tree(leaves):
            if len(leaves) == 1:
                return leaves[0]
            half = 1 << (len(leaves) - 1).bit_length() - 1
            return hashlib.sha256(b"\1" + tree(leaves[:half]) + tree(leaves[half:])).digest()
        import base64
        self.assertEqual(base64.b64encode(tree(hashes)).decode(), root)
        self.problem(office.get("/v1/log/tile/0/999"), 404, "not-found")

    def test_a_dossier_is_checked_by_the_command_line(self):
        case = self.new_case()["case_id"]
        auditor = self.office.login("auditor")
        zipped = auditor.get(f"/v1/cases/{case}/dossier")
        self.assertEqual((zipped.status, zipped.headers["Content-Type"]), (200, "application/zip"))
        file = self.office.top / "case.zip"
        file.write_bytes(zipped.body)
        (self.office.top / "key").write_text(auditor.get("/v1/log/keys").body.split("\n")[0])
        self.office.run("verify", file, "--key", self.office.top / "key")

    # ---- what two persons agree on

    def test_a_person_is_forgotten_when_two_agree_and_not_before(self):
        case = self.new_case()["case_id"]
        second = self.office.login("second")
        asked = self.head.ask("POST", f"/v1/cases/{case}/erasure-requests", {"subjects": [1], "reason": "PIPL-47"})
        self.assertEqual(asked.status, 201, asked.body)
        request = asked.json["id"]
        self.problem(self.head.ask("POST", f"/v1/requests/{request}/approve"), 403, "forbidden")
        early = self.head.ask("POST", f"/v1/requests/{request}/carry-out")
        self.problem(early, 403, "forbidden")
        self.assertIn("南木加措", self.head.get(f"/v1/cases/{case}?sealed=true").body)
        self.assertEqual(second.ask("POST", f"/v1/requests/{request}/approve").json["state"], "approved")
        done = self.head.ask("POST", f"/v1/requests/{request}/carry-out")
        self.assertEqual(done.status, 200, done.body)
        shown = self.head.get(f"/v1/cases/{case}?sealed=true").body
        self.assertNotIn("南木加措", shown)
        self.assertIn("格桑曲珍", shown)
        self.problem(self.head.ask("POST", f"/v1/requests/{request}/carry-out"), 403, "forbidden")
        self.assertEqual([one["state"] for one in self.head.get("/v1/requests").json["requests"] if one["id"] == request], ["carried_out"])

    def test_what_is_asked_for_on_the_command_line_is_carried_out_over_http_and_the_reverse(self):
        first, second = self.new_case()["case_id"], self.new_case()["case_id"]
        over_http = self.head.ask("POST", f"/v1/cases/{second}/erasure-requests", {"subjects": [1], "reason": "PIPL-47"}).json["id"]
        self.assertEqual(self.office.login("second").ask("POST", f"/v1/requests/{over_http}/approve").json["state"], "approved")

        def erase(case, *words):
            self.office.stop()
            try:
                return json.loads(self.office.run("--json", "erase", "--case", case, "--subject", "1", "--basis", "PIPL-47", "--yes", "--user",
                                                  "head", *words, stdin=password_of("head") + "\n").stdout or "{}")
            finally:
                self.office.serve()

        request = erase(first)["request"]
        erase(second, "--request", over_http)
        self.assertEqual(self.office.login("second").ask("POST", f"/v1/requests/{request}/approve").json["state"], "approved")
        done = self.head.ask("POST", f"/v1/requests/{request}/carry-out")
        self.assertEqual(done.status, 200, done.body)
        for case in (first, second):
            shown = self.head.get(f"/v1/cases/{case}?sealed=true").body
            self.assertNotIn("南木加措", shown)
            self.assertIn("格桑曲珍", shown)

    def test_the_use_of_texts_is_restricted_and_allowed_again(self):
        case = self.new_case()["case_id"]
        order = {"subjects": [2], "reason": "PIPL-47"}
        self.assertEqual(self.head.ask("POST", f"/v1/cases/{case}/restrictions", order).status, 204)
        self.assertNotIn("格桑曲珍", self.head.get(f"/v1/cases/{case}?sealed=true").body)
        self.assertEqual(self.head.ask("POST", f"/v1/cases/{case}/restrictions", {**order, "lift": True}).status, 204)
        self.assertIn("格桑曲珍", self.head.get(f"/v1/cases/{case}?sealed=true").body)

    # ---- what the HTTP server refuses by itself

    def test_what_the_http_server_refuses_has_a_code_of_the_document_and_a_page(self):
        schema = self.office.document.data["components"]["schemas"]
        session = f"Cookie: __Host-anjie_session={self.head.cookie}\r\n"
        host = "Host: here\r\n"
        for request, status, code in (
            (f"GET /v1/nowhere HTTP/1.1\r\n{host}\r\n", 404, "no-such-path"),
            (f"DELETE /v1/cases HTTP/1.1\r\n{host}{session}\r\n", 405, "method-not-allowed"),
            (f"BREW /v1/cases HTTP/1.1\r\n{host}\r\n", 501, "unknown-method"),
            ("GET /v1/cases HTTP/1.1\r\n\r\n", 400, "one-host"),
            (f"GET /v1/cases HTTP/1.1\r\n{host}X : y\r\n\r\n", 400, "not-http"),
            (f"GET /v1/cases?limit=%ZZ HTTP/1.1\r\n{host}\r\n", 400, "malformed-query"),
            (f"GET /v1/%ZZ HTTP/1.1\r\n{host}\r\n", 400, "malformed-path"),
            (f"GET http://here/v1/cases HTTP/1.1\r\n{host}\r\n", 400, "malformed-target"),
            (f"GET /v1/cases HTTP/1.1\r\n{host}Content-Length: 3\r\n\r\nabc", 400, "unexpected-body"),
            (f"POST /v1/cases HTTP/1.1\r\n{host}Transfer-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", 400, "ambiguous-length"),
            (f"POST /v1/cases HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411, "length-required"),
            (f"POST /v1/cases HTTP/1.1\r\n{host}Content-Length: 99999999\r\n\r\n", 413, "body-too-long"),
            (f"GET /v1/cases?search={'x' * 9000} HTTP/1.1\r\n{host}\r\n", 414, "target-too-long"),
            (f"POST /v1/cases HTTP/1.1\r\n{host}Expect: miracles\r\nContent-Length: 3\r\n\r\n", 417, "unknown-expectation"),
            (f"GET /v1/cases HTTP/1.1\r\n{host}" + "X: y\r\n" * 200 + "\r\n", 431, "too-many-headers"),
            (f"GET /v1/cases HTTP/1.1\r\n{host}X: {'y' * 20000}\r\n\r\n", 431, "head-too-long"),
        ):
            with self.subTest(code):
                with socket.create_connection(("127.0.0.1", self.office.port), timeout=30) as line:
                    line.sendall(request.encode())
                    answer = http.client.HTTPResponse(line)
                    answer.begin()
                    problem = json.loads(answer.read())
                self.assertEqual((answer.status, problem["code"], problem["status"]), (status, code, status))
                self.office.document.validate(schema["Problem"], problem)
                page = self.head.get(f"/problems/{code}")
                self.assertEqual((page.status, page.body.split("\n")[0]), (200, f"{status} {code}"))

    # ---- calendar

    def test_a_secret_address_shows_due_days_without_names_until_it_is_revoked(self):
        made = self.head.ask("POST", "/v1/calendar-addresses").json
        nobody = Client(self.office)
        calendar = nobody.get(made["path"])
        self.assertEqual(calendar.status, 200)
        self.assertTrue(calendar.body.startswith("BEGIN:VCALENDAR\r\n"))
        self.assertEqual(calendar.headers["Cache-Control"], "private")
        self.assertNotIn("南木加措", calendar.body)
        self.problem(nobody.get("/calendar/abc.ics"), 404, "not-found")
        self.problem(nobody.get(made["path"].removesuffix(".ics")), 404, "not-found")
        self.assertEqual(self.head.ask("DELETE", f"/v1/calendar-addresses/{made['id']}").status, 204)
        self.problem(nobody.get(made["path"]), 404, "not-found")

    # ---- operation

    def test_what_follows_the_log_says_how_far_it_is(self):
        machine = Client(self.office, token=self.office.token("operate"))
        made = self.new_case()
        shown = machine.get(f"/v1/projections?wait_for={made['position']}").json
        self.assertEqual({one["name"] for one in shown["projections"]},
                         {"dispute.statistics", "screening.statistics", "timers", "directory"})
        self.assertTrue(all(one["cursor"] >= made["position"] for one in shown["projections"]), shown)
        self.assertEqual(machine.get("/v1/sinks").json["sinks"], [])


if __name__ == "__main__":
    unittest.main()
