"""PostgreSQL by the program against a server of this test, which is killed in the middle; read back with psql."""
import json
import os
import pathlib
import pwd
import signal
import socket
import subprocess
import unittest

from sink_office import Controls, Office, random, run, until  # noqa: F401


def find_binaries():
    for folder in sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    raise AssertionError("PostgreSQL's server is not installed: ./dev test installs it")


class Server:
    """A server in a folder of its own, on a free port of 127.0.0.1. It does not run as root: then as user postgres."""

    def __init__(self, folder):
        self.binaries, self.folder, self.process = find_binaries(), folder / "pg", None
        self.as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
        self.folder.mkdir()
        if self.as_user:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        os.chmod(self.folder, 0o700)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.call("initdb", "-D", self.folder, "-U", "anjie", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
        self.start()

    def call(self, program, *words):
        subprocess.run([*self.as_user, self.binaries / program, *map(str, words)], check=True, cwd="/", stdout=subprocess.DEVNULL, timeout=120)

    def start(self):
        self.process = subprocess.Popen(
            [*self.as_user, self.binaries / "postgres", "-D", self.folder, "-p", str(self.port), "-c", "listen_addresses=127.0.0.1",
             "-c", "unix_socket_directories="], cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: self.query("SELECT 1", check=False) == "1", "the server answers")

    def kill(self):
        """All of it at once, as when the machine loses power but for the disk's cache."""
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False).stdout.split()
        self.process.send_signal(signal.SIGKILL)
        for child in children:
            try:
                os.kill(int(child), signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait(timeout=30)

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=60)

    def query(self, statement, check=True):
        done = subprocess.run(["psql", "-X", "-At", "-h", "127.0.0.1", "-p", str(self.port), "-U", "anjie", "-d", "postgres", "-c", statement],
                              capture_output=True, text=True, timeout=60, check=False)
        if check and done.returncode != 0:
            raise AssertionError(done.stderr)
        return done.stdout.strip()

    @property
    def connection(self):
        return f"host=127.0.0.1 port={self.port} user=anjie dbname=postgres"


class Postgresql(Office):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = Server(cls.top)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        super().tearDownClass()

    def setUp(self):
        super().setUp()
        self.server.query("DROP SCHEMA IF EXISTS anjie CASCADE")

    def centre(self, batch=500, **to):
        self.configure({"name": "centre", "kind": "postgresql", "batch": batch, "retry": {"first_s": 1, "longest_s": 1},
                        "to": {"connection": self.server.connection, **to}})

    def check_rows(self):
        rows = [json.loads(line) for line in self.server.query("SELECT row_to_json(e) FROM anjie.event e ORDER BY position").splitlines()]
        self.assertEqual([row["id"] for row in rows], [str(p) for p in range(1, self.head + 1)])
        newest = {}
        for row in rows:
            self.assertEqual(row["case_version"], newest.get(row["case_id"], 0) + 1)
            newest[row["case_id"]] = row["case_version"]
            self.assertTrue(row["type"].startswith("cn.gov.540629.dispute."))
            self.assertIsInstance(row["data"], dict)

    def test_every_event_is_a_row(self):
        self.centre()
        status = self.run_until_done()[0]
        self.assertEqual(status["state"], "up_to_date")
        self.assertEqual(status["destination"], "postgresql://127.0.0.1/postgres")
        self.check_rows()
        self.sink("resend", "centre", "--from", "1")
        self.run_until_done()
        self.check_rows()

    def test_the_sink_killed_again_and_again(self):
        self.centre(batch=3)
        self.assertGreater(self.kill_in_the_middle(random.Random(8), self.count, 6), 0)
        self.run_until_done()
        self.check_rows()

    def count(self):
        return int(self.server.query("SELECT count(*) FROM anjie.event", check=False) or 0)

    def test_the_server_killed_in_the_middle(self):
        self.centre(batch=1)
        process, in_the_middle = self.start_run(), 0
        try:
            for _ in range(3):
                before = self.count()
                until(lambda b=before: self.count() > b or process.poll() is not None, "some events arrive")
                self.server.kill()
                self.server.start()
                in_the_middle += 0 < self.count() < self.head
        finally:
            self.assertEqual(process.wait(timeout=90), 0)
        self.assertGreater(in_the_middle, 0)
        self.check_rows()

    def test_a_row_that_the_database_refuses_parks_its_case(self):
        self.centre()
        self.run_until_done()
        self.server.query("TRUNCATE anjie.event; ALTER TABLE anjie.event ADD CHECK (position <> 7)")
        self.sink("resend", "centre", "--from", "1")
        status = self.sink("run")[0]
        self.assertEqual((status["state"], status["parked"]), ("up_to_date", 1))
        self.assertEqual([(row["position"], row["reason"]) for row in self.sink("held", "centre")], [(7, "PostgreSQL refused: SQLSTATE 23514")])
        self.server.query("ALTER TABLE anjie.event DROP CONSTRAINT event_position_check")
        self.sink("retry", "centre")
        self.run_until_done()
        self.check_rows()

    def test_a_cursor_moved_by_somebody_else_is_noticed(self):
        self.centre(batch=5)
        self.run_until_done()
        self.server.query("UPDATE anjie.sink_cursor SET token = '1 1 - 0'")
        self.sink("resend", "centre", "--from", "1")
        self.run_until_done()
        self.check_rows()

    def test_no_password_in_the_configuration(self):
        self.centre(connection="host=127.0.0.1 password=secretword dbname=x")
        done = run("-C", self.data, "sink", "list", code=None)
        self.assertEqual(done.returncode, 2)
        self.assertIn("password_file", done.stderr)

    def test_a_server_that_is_away_is_said_so(self):
        self.centre(connection="host=127.0.0.1 port=1 dbname=x user=y")
        status = self.sink("run", code=6)[0]
        self.assertEqual(status["state"], "backing_off")
        self.assertIn("away", status["trouble"])


if __name__ == "__main__":
    unittest.main()
