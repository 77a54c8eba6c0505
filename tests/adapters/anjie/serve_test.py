#!/usr/bin/env python3
"""The server as an operator runs it: serve_test.py ANJIE SOURCE_DIRECTORY"""
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from serving import Serving  # noqa: E402

ANJIE = sys.argv.pop(1)
SOURCE = pathlib.Path(sys.argv.pop(1))
LEDGER = SOURCE / "examples" / "asuo-2024.csv"
OFFICE = ["--org", "540629-102", "--jurisdiction", "540629", "--prefix", "尼阿调"]


def anjie(*words, code=0, environment=None):
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "ANJIE_ACTOR": "tester", **(environment or {})}
    done = subprocess.run([ANJIE, *map(str, words)], capture_output=True, text=True, env=env, timeout=120, check=False)
    if done.returncode != code:
        raise AssertionError(f"{words}: exit {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}")
    return done.stdout + done.stderr if code else done.stdout


def certificate(folder, name):
    """A certificate that signs itself, and its key."""
    files = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", f"/CN={name}", "-out", files[0], "-keyout", files[1]], check=True, capture_output=True, timeout=60)
    return files


class ServeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.top = pathlib.Path(tempfile.mkdtemp(prefix="anjie-serve-"))
        cls.imported = cls.top / "imported"
        anjie("init", cls.imported, *OFFICE)
        anjie("-C", cls.imported, "import", LEDGER)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.top, ignore_errors=True)

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=self.top))
        self.office = self.folder / "office"
        shutil.copytree(self.imported, self.office)
        self.serving = None

    def tearDown(self):
        if self.serving:
            self.serving.stop(signal.SIGKILL)

    def serve(self, *words, **options):
        self.serving = Serving(ANJIE, self.office, *words, **options)
        return self.serving

    def settings(self, *words, code=0, environment=None):
        return anjie("serve", self.office, "--print-config", *words, code=code, environment=environment)

    def test_one_precedence_flags_environment_file_defaults(self):
        self.assertEqual(json.loads(self.settings())["http"], "127.0.0.1:8420")
        file = self.office / "serve.json"
        file.write_text('{"http": "127.0.0.1:1", "workers": 3, "log_requests": false}\n')
        held = json.loads(self.settings())
        self.assertEqual((held["http"], held["workers"], held["log_requests"]), ("127.0.0.1:1", 3, False))
        environment = {"ANJIE_SERVE_HTTP": "127.0.0.1:2"}
        self.assertEqual(json.loads(self.settings(environment=environment))["http"], "127.0.0.1:2")
        held = json.loads(self.settings("--http", "127.0.0.1:3", environment=environment))
        self.assertEqual((held["http"], held["workers"]), ("127.0.0.1:3", 3))
        # What is printed is itself a file that says the same.
        file.write_text(self.settings("--http", "127.0.0.1:3"))
        self.assertEqual(json.loads(self.settings())["http"], "127.0.0.1:3")
        other = self.folder / "other.json"
        other.write_text('{"http": "127.0.0.1:4"}')
        self.assertEqual(json.loads(self.settings("--config", other))["http"], "127.0.0.1:4")

    def test_a_wrong_setting_is_named_with_its_place_and_what_is_allowed(self):
        file = self.office / "serve.json"

        def complaint(text):
            file.write_text(text)
            return self.settings(code=2)

        self.assertRegex(complaint('{\n  "http": "127.0.0.1:1",\n  "workers": 0\n}\n'), r"serve\.json:3: workers: .*1 to 256")
        self.assertRegex(complaint('{\n\n  "worker": 1}'), r"serve\.json:3: there is no setting worker; there are http, ")
        self.assertRegex(complaint('{"workers": "3"}'), r'serve\.json:1: workers: "3" stands there; allowed is a whole number')
        self.assertRegex(complaint('{"log_requests": 1}'), r"serve\.json:1: log_requests: 1 .*true or false")
        self.assertRegex(complaint('{"http": "localhost:1"}'), r"serve\.json:1: http: .*localhost:1.* such as 127\.0\.0\.1:8420")
        self.assertRegex(complaint('{\n"http": }'), r"serve\.json")
        self.assertRegex(complaint("[]"), r"serve\.json:1: must be one JSON object")
        self.assertRegex(complaint('{"operation": "0.0.0.0:1"}'), r"serve\.json:1: operation: 0\.0\.0\.0:1 .*this machine alone")
        self.assertRegex(complaint('{\n"tls_cert": "x"}'), r"serve\.json:2: tls_cert and tls_key go together")
        file.unlink()
        self.assertRegex(self.settings(code=2, environment={"ANJIE_SERVE_STREAMS_MAX": "many"}), "ANJIE_SERVE_STREAMS_MAX: streams_max")
        self.assertRegex(self.settings("--http", "here", code=2), "--http: http: ")
        self.assertIn("there is no file", self.settings("--config", self.folder / "none.json", code=5))
        # Nothing is open to other machines by mistake.
        self.assertRegex(self.settings("--http", "0.0.0.0:1", code=2), r"--http: http: 0\.0\.0\.0:1 .*--insecure-plaintext")
        self.settings("--http", "0.0.0.0:1", "--insecure-plaintext")
        anjie("serve", self.office, "--http", "0.0.0.0:0", code=2)

    def test_what_the_manual_says_of_settings_is_what_holds(self):
        manual = (SOURCE / "docs" / "operation.md").read_text(encoding="utf-8")
        rows = dict(re.findall(r"^\| `([a-z_]+)` \| `?([^|`]*)`? \|", manual, re.MULTILINE))
        rows = {name: default for name, default in rows.items() if not name.startswith(("anjie_", "process_"))}
        held = json.loads(self.settings())
        self.assertEqual(rows, {name: json.dumps(value).strip('"') for name, value in held.items()})

    def test_health_and_numbers(self):
        serving = self.serve()
        self.assertEqual(serving.ask("/healthz")[:2], (200, "ok\n"))
        serving.await_ready()
        head = serving.number("anjie_log_head_position")
        self.assertGreaterEqual(head, 316)
        serving.await_number("anjie_follower_position", lambda position: position >= head)
        self.assertEqual(serving.await_number("anjie_follower_lag_positions", lambda lag: lag == 0), 0)
        self.assertEqual(serving.number("anjie_ready"), 1)
        self.assertGreater(serving.number("process_open_fds"), 3)
        self.assertGreater(serving.number("process_resident_memory_bytes"), 1_000_000)
        serving.await_number("anjie_checkpoint_position", lambda position: position >= head)
        # Other machines see none of it, wherever HTTP is served.
        self.assertEqual(serving.ask("/metrics")[0], 404)
        self.assertIn('anjie_http_requests_total{method="GET",route="/healthz",status="200"} 1', serving.ask("/metrics", port=serving.operation)[1])
        # An address, a name, a token: nothing that a client sends is logged or counted.
        serving.ask("/%E5%BC%A0%E4%B8%89?token=secret", headers={"Authorization": "Bearer secret"})
        numbers = serving.ask("/metrics", port=serving.operation)[1]
        self.assertEqual(serving.stop(), 0)
        events = [line["event"] for line in serving.log()]
        for event in ["serve.listening", "serve.caught_up", "http.request", "serve.stopping", "serve.stopped"]:
            self.assertIn(event, events)
        for said in ["".join(serving.log_text), numbers]:
            for word in ["张三", "%E5", "secret", "Bearer", "token="]:
                self.assertNotIn(word, said)

    def test_the_rpc_server_is_counted_too(self):
        self.assertNotIn("anjie_rpc_", self.serve().ask("/metrics", port=self.serving.operation)[1])
        self.assertEqual(self.serving.stop(), 0)
        serving = self.serve("--rpc", "127.0.0.1:0")
        for name in ("connections", "subscriptions", "calls_total", "troubles_total", "events_pushed_total", "turned_away_total"):
            self.assertEqual(serving.number("anjie_rpc_" + name), 0, name)
        with socket.create_connection(("127.0.0.1", serving.rpc), timeout=30) as line:
            serving.await_number("anjie_rpc_connections", lambda number: number == 1)
        serving.await_number("anjie_rpc_connections", lambda number: number == 0)
        self.assertIn("# TYPE anjie_rpc_turned_away_total counter", serving.ask("/metrics", port=serving.operation)[1])
        self.assertEqual(serving.stop(), 0)

    def test_it_stops_when_told_and_what_it_followed_is_signed(self):
        for how in (signal.SIGTERM, signal.SIGINT):
            serving = self.serve("--operation", "off")
            serving.await_ready()
            idle = serving.connect()
            idle.connect()
            self.assertEqual(serving.stop(how), 0)
        head = json.loads(anjie("-C", self.office, "--json", "checkpoint", "show"))
        self.assertGreaterEqual(head["size"], 316)
        self.assertIn("0 findings", anjie("verify", self.office))

    def test_it_goes_on_after_any_kill_without_anybody_s_help(self):
        # What has come due since the ledger was written becomes events, once each, by whichever process gets to it.
        undisturbed = self.folder / "undisturbed"
        shutil.copytree(self.office, undisturbed)
        quiet = Serving(ANJIE, undisturbed)
        before = quiet.number("anjie_log_head_position")
        expected = before + quiet.await_number("anjie_alarms_raised_total", lambda raised: raised > 0)
        self.assertEqual(quiet.stop(), 0)
        numbers = random.Random(3)
        head = 0
        for _ in range(8):
            serving = self.serve()
            for _ in range(numbers.randrange(150)):
                serving.ask("/readyz")
            head_seen = serving.number("anjie_log_head_position")
            self.assertGreaterEqual(head_seen, head)
            head = head_seen
            self.assertEqual(serving.stop(signal.SIGKILL), -signal.SIGKILL)
        serving = self.serve()
        serving.await_ready()
        self.assertEqual(serving.await_number("anjie_log_head_position", lambda position: position >= expected), expected)
        self.assertEqual(serving.stop(), 0)
        self.assertIn("0 findings", anjie("verify", self.office))

    def test_tls(self):
        cert, key = certificate(self.folder, "first")
        serving = self.serve("--tls-cert", cert, "--tls-key", key, tls=True)
        self.assertEqual(serving.ask("/healthz")[:2], (200, "ok\n"))
        self.assertIn("max-age", serving.ask("/healthz")[2]["Strict-Transport-Security"])

        def name():
            der = ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate(("127.0.0.1", serving.port)))
            return "first" if b"first" in der else "second" if b"second" in der else "?"

        self.assertEqual(name(), "first")
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname = False
        old.verify_mode = ssl.CERT_NONE
        old.set_ciphers("ALL:@SECLEVEL=0")
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
        with self.assertRaises((ssl.SSLError, ConnectionError)), socket.create_connection(("127.0.0.1", serving.port), timeout=30) as plain:
            old.wrap_socket(plain)
        # Plain HTTP on that port is no HTTP.
        self.assertNotIn(b"200 OK", serving.raw(b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"))
        # A new certificate without a new start; one that does not fit changes nothing.
        new_cert, new_key = certificate(self.folder, "second")
        shutil.copy(new_cert, cert)
        serving.process.send_signal(signal.SIGHUP)
        self.await_log(serving, "http.tls_not_reloaded")
        self.assertEqual(name(), "first")
        shutil.copy(new_key, key)
        serving.process.send_signal(signal.SIGHUP)
        self.await_log(serving, "http.tls_reloaded")
        self.assertEqual(name(), "second")
        self.assertEqual(serving.stop(), 0)
        for wrong, message in [((cert, cert), "no PEM private key"), ((key, key), "no PEM certificate"),
                               ((cert, self.folder / "none"), "none"), ((self.folder / "none", key), "none")]:
            answer = anjie("serve", self.office, "--http", "127.0.0.1:0", "--tls-cert", wrong[0], "--tls-key", wrong[1], code=2)
            self.assertIn(message, answer)

    def await_log(self, serving, event):
        for _ in range(600):
            if any(f'"event":"{event}"' in line for line in list(serving.log_text)):
                return
            serving.ask("/healthz")
        self.fail(f"{event} is not logged: {serving.log_text}")

    def test_the_service_manager_is_told(self):
        path = str(self.folder / "notify")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.bind(path)
            manager.settimeout(60)
            serving = self.serve(environment={"NOTIFY_SOCKET": path})
            self.assertEqual(manager.recv(100), b"READY=1")
            self.assertEqual(serving.stop(), 0)
            self.assertEqual(manager.recv(100), b"STOPPING=1")

    def test_an_address_that_is_taken_is_told(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            self.assertIn(f"127.0.0.1:{port}", anjie("serve", self.office, "--http", f"127.0.0.1:{port}", "--operation", "off", code=6))


if __name__ == "__main__":
    unittest.main(verbosity=1)
