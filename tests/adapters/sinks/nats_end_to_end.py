"""NATS JetStream by the program against a server of this test, killed and started again; read back over the wire."""
import base64
import json
import shutil
import unittest
import urllib.parse

from nats_server import Client, Server
from sink_office import Controls, Office, random, until  # noqa: F401


def messages(port, stream):
    """Everything in a stream, as events."""
    client, events = Client(port), []
    try:
        state = client.request(f"$JS.API.STREAM.INFO.{stream}", "").get("state", {"last_seq": 0})
        for sequence in range(1, state["last_seq"] + 1):
            message = client.request(f"$JS.API.STREAM.MSG.GET.{stream}", json.dumps({"seq": sequence}))["message"]
            headers = dict(line.split(": ", 1) for line in base64.b64decode(message["hdrs"]).decode("ascii").split("\r\n")[1:] if line)
            event = {name[3:]: urllib.parse.unquote(value, errors="strict") for name, value in headers.items() if name.startswith("ce-")}
            event["datacontenttype"] = headers["content-type"]
            event["data"] = json.loads(base64.b64decode(message["data"]))
            assert headers["Nats-Msg-Id"] == f"{event['source']}/{event['id']}"
            assert message["subject"] == "ce.540629." + event["type"].removeprefix("cn.gov.540629.").removesuffix(".v1")
            events.append(event)
    finally:
        client.close()
    return events


class Nats(Office):
    def setUp(self):
        super().setUp()
        self.server = Server(self.folder / "jetstream")

    def tearDown(self):
        self.server.kill()

    def stream(self, batch=500, **to):
        self.configure({"name": "bus", "kind": "nats", "batch": batch, "retry": {"first_s": 1, "longest_s": 1},
                        "to": {"servers": self.server.url, "stream": "DISPUTES", "subject": "ce.540629", "create_stream": True, **to}})

    def count(self):
        try:
            client = Client(self.server.port)
        except OSError:
            return 0
        try:
            return client.request("$JS.API.STREAM.INFO.DISPUTES", "").get("state", {"last_seq": 0})["last_seq"]
        finally:
            client.close()

    def test_every_event_is_in_the_stream(self):
        self.stream()
        self.assertEqual(self.run_until_done()[0]["state"], "up_to_date")
        self.check_complete(messages(self.server.port, "DISPUTES"), once=True)

    def test_the_server_killed_and_started_again_in_the_middle(self):
        self.stream(batch=5)
        in_the_middle = 0
        # A run is short: it may be over before the server dies, then the next office tries.
        for _ in range(6):
            process = self.start_run()
            try:
                before = self.count()
                until(lambda b=before: self.count() > b or process.poll() is not None, "some events arrive")
                self.server.kill()
                self.server.start()
                in_the_middle += 0 < self.count() < self.head
            finally:
                self.assertEqual(process.wait(timeout=90), 0)
            self.check_complete(messages(self.server.port, "DISPUTES"))
            if in_the_middle > 0:
                return
            self.server.kill()
            shutil.rmtree(self.server.folder)
            self.server.start()
            shutil.rmtree(self.data)
            shutil.copytree(self.original, self.data)
            self.stream(batch=5)
        self.fail("no server died in the middle of a run")

    def test_the_sink_killed_again_and_again_repeats_nothing_that_the_stream_holds(self):
        self.stream(batch=5)
        self.assertGreater(self.kill_in_the_middle(random.Random(4), self.count, 8), 0)
        self.run_until_done()
        self.check_complete(messages(self.server.port, "DISPUTES"), once=True)

    def test_after_the_duplicate_window_the_end_of_the_stream_is_read(self):
        """The window is set so short that it forgets between two runs; the second knows nothing of the first."""
        self.stream(batch=20)
        client = Client(self.server.port)
        made = client.request("$JS.API.STREAM.CREATE.DISPUTES", json.dumps(
            {"name": "DISPUTES", "subjects": ["ce.540629.>"], "storage": "file", "retention": "limits", "max_consumers": -1, "max_msgs": -1,
             "max_bytes": -1, "discard": "old", "max_age": 0, "num_replicas": 1, "duplicate_window": 100_000_000}))
        client.close()
        self.assertNotIn("error", made)
        before = self.folder / "before"
        shutil.copytree(self.data, before)
        self.run_until_done()
        shutil.rmtree(self.data)
        shutil.copytree(before, self.data)
        self.run_until_done()
        self.check_complete(messages(self.server.port, "DISPUTES"), once=True)

    def test_a_stream_that_is_not_there_is_trouble(self):
        self.stream(create_stream=False)
        status = self.sink("run", code=6)[0]
        self.assertEqual((status["state"], status["cursor"]), ("backing_off", 0))
        self.assertIn("NATS", status["trouble"])

    def test_a_message_larger_than_the_server_takes_parks_its_case(self):
        self.server.kill()
        configuration = self.folder / "small.conf"
        configuration.write_text("max_payload: 900\n", encoding="ascii")
        self.server = Server(self.folder / "jetstream-small", "-c", str(configuration))
        self.stream()
        status = self.run_until_done()[0]
        self.assertEqual(status["state"], "up_to_date")
        got = len(messages(self.server.port, "DISPUTES"))
        self.assertLess(got, self.head)
        for held in self.sink("held", "bus"):
            self.assertIn("larger", held["reason"])
        self.assertGreater(status["parked"], 0)


if __name__ == "__main__":
    unittest.main()
