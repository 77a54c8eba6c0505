#!/usr/bin/env python3
"""Who may ask for what: every role at every route, sessions, tokens, other sites: rights_test.py ANJIE SOURCE_DIRECTORY"""
import os
import sys
import unittest

from office import ADMIN_PASSWORD, PEOPLE, Client, Office, password_of

ANJIE, SOURCE = sys.argv.pop(1), sys.argv.pop(1)

ROLES = ("registrar", "mediator", "head", "office", "auditor", "statistician", "administrator")


class Rights(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office(ANJIE, SOURCE).serve()
        cls.clients = {name: cls.office.login(name) for name in PEOPLE}
        cls.clients["administrator"] = cls.office.login("admin", ADMIN_PASSWORD)
        cls.head = cls.clients["head"]
        made = cls.head.register().json
        cls.case, cls.position = made["case_id"], made["position"]
        secret = cls.head.register().json
        cls.secret = secret["case_id"]
        answer = cls.head.give(cls.secret, "classify_case", {"confidentiality": "restricted", "ground": cls.ground()})
        assert answer.status == 200, answer.body
        cls.secret_position = answer.json["position"]

    @classmethod
    def ground(cls):
        forms = cls.head.get("/v1/commands").json["commands"]
        fields = next(one["fields"] for one in forms if one["command"] == "classify_case")
        return next(one["codes"][0] for one in fields if one["name"] == "ground")

    @classmethod
    def tearDownClass(cls):
        cls.office.close()

    def test_every_role_at_every_route_gets_exactly_what_the_table_says(self):
        reading = ("registrar", "mediator", "head", "office", "auditor")
        # What: who may. Everybody else is answered 403.
        table = {
            ("GET", "/v1/cases"): reading,
            ("GET", "/v1/cases?search=南木"): reading,
            ("GET", f"/v1/cases/{self.case}"): reading,
            ("GET", f"/v1/cases/{self.case}?sealed=true"): reading,
            ("GET", f"/v1/cases/{self.case}/history"): reading,
            ("GET", f"/v1/cases/{self.case}/actions"): reading,
            ("GET", f"/v1/cases/{self.case}/dossier"): ("mediator", "head", "office", "auditor"),
            ("GET", "/v1/due"): reading,
            ("GET", "/v1/cases?format=xlsx"): ("head", "office", "auditor"),
            ("GET", "/v1/due?format=xlsx"): ("head", "office", "auditor"),
            ("GET", "/v1/reports?year=2024&format=xlsx"): reading + ("statistician",),
            ("GET", "/v1/reports?year=2024"): reading + ("statistician",),
            ("GET", "/v1/findings?year=2024"): ("head", "office", "auditor"),
            ("GET", "/v1/events"): ("office", "auditor"),
            ("GET", f"/v1/events/{self.position}/proof"): ("head", "office", "auditor"),
            ("GET", "/v1/log/checkpoint"): ("head", "office", "auditor", "statistician"),
            ("GET", "/v1/log/keys"): ("head", "office", "auditor", "statistician"),
            ("GET", "/v1/log/tile/0/000.p/1"): ("head", "office", "auditor", "statistician"),
            ("GET", "/v1/log/tile/entries/000.p/1"): ("office", "auditor"),
            ("GET", "/v1/projections"): ("administrator",),
            ("GET", "/v1/sinks"): ("administrator",),
            ("GET", "/v1/requests"): ROLES,
            ("GET", "/v1/session"): ROLES,
            ("GET", "/v1/commands"): ROLES,
            ("GET", "/v1/openapi.json"): ROLES,
        }
        for (method, path), may in table.items():
            for role in ROLES:
                with self.subTest(f"{role} {method} {path}"):
                    answer = self.clients[role].ask(method, path)
                    if role in may:
                        self.assertEqual(answer.status, 200, answer.body)
                    elif path.endswith("/proof") and role == "statistician":
                        self.assertEqual(answer.status, 404)  # May prove, but not read that case.
                    else:
                        self.assertEqual((answer.status, answer.json["code"]), (403, "forbidden"), answer.body)
                        self.assertEqual(answer.json["refusal"], "role_lacks_action")

    def test_every_role_may_give_exactly_the_commands_the_table_says(self):
        table = {
            "register_case": ("registrar", "mediator", "head", "office"),
            "give_consent": ("mediator", "head", "office"),
            "accept_case": ("head", "office"),
            "correct_details": ("mediator", "head", "office"),
            "transfer_case": ("mediator", "head", "office"),
            "classify_case": ("head", "office"),
        }
        needs = {one["command"]: one["needs"] for one in self.head.get("/v1/commands").json["commands"]}
        for command, may in table.items():
            for role in ROLES:
                with self.subTest(f"{role} {command}"):
                    client = self.clients[role]
                    actions = client.get("/v1/session").json["actions"]
                    self.assertEqual(needs[command] in actions, role in may)
                    # An order that is malformed after the rights were judged: nothing is changed either way.
                    if command == "register_case":
                        answer = client.ask("POST", "/v1/cases", {"fields": {}}, {"Idempotency-Key": os.urandom(4).hex()})
                    else:
                        answer = client.give(self.case, command, {"nothing": 1})
                    self.assertEqual(answer.status, 400 if role in may else 403, answer.body)

    def test_every_command_of_the_program_needs_some_right(self):
        listed = self.head.get("/v1/commands").json["commands"]
        self.assertGreater(len(listed), 50)
        for one in listed:
            self.assertTrue(one["needs"])

    def test_what_is_out_of_reach_is_not_there(self):
        for name in ("stranger", "outsider"):
            client = self.clients[name]
            self.assertEqual(client.get("/v1/cases").json["cases"], [])
            self.assertEqual(client.get("/v1/due?within=99y").json["due"], [])
            refused = client.get("/v1/cases?organisation=540629-102")
            self.assertEqual((refused.status, refused.json["refusal"]), (403, "outside_organisation"))
            hidden = client.get(f"/v1/cases/{self.case}")
            missing = client.get("/v1/cases/00000000-0000-7000-8000-000000000000")
            self.assertEqual((hidden.status, missing.status), (404, 404))
            same = lambda answer, reference: {**{k: v for k, v in answer.json.items() if k not in ("instance", "trace_id")},
                                              "detail": answer.json["detail"].replace(reference, "X")}
            self.assertEqual(same(hidden, self.case), same(missing, "00000000-0000-7000-8000-000000000000"))
            self.assertEqual(client.give(self.case, "give_consent", {"party": 2}).status, 404)
        # What is wider than one's own is refused as well, not answered in part.
        for path in ("/v1/cases?", "/v1/due?", "/v1/reports?year=2024&", "/v1/findings?year=2024&"):
            wide = self.head.get(path + "organisation=540629")
            self.assertEqual((wide.status, wide.json["refusal"]), (403, "outside_organisation"), path)
        self.assertEqual(self.clients["outsider"].get("/v1/reports?year=2024").json["figures"][0]["value"] or 0, 0)
        self.assertEqual(self.clients["outsider"].get("/v1/reports?year=2024&organisation=540629").status, 403)
        self.assertEqual(self.clients["outsider"].get("/v1/findings?year=2024").json["findings"], [])

    def test_a_restricted_case_is_seen_only_by_those_cleared_for_it(self):
        self.assertEqual(self.head.get(f"/v1/cases/{self.secret}").status, 200)
        self.assertEqual(self.head.get(f"/v1/cases/{self.secret}").json["confidentiality"], "restricted")
        listed = lambda name: [one["case_id"] for one in self.clients[name].get(f"/v1/cases?limit=500&wait_for={self.secret_position}").json["cases"]]
        self.assertIn(self.secret, listed("head"))
        for name in ("registrar", "mediator", "office"):
            with self.subTest(name):
                client = self.clients[name]
                self.assertEqual(client.get(f"/v1/cases/{self.secret}").status, 404)
                self.assertEqual(client.get(f"/v1/cases/{self.secret}/history").status, 404)
                self.assertNotIn(self.secret, listed(name))
        events = self.clients["office"].get("/v1/events?limit=1000").json["events"]
        self.assertNotIn(self.secret, [one["case_id"] for one in events])
        self.assertIn(self.secret, [one["case_id"] for one in self.clients["auditor"].get("/v1/events?limit=1000").json["events"]])
        self.assertEqual(self.clients["office"].get(f"/v1/events/{self.secret_position}/proof").status, 404)

    def test_refusals_are_on_the_record(self):
        self.clients["statistician"].get(f"/v1/cases/{self.case}")
        rows = self.office.journal()
        last = [row for row in rows if row["kind"] == "refusal" and row["who"] == "statistician"][-1]
        self.assertEqual((last["outcome"], last["action"], last["case_id"]), ("role_lacks_action", "read_case", self.case))

    # ---- sessions and tokens

    def test_a_session_is_a_cookie_that_ends_at_log_out(self):
        client = Client(self.office)
        answer = client.ask("POST", "/v1/session", {"name": "mediator", "password": password_of("mediator")}, {"X-Anjie-Request": "1"})
        cookie = answer.headers["Set-Cookie"]
        for part in ("__Host-anjie_session=", "Path=/", "Secure", "HttpOnly", "SameSite=Strict"):
            self.assertIn(part, cookie)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        client.cookie = cookie.split(";")[0].split("=", 1)[1]
        self.assertEqual(client.get("/v1/session").json["id"], "mediator")
        ended = client.ask("DELETE", "/v1/session")
        self.assertEqual(ended.status, 204)
        self.assertIn("Max-Age=0", ended.headers["Set-Cookie"])
        self.assertIn("cookies", ended.headers["Clear-Site-Data"])
        self.assertEqual(client.get("/v1/session").status, 401)

    def test_a_wrong_password_and_an_unknown_name_are_answered_alike(self):
        answers = []
        for name, password in (("mediator", "wrong-words-wrong"), ("nobody-at-all", "wrong-words-wrong")):
            answer = Client(self.office).ask("POST", "/v1/session", {"name": name, "password": password}, {"X-Anjie-Request": "1"})
            answers.append({k: v for k, v in answer.json.items() if k not in ("instance", "trace_id")})
            self.assertEqual((answer.status, answer.json["code"]), (401, "wrong-credentials"))
        self.assertEqual(answers[0], answers[1])

    def test_another_site_cannot_use_a_session(self):
        client = self.clients["mediator"]
        path, body = f"/v1/cases/{self.case}/commands", {"command": "give_consent", "fields": {"party": 1}}
        own = f"http://127.0.0.1:{self.office.port}"
        for headers in ({"X-Anjie-Request": None}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
                        {"Origin": "https://elsewhere.example"}, {"Origin": "null"}):
            with self.subTest(str(headers)):
                answer = client.ask("POST", path, body, {"If-Match": "*", "Idempotency-Key": os.urandom(4).hex(), **headers})
                self.assertEqual((answer.status, answer.json["code"]), (403, "cross-site"))
        login = Client(self.office).ask("POST", "/v1/session", {"name": "mediator", "password": password_of("mediator")})
        self.assertEqual((login.status, login.json["code"]), (403, "cross-site"))
        self.assertEqual(self.head.get(f"/v1/cases/{self.case}").json["version"], 1)
        fine = client.ask("POST", path, {"command": "give_consent", "fields": {"nothing": 1}},
                          {"If-Match": "*", "Idempotency-Key": "k", "Origin": own, "Sec-Fetch-Site": "same-origin"})
        self.assertEqual(fine.status, 400)

    def test_a_token_is_good_for_its_scopes_and_its_area_alone(self):
        reader = Client(self.office, token=self.office.token("read_feed", "list_cases", organisation="540629", name="reader"))
        self.assertEqual(reader.get("/v1/events?limit=1").status, 200)
        refused = reader.get(f"/v1/cases/{self.case}")
        self.assertEqual((refused.status, refused.json["refusal"]), (403, "token_lacks_scope"))
        other = Client(self.office, token=self.office.token("read_feed", organisation="110101", name="elsewhere"))
        self.assertEqual(other.get("/v1/events?limit=1000").json["events"], [])
        for token in ("", "anjie_x", "x" * 2000, "Basic abc"):
            self.assertEqual(Client(self.office, token=token).get("/v1/session").status, 401)

    def test_a_change_of_rights_holds_at_once(self):
        self.office.people("user", "brief", "mediator", "540629-102", "ordinary", password_of("brief"))
        brief = self.office.login("brief")
        self.assertEqual(brief.get("/v1/cases").status, 200)
        self.office.people("role", "brief", "statistician")
        self.assertEqual(brief.get("/v1/cases").status, 403)
        self.office.people("disable", "brief")
        self.assertEqual(brief.get("/v1/session").status, 401)


class Beginning(unittest.TestCase):
    def test_nothing_is_open_before_there_are_users_and_the_operator_is_told_what_to_do(self):
        office = Office(ANJIE, SOURCE, ledger=False, people={})
        try:
            for file in office.data.glob("access.sqlite*"):
                file.unlink()
            office.serve()
            nobody = Client(office)
            self.assertEqual(nobody.get("/healthz", judge=False).status, 200)
            for path in ("/v1/session", "/v1/cases", "/v1/log/checkpoint", "/v1/openapi.json", "/problems/invalid"):
                self.assertEqual(nobody.get(path, judge=False).status, 401, path)
            login = nobody.ask("POST", "/v1/session", {"name": "admin", "password": ADMIN_PASSWORD}, {"X-Anjie-Request": "1"}, judge=False)
            self.assertIn(login.status, (401, 403))
            self.assertIn("user add", "".join(office.log))
        finally:
            office.close()

    def test_a_public_log_shows_whoever_logs_in_its_hashes_and_no_entry(self):
        office = Office(ANJIE, SOURCE, people={"mediator": PEOPLE["mediator"]})
        try:
            (office.data / "serve.json").write_text('{"public_log": true}')
            office.serve()
            mediator = office.login("mediator")
            for path in ("checkpoint", "keys", "tile/0/000.p/1"):
                self.assertEqual(mediator.get("/v1/log/" + path).status, 200, path)
                self.assertEqual(Client(office).get("/v1/log/" + path).status, 401, path)
            for path in ("/v1/log/tile/entries/000.p/1", "/v1/events/1/proof", "/v1/events"):
                self.assertEqual(mediator.get(path).status, 403, path)
        finally:
            office.close()

    def test_too_many_requests_are_told_to_wait(self):
        office = Office(ANJIE, SOURCE, ledger=False, people={"auditor": ("auditor", "CN", "ordinary")},
                        settings={"rates": {"login": {"per_minute": 6000, "burst": 1000}, "person": {"per_minute": 60, "burst": 5}}}).serve()
        try:
            client = office.login("auditor")
            answers = [client.get("/v1/session") for _ in range(12)]
            refused = [one for one in answers if one.status == 429]
            self.assertTrue(refused)
            self.assertEqual(refused[0].json["code"], "too-many-requests")
            self.assertGreaterEqual(int(refused[0].headers["Retry-After"]), 1)
            self.assertTrue(refused[0].json["retryable"])
        finally:
            office.close()


if __name__ == "__main__":
    unittest.main()
