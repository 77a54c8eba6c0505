#!/usr/bin/env python3
"""Sinks of a running server, seen and ordered over HTTP: sinks_test.py ANJIE SOURCE_DIRECTORY"""
import json
import pathlib
import signal
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[0:0] = [str(HERE), str(HERE.parent / "sinks")]
import webhook_end_to_end  # noqa: E402  # Takes ANJIE and SOURCE_DIRECTORY from the command line.
from office import ADMIN_PASSWORD, Office, until  # noqa: E402
from sink_office import ANJIE, SOURCE  # noqa: E402

PATIENCE = 60


class Sinks(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.office = Office(ANJIE, SOURCE, ledger=False, people={"head": ("head", "540629-102", "restricted")})
        self.addCleanup(self.office.close)
        self.receiver = webhook_end_to_end.Receiver()
        self.addCleanup(self.receiver.close)
        self.out = self.office.top / "out"
        self.out.mkdir()
        secret = self.office.data / "secret"
        secret.write_text(f"whsec_{webhook_end_to_end.SECRET}\n", encoding="ascii")
        secret.chmod(0o600)
        (self.office.data / "sinks.json").write_text(json.dumps({"type_prefix": "cn.gov.540629", "sinks": [
            {"name": "daily", "kind": "files", "to": {"folder": str(self.out)}},
            {"name": "hook", "kind": "webhook", "retry": {"first_s": 1, "longest_s": 1},
             "to": {"url": self.receiver.url, "secret_file": "secret", "allow_private": ["127.0.0.1"], "timeout_s": 5}}]}))
        self.addCleanup(self.office.stop, signal.SIGKILL)  # Nobody waits here for a client to hang up.
        self.serve()

    def serve(self):
        self.office.serve()
        self.admin = self.office.login("admin", ADMIN_PASSWORD)
        self.head = self.office.login("head")

    def register(self, count=1):
        """So many events; answers the last one's position."""
        return [self.head.register().json["position"] for _ in range(count)][-1]

    def status(self, name):
        return next(one for one in self.admin.get("/v1/sinks").json["sinks"] if one["name"] == name)

    def await_state(self, name, state, **more):
        def is_so():
            told = self.status(name)
            return told if told["state"] == state and all(told[key] == value for key, value in more.items()) else None
        return until(is_so, f"{name} does not become {state} {more}", PATIENCE)

    def order(self, name, what, body=None, status=204):
        answer = self.admin.ask("POST", f"/v1/sinks/{name}/{what}", body)
        self.assertEqual(answer.status, status, answer.body)
        return answer

    def hooked(self):
        return [int(event["id"]) for event in self.receiver.events()]

    def filed(self):
        return [int(json.loads(line)["id"]) for file in sorted(self.out.glob("*.ndjson")) for line in file.read_text(encoding="utf-8").splitlines()]

    def test_what_they_are_and_how_far(self):
        last = self.register(5)
        for name, kind in (("daily", "files"), ("hook", "webhook")):
            told = self.await_state(name, "up_to_date", cursor=last)
            self.assertEqual((told["kind"], told["behind"], told["waiting"], told["parked"], told["dropped"], told["trouble"]),
                             (kind, 0, 0, 0, 0, ""))
        self.assertNotIn("hidden", json.dumps(self.status("hook")))
        self.assertEqual((self.hooked(), self.filed()), (list(range(1, last + 1)),) * 2)
        # Who does not manage sinks sees none and orders nothing.
        self.assertEqual(self.head.get("/v1/sinks").status, 403)
        self.assertEqual(self.head.ask("POST", "/v1/sinks/hook/pause").status, 403)
        # What left is in the journal before it left.
        told = [entry for entry in self.office.journal() if entry["kind"] == "disclosure"]
        self.assertEqual({entry["who"] for entry in told}, {"sink:daily", "sink:hook"})

    def test_trouble_is_told_holds_nobody_else_and_passes(self):
        self.receiver.judge = lambda request: 503
        last = self.register(3)
        told = self.await_state("hook", "backing_off", cursor=0, behind=last)
        self.assertEqual(told["trouble"], "HTTP 503")
        self.await_state("daily", "up_to_date", cursor=last)
        self.assertEqual(self.hooked(), [])
        self.receiver.judge = lambda request: 204
        self.await_state("hook", "up_to_date", cursor=last, trouble="")
        self.assertEqual(self.hooked(), list(range(1, last + 1)))

    def test_pause_and_resume_also_over_a_kill(self):
        before = self.register(2)
        self.await_state("hook", "up_to_date", cursor=before)
        self.order("hook", "pause")
        last = self.register(3)
        self.await_state("daily", "up_to_date", cursor=last)
        self.await_state("hook", "paused", cursor=before, behind=last - before)
        self.office.stop(signal.SIGKILL)
        self.serve()
        more = self.register(2)
        self.await_state("daily", "up_to_date", cursor=more)
        self.await_state("hook", "paused", cursor=before, behind=more - before)
        self.assertEqual(self.hooked(), list(range(1, before + 1)))
        self.order("hook", "resume")
        self.await_state("hook", "up_to_date", cursor=more)
        self.assertEqual(self.hooked(), list(range(1, more + 1)))

    def test_everything_again_from_a_position(self):
        last = self.register(8)
        self.await_state("hook", "up_to_date", cursor=last)
        self.await_state("daily", "up_to_date", cursor=last)
        self.order("hook", "resend", {"from": last - 2})
        until(lambda: len(self.hooked()) >= last + 3, "nothing comes again", PATIENCE)
        self.await_state("hook", "up_to_date", cursor=last)
        self.assertEqual(self.hooked(), [*range(1, last + 1), last - 2, last - 1, last])
        self.order("daily", "resend", {"from": 1})
        until(lambda: len(self.filed()) >= 2 * last, "nothing comes again", PATIENCE)
        self.await_state("daily", "up_to_date", cursor=last)
        self.assertEqual(self.filed(), [*range(1, last + 1)] * 2)
        # The other one was not asked.
        self.assertEqual(len(self.hooked()), last + 3)
        more = self.register()
        self.await_state("hook", "up_to_date", cursor=more)
        self.assertEqual(self.hooked()[-1], more)

    def test_who_says_it_is_gone_is_asked_again_after_an_order_only(self):
        self.receiver.judge = lambda request: 410
        last = self.register()
        self.await_state("hook", "gone")
        asked = len(self.receiver.requests)
        self.receiver.judge = lambda request: 204
        last = self.register(2)
        self.await_state("daily", "up_to_date", cursor=last)
        self.await_state("hook", "gone", behind=last)
        self.assertEqual(len(self.receiver.requests), asked)
        self.order("hook", "resume")
        self.await_state("hook", "up_to_date", cursor=last)
        self.assertEqual(self.hooked(), list(range(1, last + 1)))

    def test_an_event_that_is_refused_parks_its_case_alone(self):
        self.receiver.judge = lambda request: 400 if request["events"][0]["id"] == "2" else 204
        cases = [self.head.register().json for _ in range(4)]
        self.assertEqual(cases[1]["position"], 2)
        for case in cases[1:3]:
            self.assertEqual(self.head.give(case["case_id"], "link_case", {"relation": "test", "reference": "x"}).status, 200)
        self.await_state("hook", "up_to_date", parked=1, behind=0)
        self.assertEqual(self.hooked(), [1, 3, 4, 6])  # 5 is of the parked case, and waits behind its 2.

    def test_orders_that_make_no_sense_are_refused(self):
        self.register()
        self.assertEqual(self.order("nobody", "pause", status=404).json["code"], "not-found")
        self.assertEqual(self.order("nobody", "resend", {"from": 1}, status=404).json["code"], "not-found")
        for body in ({"from": 0}, {"from": -1}, {"from": "1"}, {}, {"from": 1, "to": 2}):
            self.assertEqual(self.order("hook", "resend", body, status=400).json["code"], "invalid", body)


if __name__ == "__main__":
    unittest.main(verbosity=1)
