"""The stream of the NATS sink, read by a client that shares no code with the one that wrote it."""
import unittest

import peers
from nats_server import Server
from sink_office import Office


class AnotherClient(Office):
    def setUp(self):
        super().setUp()
        self.server = Server(self.folder / "jetstream")

    def tearDown(self):
        self.server.kill()

    def test_it_reads_every_event_once_and_the_server_knows_a_repetition(self):
        self.configure({"name": "bus", "kind": "nats", "to": {"servers": self.server.url, "stream": "DISPUTES", "subject": "ce.540629",
                                                              "create_stream": True}})
        self.assertEqual(self.run_until_done()[0]["state"], "up_to_date")
        told = peers.ask("nats.mjs", self.server.url, "DISPUTES", self.head)
        self.assertEqual((told["messages"], told["subjects"]), (self.head, ["ce.540629.>"]))
        events = []
        for event in told["events"]:
            self.assertEqual(event.pop("subject_of_message"), "ce.540629." + event["type"].removeprefix("cn.gov.540629.").removesuffix(".v1"))
            self.assertEqual(event.pop("message_id"), f"{event['source']}/{event['id']}")
            events.append(event)
        self.check_complete(events, once=True)
        self.assertEqual((told["repeated"], told["fresh"]), (True, False))


if __name__ == "__main__":
    unittest.main()
