"""Webhooks by the program against a receiver of this test: friendly, hostile, away, and at places it must not reach."""
import base64
import hashlib
import hmac
import http.server
import json
import os
import threading
import time
import unittest

from sink_office import Controls, Office, random, run  # noqa: F401

SECRET = base64.b64encode(bytes(range(32))).decode()
OLD_SECRET = base64.b64encode(bytes(range(1, 33))).decode()


class Receiver(http.server.ThreadingHTTPServer):
    """Keeps what it accepted; `judge` decides the status of each request."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.accepted, self.requests, self.lock = [], [], threading.Lock()
        self.judge = lambda request: 204
        self.headers_back = {}
        self.thread = threading.Thread(target=self.serve_forever, daemon=True)
        self.thread.start()

    def handle_error(self, request, client_address):
        """A sink that is killed breaks its connection."""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/in?token=hidden"

    def events(self):
        with self.lock:
            return [event for request in self.accepted for event in request["events"]]

    def close(self):
        self.shutdown()
        self.server_close()
        self.thread.join(timeout=10)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        parsed = json.loads(body)
        request = {"headers": dict(self.headers), "body": body, "path": self.path,
                   "events": parsed if isinstance(parsed, list) else [parsed]}
        status = self.server.judge(request)
        with self.server.lock:
            self.server.requests.append(request)
            if 200 <= status < 300:
                self.server.accepted.append(request)
        self.send_response(status)
        for name, value in self.server.headers_back.items():
            self.send_header(name, value)
        if "Content-Length" not in self.server.headers_back:
            self.send_header("Content-Length", "0")
        self.end_headers()
        if "Content-Length" in self.server.headers_back:
            try:
                for _ in range(1000):
                    self.wfile.write(b"x" * 100_000)
            except OSError:
                self.close_connection = True


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


class Webhook(Office):
    def setUp(self):
        super().setUp()
        self.receiver = Receiver()
        for name, secret in (("new", SECRET), ("old", OLD_SECRET)):
            file = self.data / name
            file.write_text(f"whsec_{secret}\n", encoding="ascii")
            os.chmod(file, 0o600)

    def tearDown(self):
        self.receiver.close()

    def hook(self, mode="structured", url=None, retry=None, batch=500, **to):
        self.configure({"name": "hook", "kind": "webhook", "batch": batch, "retry": retry or {"first_s": 1, "longest_s": 1},
                        "to": {"url": url or self.receiver.url, "mode": mode, "secret_file": "new", "allow_private": ["127.0.0.1"],
                               "timeout_s": 5, **to}})

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


if __name__ == "__main__":
    unittest.main()
