#!/usr/bin/env python3
"""A witness as offices run it, over real HTTP: witness_end_to_end_test.py ANJIE TRUST_MATERIAL"""
import hashlib
import http.client
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import unittest

ANJIE = sys.argv.pop(1)
MATERIAL_TOOL = sys.argv.pop(1)
ORIGIN_HASH = hashlib.sha256(b"mediation.example/log1").hexdigest()
SIZES = [1, 2, 3, 7, 8, 100, 200, 255, 256, 257, 299, 300]
ENVIRONMENT = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}


def anjie(*words, code=0, **options):
    done = subprocess.run([ANJIE, *map(str, words)], capture_output=True, text=True, env=ENVIRONMENT, timeout=60, check=False, **options)
    if done.returncode != code:
        raise AssertionError(f"{words}: exit {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}")
    return done.stdout, done.stderr


class Serving:
    """A running `anjie witness serve` on a free port."""

    def __init__(self, directory):
        self.process = subprocess.Popen([ANJIE, "witness", "serve", directory, "--http", "127.0.0.1:0", "--json"],
                                        stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)
        line = self.process.stdout.readline()
        self.port = int(json.loads(line)["listening"].rsplit(":", 1)[1])

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        code = self.process.wait(timeout=30)
        self.process.stdout.close()
        return code

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ask(self, body, connection=None, method="POST", path="/add-checkpoint"):
        connection = connection or self.connect()
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers

    def raw(self, data, shut=True):
        """Sends bytes as they are; answers what came back until the other side closed or cut the connection."""
        received = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            try:
                connection.sendall(data)
                if shut:
                    connection.shutdown(socket.SHUT_WR)
                while piece := connection.recv(65536):
                    received += piece
            except TimeoutError:
                raise
            except OSError:  # Cut while bytes were under way.
                pass
        return received


class WitnessTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.material = pathlib.Path(tempfile.mkdtemp(prefix="anjie-trust-"))
        subprocess.run([MATERIAL_TOOL, cls.material], check=True, timeout=120)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.material, ignore_errors=True)

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="anjie-witness-"))
        self.directory = self.folder / "w1"
        self.vkey = anjie("witness", "init", self.directory, "--name", "witness.example/w1")[0].strip()
        anjie("witness", "trust", self.directory, self.material / "vkey")
        self.serving = None

    def tearDown(self):
        if self.serving and self.serving.process.poll() is None:
            self.serving.stop(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def serve(self):
        self.serving = Serving(self.directory)
        return self.serving

    def request(self, name):
        return (self.material / "requests" / name).read_bytes()

    def test_a_log_is_cosigned_as_it_grows_and_never_when_it_forks(self):
        serving = self.serve()
        connection = serving.connect()  # One connection, kept alive.
        self.assertEqual(serving.ask(self.request("0-7"), connection)[0], 200)
        status, body, _ = serving.ask(self.request("7-200"), connection)
        self.assertEqual(status, 200)
        self.assertTrue(body.startswith("\u2014 witness.example/w1 ") and body.endswith("\n"), body)
        status, body, headers = serving.ask(self.request("0-100"), connection)  # A rollback.
        self.assertEqual((status, body, headers["Content-Type"]), (409, "200\n", "text/x.tlog.size"))
        self.assertEqual(serving.ask(self.request("fork-200-300"), connection)[0], 422)
        self.assertEqual(serving.ask(self.request("fork-200-200"), connection)[0], 422)
        self.assertEqual(serving.ask(self.request("stranger-200-300"), connection)[0], 403)
        self.assertEqual(serving.ask(self.request("unknown-200-300"), connection)[0], 404)
        smaller = self.request("200-300").replace(b"old 200\n", b"old 301\n")
        self.assertEqual(serving.ask(smaller, connection)[0], 400)
        self.assertEqual(serving.ask(b"", connection)[0], 400)
        self.assertEqual(serving.ask(self.request("200-300"), connection)[0], 200)
        self.assertEqual(serving.stop(), 0)

    def test_monitors_read_the_last_checkpoint_and_nothing_else(self):
        serving = self.serve()
        path = f"/{ORIGIN_HASH}/checkpoint"
        self.assertEqual(serving.ask(None, method="GET", path=path)[0], 404)
        self.assertEqual(serving.ask(self.request("0-300"))[0], 200)
        status, note, headers = serving.ask(None, method="GET", path=path)
        self.assertEqual((status, headers["Content-Type"]), (200, "text/plain; charset=utf-8"))
        self.assertIn("\n300\n", note)
        self.assertEqual(note.count("\u2014 "), 2)
        for odd in ["/", "//", "/../key", "/..%2fkey/checkpoint", "/key/checkpoint", f"/{ORIGIN_HASH.upper()}/checkpoint",
                    f"/{ORIGIN_HASH}", f"/{ORIGIN_HASH}.new/checkpoint", "/checkpoint"]:
            self.assertEqual(serving.ask(None, method="GET", path=odd)[0], 404, odd)
        self.assertEqual(serving.ask(None, method="GET")[0], 405)
        self.assertEqual(serving.ask(b"", method="PUT", path=path)[0], 405)

    def test_hostile_bytes_are_answered_or_cut_off_and_the_witness_goes_on(self):
        serving = self.serve()
        good = self.request("0-300")
        numbers = random.Random(5)
        cosigned = 0
        for _ in range(300):
            body = bytearray(good)
            for _ in range(numbers.randint(1, 4)):
                at = numbers.randrange(len(body))
                kind = numbers.randrange(3)
                if kind == 0:
                    body[at] = numbers.randrange(256)
                elif kind == 1:
                    del body[at:at + numbers.randint(1, 40)]
                else:
                    body[at:at] = bytes(numbers.randrange(256) for _ in range(numbers.randint(1, 40)))
            if bytes(body) != good:
                status = serving.ask(bytes(body))[0]
                self.assertIn(status, (400, 403, 404, 409, 422))
                cosigned += status == 200
        self.assertEqual(cosigned, 0)
        self.assertEqual(serving.raw(b"GET / HTTP/9.9\r\n\r\n").split(b"\r\n")[0], b"HTTP/1.1 400 Bad Request")
        self.assertIn(b"400", serving.raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n").split(b"\r\n")[0])
        self.assertEqual(serving.raw(b""), b"")
        self.assertEqual(serving.raw(b"POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: 100\r\n\r\nold"), b"")
        long_header = b"GET / HTTP/1.1\r\nX: " + b"a" * 20_000 + b"\r\n\r\n"
        self.assertIn(serving.raw(long_header, shut=False).split(b"\r\n")[0], (b"HTTP/1.1 431 Request Header Fields Too Large", b""))
        declared = b"POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: 99999999\r\n\r\n"
        self.assertEqual(serving.raw(declared, shut=False).split(b"\r\n")[0], b"HTTP/1.1 413 Payload Too Large")
        self.assertEqual(serving.ask(good)[0], 200)

    def test_more_connections_than_there_are_places_are_closed_and_the_others_served(self):
        serving = self.serve()
        idle = [socket.create_connection(("127.0.0.1", serving.port), timeout=30) for _ in range(64)]
        # The places are taken once the last of them has been seen: it answers.
        idle[-1].sendall(b"GET / HTTP/1.1\r\nHost: w\r\n\r\n")
        self.assertTrue(idle[-1].recv(4096).startswith(b"HTTP/1.1 404"))
        self.assertEqual(serving.raw(b"GET / HTTP/1.1\r\nHost: w\r\n\r\n"), b"")
        for connection in idle:
            connection.close()
        for _ in range(200):  # Until the server has noticed the first that went.
            try:
                if serving.ask(self.request("0-300"))[0] == 200:
                    return
            except (ConnectionError, http.client.HTTPException):
                continue
        self.fail("no place became free")

    def test_clients_at_once_get_one_history(self):
        serving = self.serve()
        signed = []

        def client(prefix):
            old = 0
            for _ in range(60):
                size = next((size for size in SIZES if size > old), None)
                if size is None:
                    return
                status, body, _ = serving.ask(self.request(f"{prefix}{old}-{size}"))
                if status == 200:
                    signed.append((prefix, size))
                    old = size
                elif status == 409:
                    old = int(body)
                else:
                    self.assertEqual(status, 422)  # The other history went on; this one is refused from now on.
                    return

        threads = [threading.Thread(target=client, args=(prefix,)) for prefix in ["", "fork-"] * 4]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        beyond = {prefix for prefix, size in signed if size > 100}  # Up to there both are the same.
        self.assertEqual(len(beyond), 1)
        sizes = sorted(size for _, size in signed)
        self.assertEqual(sizes, sorted(set(sizes)))
        self.assertEqual(sizes[-1], 300)

    def test_killed_at_any_moment_it_never_goes_back(self):
        numbers = random.Random(11)
        reached = 0
        self.assertEqual(self.serve().ask(self.request("0-1"))[0], 200)
        self.serving.stop()
        for old, size in zip(SIZES, SIZES[1:]):
            serving = self.serve()
            with socket.create_connection(("127.0.0.1", serving.port), timeout=30) as connection:
                body = self.request(f"{old}-{size}")
                connection.sendall(b"POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
                if numbers.randrange(2):
                    connection.recv(1)  # The answer is on its way, so the checkpoint must have been kept.
                    expected = (size,)
                else:
                    expected = (old, size)
                self.assertEqual(serving.stop(signal.SIGKILL), -signal.SIGKILL)
            serving = self.serve()
            status, body, _ = serving.ask(self.request("0-300"))
            self.assertEqual(status, 409)
            self.assertIn(int(body), expected)
            reached += int(body) == size
            if int(body) == old:
                self.assertEqual(serving.ask(self.request(f"{old}-{size}"))[0], 200)
            self.assertEqual(serving.ask(self.request(f"{size}-{size}"))[0], 200)
            self.assertEqual(serving.stop(), 0)
        self.assertGreater(reached, 0)

    def test_an_office_without_a_network_uses_files(self):
        requests = self.material / "requests"
        line = anjie("witness", "cosign", self.directory, requests / "0-200")[0]
        self.assertTrue(line.startswith("\u2014 witness.example/w1 "))
        _, message = anjie("witness", "cosign", self.directory, requests / "0-300", code=4)
        self.assertIn("200", message)
        anjie("witness", "cosign", self.directory, requests / "fork-200-300", code=3)
        anjie("witness", "cosign", self.directory, requests / "stranger-200-300", code=3)
        anjie("witness", "cosign", self.directory, requests / "unknown-200-300", code=5)
        anjie("witness", "cosign", self.directory, self.material / "vkey", code=2)
        anjie("witness", "cosign", self.directory, self.folder / "nothing", code=5)
        with open(requests / "200-300", "rb") as file:
            answer = json.loads(anjie("witness", "cosign", self.directory, "-", "--json", stdin=file)[0])
        self.assertEqual(answer["status"], 200)
        # The same directory over HTTP and by file: one memory.
        self.assertEqual(self.serve().ask(self.request("200-300"))[0], 409)

    def test_the_key_is_guarded(self):
        key = self.directory / "key"
        self.assertEqual(stat.S_IMODE(key.stat().st_mode), 0o600)
        self.assertTrue(self.vkey.startswith("witness.example/w1+"))
        anjie("witness", "init", self.directory, "--name", "witness.example/w2", code=4)
        os.chmod(key, 0o644)
        _, message = anjie("witness", "cosign", self.directory, self.material / "requests" / "0-200", code=2)
        self.assertIn(f"chmod 600 {key}", message)
        self.assertNotIn("PRIVATE", message)
        anjie("witness", "serve", self.directory, "--http", "127.0.0.1:0", code=2)
        os.chmod(key, 0o600)
        anjie("witness", "serve", self.directory, "--http", "localhost", code=2)
        anjie("witness", "trust", self.directory, self.vkey, code=2)  # A witness's key is no log's.
        anjie("witness", "trust", self.directory, "x+y+z", code=2)
        anjie("witness", "trust", self.folder, self.material / "vkey", code=5)


if __name__ == "__main__":
    unittest.main(verbosity=1)
