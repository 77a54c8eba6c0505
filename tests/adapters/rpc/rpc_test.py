#!/usr/bin/env python3
"""The example client against `anjie serve`: rpc_test.py ANJIE RPC_CLIENT SOURCE_DIRECTORY"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

ANJIE, CLIENT, SOURCE = (pathlib.Path(sys.argv.pop(1)) for _ in range(3))
ENVIRONMENT = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "ANJIE_ACTOR": "tester"}
ADMIN = "some-words-nobody-guesses"
REGISTER = json.dumps({"command": "register_case", "source": "application", "channel": "written", "type": "neighbour",
                       "difficulty": "ordinary", "parties": [{"number": 1, "role": "applicant", "kind": "natural_person"},
                                                             {"number": 2, "role": "respondent", "kind": "natural_person"}]})


def anjie(*words, given=""):
    done = subprocess.run([ANJIE, *map(str, words)], input=given, capture_output=True, text=True, env=ENVIRONMENT, timeout=120, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{words}: {done.stdout}\n{done.stderr}")
    return done.stdout.strip()


class RpcTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="anjie-rpc-"))
        self.office = self.folder / "office"
        anjie("init", self.office, "--org", "540629-102", "--jurisdiction", "540629", "--committee", "township", "--prefix", "尼阿调")
        anjie("-C", self.office, "import", SOURCE / "examples" / "asuo-2024.csv")
        anjie("-C", self.office, "user", "add", "admin", "--role", "administrator", "--org", "CN", given=ADMIN + "\n")
        scopes = [word for scope in ("list_cases", "read_case", "register_case", "work_on_case", "read_feed") for word in ("--scope", scope)]
        self.token = anjie("-C", self.office, "token", "add", "test", *scopes, "--org", "540629-102", "--user", "admin", given=ADMIN + "\n")
        self.serving = None
        self.serve("127.0.0.1:0")

    def tearDown(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def serve(self, address):
        self.serving = subprocess.Popen([ANJIE, "--json", "serve", self.office, "--http", "127.0.0.1:0", "--operation", "off", "--rpc", address],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=ENVIRONMENT)
        self.address = json.loads(self.serving.stdout.readline())["rpc"]

    def stop(self, how=signal.SIGTERM):
        if self.serving.poll() is None:
            self.serving.send_signal(how)
        code = self.serving.wait(timeout=60)
        self.serving.stdout.close()
        return code

    def client(self, *words, code=0, token=None):
        done = subprocess.run([CLIENT, self.address, *words], capture_output=True, text=True, timeout=120, check=False,
                              env={**ENVIRONMENT, "ANJIE_TOKEN": self.token if token is None else token})
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stderr if code else done.stdout

    def positions(self, text):
        return [int(line.split(" ")[0]) for line in text.splitlines()]

    def test_orders_and_feed(self):
        self.assertRegex(self.client("who"), r" case_worker feed$")
        before = self.positions(self.client("catch-up"))
        self.assertEqual(before, list(range(1, len(before) + 1)))
        case = self.client("register", REGISTER, "甲").split(" ")[0]
        self.assertIn("versions 2 to 2", self.client("submit", case, '{"command": "give_consent", "party": 2}'))
        self.assertEqual(self.positions(self.client("catch-up", str(len(before)))), [len(before) + 1, len(before) + 2])
        self.assertIn(case, self.client("show", case))
        self.assertIn("token_lacks_scope", self.client("submit", case, '{"command": "accept_case"}', code=1))
        self.assertIn("token_invalid", self.client("who", code=1, token="anjie_wrong"))

    def test_a_follower_outlives_a_killed_server(self):
        total = len(self.positions(self.client("catch-up"))) + 3
        follower = subprocess.Popen([CLIENT, self.address, "follow", "0", str(total)], stdout=subprocess.PIPE, text=True,
                                    env={**ENVIRONMENT, "ANJIE_TOKEN": self.token})
        first = follower.stdout.readline()
        for how in (signal.SIGKILL, signal.SIGTERM, signal.SIGKILL):
            self.client("register", REGISTER)
            self.stop(how)
            self.serve(self.address)
        # Not `communicate`, which would pass over what `readline` has taken in beyond its line.
        heard = self.positions(first + follower.stdout.read())
        self.assertEqual(follower.wait(timeout=120), 0)
        follower.stdout.close()
        self.assertEqual(heard, list(range(1, total + 1)))

    def test_it_ends_cleanly_with_a_follower(self):
        follower = subprocess.Popen([CLIENT, self.address, "follow"], stdout=subprocess.PIPE, text=True,
                                    env={**ENVIRONMENT, "ANJIE_TOKEN": self.token})
        try:
            follower.stdout.readline()
            self.assertEqual(self.stop(), 0)
        finally:
            follower.terminate()
            follower.communicate(timeout=60)


if __name__ == "__main__":
    unittest.main()
