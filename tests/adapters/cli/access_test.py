#!/usr/bin/env python3
"""People, rights and the record of reads, as the command line has them: access_test.py ANJIE SOURCE_DIRECTORY"""
import json
import os
import pathlib
import pty
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

ANJIE = sys.argv.pop(1)
SOURCE = pathlib.Path(sys.argv.pop(1))
LEDGER = SOURCE / "examples" / "asuo-2024.csv"
OFFICE = ["--org", "540629-102", "--jurisdiction", "540629", "--prefix", "尼阿调"]
NAME, OTHER, STORY = "南木加措", "格桑曲珍", "两家为圈草场时的界桩争执"
ADMIN, HEAD, SECOND = "keeper-words-no-1", "head-words-no-2", "second-words-no-3"


def run(data, *words, stdin="", code=0, actor="tester"):
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "ANJIE_ACTOR": actor, "ANJIE_DATA": str(data)}
    done = subprocess.run([ANJIE, *map(str, words)], input=stdin, capture_output=True, text=True, env=env, timeout=120, check=False)
    if done.returncode != code:
        raise AssertionError(f"{words}: exit {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}")
    return done


class Access(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.top = pathlib.Path(tempfile.mkdtemp(prefix="anjie-access-"))
        cls.made = cls.top / "made"
        run(cls.made, "init", cls.made, *OFFICE)
        run(cls.made, "import", LEDGER)
        cls.case = json.loads(run(cls.made, "case", "new", "--type", "neighbour", "--applicant", NAME, "--respondent", OTHER,
                                  "--summary", STORY, "--json").stdout)["case"]

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.top, ignore_errors=True)

    def setUp(self):
        self.office = pathlib.Path(tempfile.mkdtemp(dir=self.top)) / "office"
        shutil.copytree(self.made, self.office)

    def anjie(self, *words, **more):
        return run(self.office, *words, **more)

    def journal(self, *words):
        return json.loads(self.anjie("access", "journal", "--json", *words).stdout)

    def add_people(self):
        self.anjie("user", "add", "admin", "--role", "administrator", "--org", "CN", stdin=ADMIN + "\n")
        for name, password in (("tashi", HEAD), ("nima", SECOND)):
            self.anjie("user", "add", name, "--role", "head", "--org", "540629-102", "--user", "admin", stdin=f"{ADMIN}\n{password}\n")

    def tamper(self, statement):
        with sqlite3.connect(self.office / "access.sqlite") as file:
            file.executescript(statement)
        file.close()

    def test_a_look_at_a_case_is_recorded_and_listed(self):
        before = len(self.journal())
        self.assertIn(NAME, self.anjie("case", "show", self.case, "--purpose", "complaint 7", actor="pema").stdout)
        self.assertIn(NAME, self.anjie("replay", self.case, actor="dolma").stdout)
        self.anjie("case", "list", "--search", NAME, actor="dolma")
        reads = json.loads(self.anjie("access", "reads", "--json").stdout)[-3:]
        self.assertEqual([(row["kind"], row["who"], row["purpose"]) for row in reads],
                         [("sealed_read", "pema", "complaint 7"), ("sealed_read", "dolma", "replay"), ("sealed_search", "dolma", "case list")])
        self.assertEqual(reads[0]["roles"], "local")
        self.assertRegex(reads[0]["subject"], r"^\d+:\d+(,\d+:\d+)*$")
        self.assertEqual(reads[0]["case_id"], reads[1]["case_id"])
        self.assertEqual(reads[2]["count"], 1)
        of_case = json.loads(self.anjie("access", "reads", "--case", self.case, "--json").stdout)
        self.assertEqual({row["who"] for row in of_case}, {"pema", "dolma"})
        self.assertEqual(json.loads(self.anjie("access", "reads", "--who", "pema", "--json").stdout)[0]["who"], "pema")
        # Never the data, and nothing for what shows none.
        for file in self.office.glob("access.sqlite*"):
            self.assertNotIn(NAME.encode(), file.read_bytes())
        self.assertEqual(len(self.journal()), before + 3)
        self.anjie("case", "list")
        self.anjie("due", "--within", "60d")
        self.anjie("report", "--year", "2024")
        self.anjie("audit", "findings", "--year", "2024")
        self.anjie("verify")
        self.anjie("projection", "rebuild")
        self.anjie("import", LEDGER)
        self.assertEqual(len(self.journal()), before + 3)

    def test_what_cannot_be_recorded_is_not_shown(self):
        self.anjie("case", "show", self.case)
        self.tamper("CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
        for words in (("case", "show", self.case), ("case", "show", self.case, "--json"), ("replay", self.case), ("case", "list", "--search", NAME)):
            done = subprocess.run([ANJIE, *words], capture_output=True, text=True, check=False, timeout=60,
                                  env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "ANJIE_DATA": str(self.office)})
            self.assertNotEqual(done.returncode, 0, words)
            self.assertNotIn(NAME, done.stdout, words)
            self.assertNotIn(STORY, done.stdout, words)
            self.assertNotIn(self.case, done.stdout, words)
        self.anjie("report", "--year", "2024")  # What shows no sealed text goes on.
        self.tamper("DROP TRIGGER full")
        self.assertIn(NAME, self.anjie("case", "show", self.case).stdout)

    def test_exports_are_recorded_before_they_leave(self):
        self.anjie("export", "dossier", self.case, self.office.parent / "case.zip", actor="pema")
        self.anjie("export", "xes", self.office.parent / "log.xes", actor="pema")
        self.anjie("report", "--year", "2024", "--prove", self.office.parent / "report.zip", actor="pema")
        exports = self.journal("--kind", "export")
        self.assertEqual([(row["who"], row["action"]) for row in exports], [("pema", "export_case"), ("pema", "export_list"), ("pema", "export_list")])
        self.tamper("CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
        for words in (("dossier", self.case, "second.zip"), ("xes", "second.xes")):
            target = self.office.parent / words[-1]
            done = subprocess.run([ANJIE, "-C", self.office, "export", *words[:-1], target], capture_output=True, check=False, timeout=60)
            self.assertNotEqual(done.returncode, 0)
            self.assertFalse(target.exists())

    def test_every_table_and_calendar_that_leaves_is_recorded_before_it_does(self):
        (self.office.parent / "rules.json").write_text('{"deadlines": [{"kind": "revisit", "period": "15d"}]}')
        rules = ("--rules", self.office.parent / "rules.json", "--year", "2024")
        tables = [  # How it is asked for, and what the journal calls it.
            (("case", "list"), "--xlsx", "list of cases, xlsx"), (("due", "--within", "99y"), "--xlsx", "due list, xlsx"),
            (("report", "--year", "2024"), "--xlsx", "report, xlsx"), (("report", "--year", "2024"), "--csv", "report, csv"),
            (("audit", "findings", "--year", "2024"), "--xlsx", "findings, xlsx"), (("audit", "findings", "--year", "2024"), "--csv", "findings, csv"),
            (("whatif", *rules), "--xlsx", "what-if, xlsx"), (("whatif", *rules), "--csv", "what-if, csv"),
            (("export", "calendar"), None, "calendar, no names"),
        ]
        file = self.office.parent / "table"
        command = lambda words, option: (*words, option, file) if option else (*words, file)
        for words, option, what in tables:
            with self.subTest(what):
                before = len(self.journal("--kind", "export"))
                self.anjie(*command(words, option), "--purpose", "meeting 3", actor="pema")
                self.assertGreater(file.stat().st_size, 0)
                file.unlink()
                rows = self.journal("--kind", "export")[before:]
                self.assertEqual([(row["who"], row["purpose"], row["subject"]) for row in rows], [("pema", "meeting 3", what)])
        before = len(self.journal())
        self.anjie("export", "ledger-template", file)  # An empty form says nothing of anybody.
        file.unlink()
        self.assertEqual(len(self.journal()), before)
        self.tamper("CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
        for words, option, what in tables:
            with self.subTest("not recorded: " + what):
                done = subprocess.run([ANJIE, "-C", self.office, *command(words, option)], capture_output=True, check=False, timeout=60)
                self.assertNotEqual(done.returncode, 0)
                self.assertFalse(file.exists())

    def test_where_there_are_users_restricting_takes_one_who_may(self):
        self.add_people()
        self.anjie("user", "add", "pema", "--role", "mediator", "--org", "540629-102", "--user", "admin", stdin=f"{ADMIN}\nwords-of-a-mediator\n")
        for verb, seen in (("restrict", False), ("unrestrict", True)):
            order = [verb, "--case", self.case, "--subject", "1", "--basis", "PIPL 47"]
            self.assertIn("[login_required]", self.anjie(*order, code=4).stderr)
            self.assertIn("[wrong_credentials]", self.anjie(*order, "--user", "tashi", stdin="wrong-words-wrong", code=4).stderr)
            self.assertIn("[role_lacks_action]", self.anjie(*order, "--user", "pema", stdin="words-of-a-mediator", code=4).stderr)
            self.assertEqual(NAME in self.anjie("case", "show", self.case).stdout, not seen)
            self.anjie(*order, "--user", "tashi", stdin=HEAD)
            self.assertEqual(NAME in self.anjie("case", "show", self.case).stdout, seen)
        refused = [(row["who"], row["action"], row["outcome"]) for row in self.journal("--kind", "refusal")]
        self.assertEqual(refused, [("pema", "restrict_processing", "role_lacks_action")] * 2)
        history = json.loads(self.anjie("replay", self.case, "--json").stdout)["events"]
        self.assertEqual([event["actor"] for event in history if "restrict" in event["event"].lower()], ["tashi", "tashi"])

    def test_a_full_export_takes_two_and_goes_to_whoever_asked(self):
        file = self.office.parent / "all.ndjson"
        export = ["export", "full", file, "--reason", "a new system"]
        self.anjie("export", "full", file, "--reason", "before there are users")
        self.assertIn(NAME, file.read_text())
        file.unlink()
        self.add_people()
        self.assertIn("[login_required]", self.anjie(*export, code=4).stderr)
        self.assertIn("[role_lacks_action]", self.anjie(*export, "--user", "admin", stdin=ADMIN, code=4).stderr)
        self.assertIn("--reason", self.anjie("export", "full", file, "--user", "tashi", stdin=HEAD, code=2).stderr)
        self.assertIn("[outside_organisation]", self.anjie(*export, "--org", "540629", "--user", "tashi", stdin=HEAD, code=4).stderr)
        asked = json.loads(self.anjie(*export, "--user", "tashi", "--json", stdin=HEAD).stdout)
        request = asked["request"]
        self.assertEqual((asked["kind"], asked["state"]), ("full_export", "open"))
        self.assertIn("[needs_second_person]", self.anjie(*export, "--user", "tashi", "--request", request, stdin=HEAD, code=4).stderr)
        self.assertIn("[own_request]", self.anjie("access", "approve", request, "--user", "tashi", stdin=HEAD, code=4).stderr)
        self.anjie("access", "approve", request, "--user", "nima", stdin=SECOND)
        self.assertIn("[request_differs]", self.anjie(*export, "--user", "nima", "--request", request, stdin=SECOND, code=4).stderr)
        self.assertFalse(file.exists())
        before = len(self.journal())
        self.anjie(*export, "--user", "tashi", "--request", request, stdin=HEAD)
        first, *events, last = [json.loads(line) for line in file.read_text().splitlines()]
        self.assertEqual((first["request"], first["requested_by"], first["approved_by"], first["organisation"]), (request, "tashi", "nima", "540629-102"))
        self.assertEqual(last, {"whole": True, "cases": len({one["case_id"] for one in events}), "events": len(events)})
        self.assertEqual([one["text"] for event in events if event["case"] == self.case for one in event["sealed"] if one["field"] == "name"], [NAME, OTHER])
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        rows = self.journal()[before:]
        self.assertEqual([row["subject"] for row in rows if row["kind"] == "export"],
                         [f"full export {request}, with sealed texts: begun", f"full export {request}, with sealed texts: whole"])
        reads = [row for row in rows if row["kind"] == "sealed_read"]
        self.assertEqual(len(reads), len({one["case_id"] for one in events if any("text" in text for text in one["sealed"])}))
        self.assertEqual({(row["who"], row["purpose"]) for row in reads}, {("tashi", f"full export {request}: a new system")})
        file.unlink()
        self.assertIn("[request_not_open]", self.anjie(*export, "--user", "tashi", "--request", request, stdin=HEAD, code=4).stderr)
        self.assertFalse(file.exists())
        # One that cannot be written is used up, and says so.
        asked = json.loads(self.anjie(*export, "--user", "tashi", "--json", stdin=HEAD).stdout)["request"]
        self.anjie("access", "approve", asked, "--user", "nima", stdin=SECOND)
        nowhere = ["export", "full", self.office.parent / "nowhere" / "all.ndjson"]
        self.anjie(*nowhere, "--user", "tashi", "--request", asked, stdin=HEAD, code=6)
        states = {row["request"]: row["state"] for row in json.loads(self.anjie("access", "requests", "--json").stdout)}
        self.assertEqual((states[request], states[asked]), ("carried_out", "failed"))

    def test_verify_finds_a_journal_that_was_touched(self):
        for _ in range(3):
            self.anjie("case", "show", self.case)
        self.anjie("verify")
        head = json.loads(self.anjie("access", "verify", "--json").stdout)["head"]
        self.anjie("case", "show", self.case)
        self.anjie("access", "verify", "--head", head)
        self.tamper("UPDATE journal SET who = 'nobody' WHERE number = 2")
        self.assertIn("entry 2 was changed", self.anjie("access", "verify", code=3).stdout)
        self.assertIn("entry 2 was changed", self.anjie("verify", code=3).stdout)
        self.tamper("UPDATE journal SET who = 'tester' WHERE number = 2")
        self.anjie("verify")
        self.tamper("DELETE FROM journal WHERE number = (SELECT max(number) FROM journal)")
        self.assertIn("its head says", self.anjie("verify", code=3).stdout)
        # A journal begun anew is sound in itself, not against what was held.
        for file in self.office.glob("access.sqlite*"):
            file.unlink()
        self.anjie("access", "verify")
        self.assertIn("kept outside", self.anjie("access", "verify", "--head", head, code=3).stdout)

    def test_the_first_user_is_the_administrator_and_then_the_operator_has_to_log_in(self):
        self.anjie("user", "add", "pema", "--role", "mediator", "--org", "540629-102", stdin="grassland-12\n", code=2)
        self.anjie("user", "add", "admin", "--role", "administrator", "--org", "CN", "--name", "管理员", stdin=ADMIN + "\n")
        refused = self.anjie("user", "add", "pema", "--role", "mediator", "--org", "540629-102", stdin="grassland-12\n", code=4)
        self.assertIn("[login_required]", refused.stderr)
        wrong = self.anjie("user", "add", "pema", "--role", "mediator", "--org", "540629-102", "--user", "admin", stdin="no\nno\n", code=4)
        self.assertIn("[wrong_credentials]", wrong.stderr)
        self.anjie("user", "add", "pema", "--role", "mediator", "--org", "540629-102", "--user", "admin", stdin=f"{ADMIN}\ngrassland-12\n")
        users = json.loads(self.anjie("user", "list", "--json").stdout)
        self.assertEqual([(row["user"], row["roles"]) for row in users], [("admin", ["administrator"]), ("pema", ["mediator"])])
        self.assertIn("管理员", self.anjie("user", "list").stdout)
        self.anjie("user", "role", "pema", "--role", "registrar", "--clearance", "confidential", "--user", "admin", stdin=ADMIN)
        self.anjie("user", "disable", "pema", "--user", "admin", stdin=ADMIN)
        pema = json.loads(self.anjie("user", "list", "--json").stdout)[1]
        self.assertEqual((pema["roles"], pema["clearance"], pema["disabled"], pema["organisations"]), (["registrar"], "confidential", True, ["540629-102"]))
        self.anjie("user", "enable", "pema", "--user", "admin", stdin=ADMIN)
        own = self.office.parent / "password"
        own.write_text("grassland-12\n")
        new = self.office.parent / "new-password"
        new.write_text("valley-of-stones\n")
        self.anjie("user", "password", "pema", "--user", "pema", "--password-file", own, "--new-password-file", new)
        self.anjie("user", "password", "admin", stdin="recovered-words-1\n", actor="root")
        changes = [row["action"] for row in self.journal("--kind", "rights_change")]
        self.assertEqual(changes, ["user_added", "user_added", "user_changed", "user_changed", "user_changed", "password_changed", "password_recovered"])
        everything = b"".join(file.read_bytes() for file in self.office.rglob("*") if file.is_file())
        for secret in (ADMIN, "grassland-12", "valley-of-stones", "recovered-words-1"):
            self.assertNotIn(secret.encode(), everything)
        self.assertIn("--role", self.anjie("user", "add", "x", "--role", "king", "--org", "CN", "--user", "admin",
                                           stdin="recovered-words-1\nvalley-of-stones\n", code=2).stderr)

    def test_a_password_typed_at_a_terminal_is_not_shown(self):
        controller, terminal = pty.openpty()
        env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "ANJIE_DATA": str(self.office)}
        with subprocess.Popen([ANJIE, "user", "add", "admin", "--role", "administrator", "--org", "CN"], stdin=terminal, stdout=terminal,
                              stderr=terminal, env=env, close_fds=True) as process:
            os.close(terminal)
            shown = b""
            for prompt in (b"New password:", b"Again:"):
                while prompt not in shown:
                    shown += os.read(controller, 1024)
                os.write(controller, (ADMIN + "\n").encode())
            while True:
                try:
                    more = os.read(controller, 1024)
                except OSError:
                    break
                if not more:
                    break
                shown += more
            self.assertEqual(process.wait(60), 0, shown)
        os.close(controller)
        self.assertNotIn(ADMIN.encode(), shown)
        self.assertEqual(len(json.loads(self.anjie("user", "list", "--json").stdout)), 1)

    def test_tokens_are_made_shown_once_rotated_and_revoked(self):
        self.add_people()
        made = json.loads(self.anjie("token", "add", "governance centre", "--scope", "read_feed", "--scope", "list_cases", "--org", "540629", "--days", "30",
                                     "--user", "admin", "--json", stdin=ADMIN).stdout)
        self.assertRegex(made["secret"], r"^anjie_[a-z2-7]{58}$")
        self.assertNotIn(made["secret"], self.anjie("token", "list", "--json").stdout)
        anew = json.loads(self.anjie("token", "rotate", made["token"], "--user", "admin", "--json", stdin=ADMIN).stdout)
        self.anjie("token", "revoke", made["token"], "--user", "admin", stdin=ADMIN)
        rows = {row["token"]: row for row in json.loads(self.anjie("token", "list", "--json").stdout)}
        self.assertTrue(rows[made["token"]]["revoked"])
        self.assertFalse(rows[anew["token"]]["revoked"])
        self.assertEqual(rows[anew["token"]]["scopes"], ["read_feed", "list_cases"])
        self.assertIn("[role_lacks_action]", self.anjie("token", "revoke", anew["token"], "--user", "tashi", stdin=HEAD, code=4).stderr)
        address = self.anjie("token", "address", "--user", "tashi", stdin=HEAD).stdout.strip()
        self.assertTrue(address.startswith("anjiecal_"))
        self.anjie("token", "add", "x", "--scope", "manage_users", "--org", "54", "--user", "admin", stdin=ADMIN, code=2)

    def test_where_there_are_users_it_takes_two_to_erase(self):
        erase = ["erase", "--case", self.case, "--subject", "1", "--basis", "PIPL 47", "--yes"]
        self.add_people()
        self.assertIn("[login_required]", self.anjie(*erase, code=4).stderr)
        asked = json.loads(self.anjie(*erase, "--user", "tashi", "--json", stdin=HEAD).stdout)
        request = asked["request"]
        self.assertEqual(asked["state"], "open")
        self.assertIn(NAME, self.anjie("case", "show", self.case).stdout)
        self.assertIn("[needs_second_person]", self.anjie(*erase, "--user", "tashi", "--request", request, stdin=HEAD, code=4).stderr)
        self.assertIn("[own_request]", self.anjie("access", "approve", request, "--user", "tashi", stdin=HEAD, code=4).stderr)
        self.assertIn("[login_required]", self.anjie("access", "approve", request, code=4).stderr)
        self.assertIn("[role_lacks_action]", self.anjie("access", "approve", request, "--user", "admin", stdin=ADMIN, code=4).stderr)
        self.anjie("access", "approve", request, "--user", "nima", stdin=SECOND)
        other = [word if word != "1" else "all" for word in erase]
        self.assertIn("[request_differs]", self.anjie(*other, "--user", "tashi", "--request", request, stdin=HEAD, code=4).stderr)
        other = [word if word != "PIPL 47" else "as ordered" for word in erase]
        self.assertIn("[request_differs]", self.anjie(*other, "--user", "tashi", "--request", request, stdin=HEAD, code=4).stderr)
        self.assertIn(NAME, self.anjie("case", "show", self.case).stdout)
        self.anjie(*erase, "--user", "tashi", "--request", request, stdin=HEAD)
        shown = self.anjie("case", "show", self.case).stdout
        self.assertNotIn(NAME, shown)
        self.assertIn(OTHER, shown)
        another = ["erase", "--case", self.case, "--subject", "2", "--basis", "PIPL 47", "--yes"]
        self.assertIn("[request_not_open]", self.anjie(*another, "--user", "tashi", "--request", request, stdin=HEAD, code=4).stderr)
        rows = json.loads(self.anjie("access", "requests", "--json").stdout)
        self.assertEqual([(row["state"], row["requested_by"], row["decided_by"], row["carried_out_by"]) for row in rows],
                         [("carried_out", "tashi", "nima", "tashi")])
        trail = [(row["who"], row["action"]) for row in self.journal("--kind", "approval")]
        self.assertEqual(trail, [("tashi", "requested"), ("nima", "approved"), ("tashi", "carried_out")])
        # The log says who ordered it: the one who logged in, not whatever the environment says.
        history = json.loads(self.anjie("replay", self.case, "--json").stdout)["events"]
        self.assertEqual([event["actor"] for event in history if "erased" in event["event"].lower()], ["tashi"])
        self.anjie("verify")

    def test_without_users_the_operator_erases_as_before(self):
        self.anjie("erase", "--case", self.case, "--subject", "1", "--basis", "PIPL 47", "--yes")
        self.assertNotIn(NAME, self.anjie("case", "show", self.case).stdout)

    def test_a_wrong_access_file_says_where(self):
        (self.office / "access.json").write_text('{"roles": {"head": {"actions": ["fly"]}}}')
        self.assertIn("roles.head.actions[0]", self.anjie("user", "list", code=2).stderr)
        self.assertIn("roles.head.actions[0]", self.anjie("case", "list", code=2).stderr)
        (self.office / "access.json").write_text('{"roles": {"head": {"actions": ["list_cases"]}}}')
        self.assertEqual(json.loads(self.anjie("access", "roles", "--json").stdout)["head"]["actions"], ["list_cases"])

    def test_everything_speaks_both_languages_and_has_help(self):
        for words in (("user", "add"), ("user", "list"), ("token", "add"), ("access", "reads"), ("access", "approve"), ("access", "verify"), ("erase",)):
            english = self.anjie(*words, "--help", "--lang", "en").stdout
            chinese = self.anjie(*words, "--help", "--lang", "zh").stdout
            self.assertNotEqual(english, chinese)
        self.assertIn("调解员", self.anjie("access", "roles", "--lang", "zh").stdout)
        self.assertIn("mediator", self.anjie("access", "roles", "--lang", "en").stdout)
        self.assertIn("登录", self.anjie("access", "approve", "x", "--lang", "zh", "--user", "nobody", stdin="x", code=4).stderr.replace("用户名或密码不对", "登录"))


if __name__ == "__main__":
    unittest.main()
