"""Deliveries of the webhook sink, judged by the packages that a receiver would use: cloudevents and standardwebhooks."""
import base64
import os
import unittest

import peers
from sink_office import Office
from webhook_receiver import OLD_SECRET, SECRET, Receiver

STRANGER = base64.b64encode(bytes(range(2, 34))).decode()


class TheReceiversPackages(Office):
    def setUp(self):
        super().setUp()
        self.receiver = Receiver()
        for name, secret in (("new", SECRET), ("old", OLD_SECRET)):
            file = self.data / name
            file.write_text(f"whsec_{secret}\n", encoding="ascii")
            os.chmod(file, 0o600)

    def tearDown(self):
        self.receiver.close()

    def judged(self, old=None, **to):
        self.configure({"name": "hook", "kind": "webhook", "batch": 50,
                        "to": {"url": self.receiver.url, "secret_file": "new", "allow_private": ["127.0.0.1"], **to}})
        self.assertEqual(self.run_until_done()[0]["state"], "up_to_date")
        requests = [{"headers": request["headers"], "body": request["body"].decode("utf-8")} for request in self.receiver.accepted]
        verdict = peers.ask("webhook.mjs", given={"secret": f"whsec_{SECRET}", "old": old and f"whsec_{old}", "wrong": f"whsec_{STRANGER}",
                                                  "requests": requests})
        self.assertEqual(len(verdict["refusals"]), 12)
        for what, times in verdict["refusals"].items():
            self.assertEqual(times, len(requests), what)
        self.assertEqual(len(verdict["seen"]), self.head)
        # The parser writes moments its own way (UTC, milliseconds); all else is what the sink said.
        sent = self.receiver.events()
        for theirs, ours in zip(verdict["seen"], sent):
            self.assertEqual({name: value for name, value in theirs.items() if name != "time"},
                             {name: value for name, value in ours.items() if name != "time"})
        self.check_complete(verdict["seen"], once=True)
        return verdict, requests

    def test_structured_while_a_secret_is_replaced(self):
        verdict, requests = self.judged(mode="structured", previous_secret_file="old", old=OLD_SECRET)
        self.assertEqual((len(requests), verdict["both"]), (self.head, self.head))

    def test_batched(self):
        verdict, requests = self.judged(mode="batched")
        self.assertLess(len(requests), self.head // 10)
        self.assertEqual(verdict["both"], 0)


if __name__ == "__main__":
    unittest.main()
