"""Webhooks by the program against a receiver of this test: friendly, hostile, away, and at places it must not reach."""
import base64
import hashlib
import hmac
import json
import os
import threading
import time
import unittest

from sink_office import Controls, Office, random, run  # noqa: F401
from webhook_receiver import OLD_SECRET, SECRET, Authority, Receiver


def verify(request, *secrets):
    """Standard Webhooks 1.0.0, as a receiver does it."""
    headers = {name.lower(): value for name, value in request["headers"].items()}
    identity, stamp = headers["webhook-id"], headers["webhook-timestamp"]
    assert "." not in identity and abs(time.time() - int(stamp)) < 300
    expected = []
    for secret in secrets:
        digest = hmac.new(base64.b64decode(secret), f"{identity}.{stamp}.".encode() + request["body"], hashlib.sha256).digest()
        expected.append("v1," + base64.b64encode(digest).decode())
    return headers["webhook-signature"].split(" ") == expected


class Hooked(Office):
    """An office with a webhook, its secrets, and who receives."""

    def setUp(self):
        super().setUp()
        self.receiver = self.make_receiver()
        for name, secret in (("new", SECRET), ("old", OLD_SECRET)):
            file = self.data / name
            file.write_text(f"whsec_{secret}\n", encoding="ascii")
            os.chmod(file, 0o600)

    def make_receiver(self):
        return Receiver()

    def tearDown(self):
        self.receiver.close()

    def hook(self, mode="structured", url=None, retry=None, batch=500, **to):
        self.configure({"name": "hook", "kind": "webhook", "batch": batch, "retry": retry or {"first_s": 1, "longest_s": 1},
                        "to": {"url": url or self.receiver.url, "mode": mode, "secret_file": "new", "allow_private": ["127.0.0.1"],
                               "timeout_s": 5, **to}})


class Webhook(Hooked):
    def test_structured_events_are_valid_signed_and_complete(self):
        self.hook(previous_secret_file="old")
        status = self.run_until_done()[0]
        self.assertEqual(status["state"], "up_to_date")
        self.assertNotIn("hidden", json.dumps(status))
        self.check_complete(self.receiver.events(), once=True)
        for request in self.receiver.accepted:
            self.assertTrue(verify(request, SECRET, OLD_SECRET))
            self.assertFalse(verify(request, OLD_SECRET, SECRET))
            self.assertTrue(request["headers"]["Content-Type"].startswith("application/cloudevents+json"))
            self.assertIn("token=hidden", request["path"])
        self.assertEqual(len({request["headers"]["webhook-id"] for request in self.receiver.accepted}), self.head)

    def test_batches_and_an_event_that_one_batch_chokes_on(self):
        self.hook(mode="batched", batch=50)
        bad = str(self.head // 2)
        self.receiver.judge = lambda request: 400 if any(event["id"] == bad for event in request["events"]) else 200
        status = self.sink("run")[0]
        self.assertEqual((status["state"], status["parked"]), ("up_to_date", 1))
        held = self.sink("held", "hook")
        self.assertEqual((str(held[0]["position"]), held[0]["reason"]), (bad, "HTTP 400"))
        self.assertTrue(any(len(request["events"]) > 10 for request in self.receiver.accepted))
        for request in self.receiver.accepted:
            self.assertTrue(request["headers"]["Content-Type"].startswith("application/cloudevents-batch+json"))
            self.assertTrue(verify(request, SECRET))
        self.receiver.judge = lambda request: 200
        self.sink("retry", "hook")
        self.run_until_done()
        self.check_complete(self.receiver.events(), once=True)

    def test_bad_days_and_kills_lose_nothing(self):
        self.hook()
        chance = random.Random(3)
        self.receiver.judge = lambda request: chance.choice([200, 200, 200, 200, 200, 200, 200, 500, 503]) if chance.random() < 0.2 else 200
        self.assertGreater(self.kill_in_the_middle(chance, lambda: len(self.receiver.accepted), 8), 0)
        self.receiver.judge = lambda request: 200
        self.run_until_done()
        self.check_complete(self.receiver.events())

    def test_busy_gone_and_redirecting_receivers(self):
        self.hook()
        self.receiver.headers_back = {"Retry-After": "120"}
        self.receiver.judge = lambda request: 429
        status = self.sink("run", code=6)[0]
        self.assertEqual((status["state"], status["trouble"], status["cursor"]), ("backing_off", "HTTP 429", 0))
        self.receiver.headers_back = {"Location": self.receiver.url.replace("/in", "/elsewhere")}
        self.receiver.judge = lambda request: 307
        self.assertIn("redirect", self.sink("run", code=6)[0]["trouble"])
        self.assertTrue(all(request["path"].startswith("/in") for request in self.receiver.requests))
        self.receiver.judge = lambda request: 410
        self.assertEqual(self.sink("run", code=6)[0]["state"], "gone")
        count = len(self.receiver.requests)
        self.receiver.judge = lambda request: 200
        self.assertEqual(self.sink("run", code=6)[0]["state"], "gone")
        self.assertEqual(len(self.receiver.requests), count)
        self.sink("resume", "hook")
        self.run_until_done()
        self.check_complete(self.receiver.events(), once=True)

    def test_endless_answers_are_cut_short(self):
        self.hook(mode="batched")
        self.receiver.headers_back = {"Content-Length": str(100_000_000)}
        began = time.monotonic()
        self.run_until_done()
        self.assertLess(time.monotonic() - began, 30)
        self.check_complete(self.receiver.events(), once=True)

    def test_slow_receivers_time_out(self):
        self.hook(timeout_s=1)
        release = threading.Event()
        self.receiver.judge = lambda request: release.wait(20) and 200
        self.assertEqual(self.sink("run", code=6)[0]["state"], "backing_off")
        release.set()

    def test_private_addresses_are_refused_whatever_name_leads_there(self):
        port = self.receiver.server_address[1]
        for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "127.1", "2130706433", "0x7f000001"):
            self.hook(url=f"https://{host}:{port}/", allow_private=[])
            status = self.sink("run", code=6)[0]
            self.assertEqual(status["state"], "backing_off", host)
            self.assertRegex(status["trouble"], "not allowed|resolve", host)
            self.hook(url=f"http://{host}:{port}/", allow_private=["10.0.0.0/8"])
            self.assertRegex(self.sink("run", code=6)[0]["trouble"], "not allowed|resolve", host)
        self.assertEqual(self.receiver.requests, [])

    def test_a_proxy_of_the_environment_is_not_used(self):
        self.hook()
        import sink_office
        sink_office.ENV["http_proxy"] = sink_office.ENV["ALL_PROXY"] = "http://127.0.0.1:1"
        try:
            self.run_until_done()
        finally:
            del sink_office.ENV["http_proxy"], sink_office.ENV["ALL_PROXY"]
        self.check_complete(self.receiver.events(), once=True)

    def test_a_secret_that_others_may_read_is_refused(self):
        self.hook()
        os.chmod(self.data / "new", 0o644)
        done = run("-C", self.data, "sink", "list", code=None)
        self.assertEqual(done.returncode, 2)
        self.assertIn("600", done.stderr)
        self.assertNotIn(SECRET, done.stderr + done.stdout)


class WebhookOverTls(Hooked):
    """The receiver shows a certificate; whoever it is not meant for gets no byte of an event."""

    def make_receiver(self):
        self.authority = Authority(self.folder, "office-ca")
        self.good = self.authority.certificate("receiver", "IP:127.0.0.1", "DNS:localhost")
        return Receiver(tls=self.good)

    def refused(self, pattern, **to):
        self.hook(**to)
        status = self.sink("run", code=6)[0]
        self.assertEqual((status["state"], status["cursor"], status["parked"]), ("backing_off", 0, 0))
        self.assertRegex(status["trouble"], pattern)
        self.assertEqual(self.receiver.requests, [])

    def test_with_the_authority_named_everything_arrives(self):
        self.hook(ca_file=str(self.authority.file), batch=50, mode="batched")
        self.assertEqual(self.run_until_done()[0]["state"], "up_to_date")
        self.check_complete(self.receiver.events(), once=True)
        for request in self.receiver.accepted:
            self.assertTrue(verify(request, SECRET))
            self.assertIn(request["tls"], ("TLSv1.2", "TLSv1.3"))

    def test_a_name_is_as_good_as_an_address_and_a_path_may_start_at_the_data_directory(self):
        (self.data / "ca.pem").write_bytes(self.authority.file.read_bytes())
        self.hook(url=self.receiver.url.replace("127.0.0.1", "localhost"), ca_file="ca.pem", allow_private=["127.0.0.1", "::1"], batch=50, mode="batched")
        self.assertEqual(self.run_until_done()[0]["state"], "up_to_date")
        self.check_complete(self.receiver.events(), once=True)

    def test_an_authority_that_is_not_known_is_refused(self):
        self.refused("not believed.*unable to get local issuer certificate")
        self.refused("not believed.*unable to get local issuer certificate", ca_file=str(Authority(self.folder, "another-ca").file))

    def test_a_certificate_for_another_name_is_refused(self):
        self.receiver.show(self.authority.certificate("elsewhere", "DNS:elsewhere.example", "IP:127.0.0.2"))
        self.refused("another name", ca_file=str(self.authority.file))

    def test_a_certificate_that_is_over_is_refused(self):
        self.receiver.show(self.authority.certificate("late", "IP:127.0.0.1", days=-1))
        self.refused("not believed.*expired", ca_file=str(self.authority.file))

    def test_who_speaks_no_tls_gets_nothing(self):
        in_clear = Receiver()
        try:
            self.refused("SSL|TLS|connect", url=in_clear.url.replace("http:", "https:"), ca_file=str(self.authority.file))
            self.assertEqual(in_clear.requests, [])
        finally:
            in_clear.close()

    def test_a_wrong_certificate_in_between_loses_nothing(self):
        self.hook(ca_file=str(self.authority.file))
        some = 40
        self.receiver.judge = lambda request: 204 if len(self.receiver.accepted) < some else 503
        self.assertEqual(self.sink("run", code=6)[0]["cursor"], some)
        before = len(self.receiver.requests)
        self.receiver.show(Authority(self.folder, "another-ca").certificate("false", "IP:127.0.0.1"))
        self.assertEqual(self.sink("run", code=6)[0]["state"], "backing_off")
        self.assertEqual(len(self.receiver.requests), before)
        self.receiver.show(self.good)
        self.receiver.judge = lambda request: 204
        self.run_until_done()
        self.check_complete(self.receiver.events(), once=True)

    def test_an_authority_without_a_file_is_an_error_that_names_its_place(self):
        for content, reason in ((None, "no such file"), ("no certificate", "certificate")):
            if content is not None:
                (self.data / "ca.pem").write_text(content)
            self.hook(ca_file="ca.pem")
            done = run("-C", self.data, "sink", "list", code=None)
            self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
            self.assertIn("sinks[0].to.ca_file", done.stderr)
            self.assertIn(reason, done.stderr)


if __name__ == "__main__":
    unittest.main()
