#!/usr/bin/env python3
"""The live feed: every event once and in order, whatever dies: feed_test.py ANJIE SOURCE_DIRECTORY"""
import json
import signal
import socket
import sys
import threading
import unittest

from office import Client, Office, until

ANJIE, SOURCE = sys.argv.pop(1), sys.argv.pop(1)


class Feed:
    """A subscriber as a browser is one: remembers the last id and goes on from it."""

    def __init__(self, office, token, query="", last=None, small_buffer=False):
        self.office, self.token, self.query = office, token, query
        self.last, self.events, self.end = last, [], None
        self.connected, self.stopped, self.small = threading.Event(), False, small_buffer
        self.socket = None
        self.thread = threading.Thread(target=self._run, daemon=True)

    def start(self):
        self.thread.start()
        return self

    def _run(self):
        self.socket = socket.socket()
        if self.small:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        try:
            self.socket.connect(("127.0.0.1", self.office.port))
            head = f"GET /v1/feed{self.query} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.token}\r\n"
            if self.last is not None:
                head += f"Last-Event-ID: {self.last}\r\n"
            self.socket.sendall((head + "\r\n").encode())
            self._read(self.socket.makefile("rb"))
        except OSError:
            pass

    def _read(self, stream):
        status = stream.readline()
        headers = {}
        while (line := stream.readline().strip()):
            name, value = line.decode().split(":", 1)
            headers[name.lower()] = value.strip()
        self.status, self.headers = int(status.split()[1]), headers
        fields = {}
        for line in self._lines(stream):
            if line == "":
                if "id" in fields:
                    self.last = int(fields["id"])
                    self.connected.set()
                if fields.get("event") == "end":
                    self.end = json.loads(fields["data"])["reason"]
                elif "data" in fields:
                    self.events.append((int(fields["id"]), fields["event"], json.loads(fields["data"])))
                fields = {}
            elif not line.startswith(":"):
                name, value = line.split(": ", 1)
                fields[name] = value

    @staticmethod
    def _lines(stream):
        rest = b""
        while True:
            size = stream.readline().strip()
            if not size:
                return
            length = int(size.split(b";")[0], 16)
            if length == 0:
                return
            chunk = b""
            while len(chunk) < length:
                piece = stream.read(length - len(chunk))
                if not piece:
                    return
                chunk += piece
            stream.readline()
            rest += chunk
            while b"\n" in rest:
                line, rest = rest.split(b"\n", 1)
                yield line.decode()

    def cut(self):
        """As when the network goes away."""
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.thread.join(timeout=10)


class _After:
    """A stream of which something was read already."""

    def __init__(self, beginning, stream):
        self.beginning, self.stream = beginning, stream

    def readline(self):
        line, self.beginning = self.beginning + self.stream.readline(), b""
        return line

    def read(self, size):
        return self.stream.read(size)


class TheFeed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office(ANJIE, SOURCE, people={"head": ("head", "540629-102", "restricted")})
        cls.office.serve()
        cls.head = cls.office.login("head")
        cls.token = cls.office.token("read_feed", organisation="CN")

    @classmethod
    def tearDownClass(cls):
        cls.office.close()

    def position(self):
        return Client(self.office, token=self.token).get("/v1/events?limit=1").json["head"]

    def register(self, count=1):
        made = [self.head.register().json for _ in range(count)]
        return made[-1]["position"]

    def test_every_event_from_the_beginning_once_in_order_and_then_those_that_come(self):
        feed = Feed(self.office, self.token, "?after=0").start()
        last = self.register(3)
        until(lambda: feed.events and feed.events[-1][0] >= last, "the feed does not come to the end")
        self.assertEqual(feed.status, 200)
        self.assertEqual(feed.headers["content-type"].split(";")[0], "text/event-stream")
        positions = [one[0] for one in feed.events]
        self.assertEqual(positions, list(range(1, positions[-1] + 1)))
        for _, name, event in feed.events:
            self.office.document.validate({"$ref": "#/components/schemas/FeedEvent"}, event)
            self.assertEqual(name, event["event"])
        self.assertNotIn("南木加措", json.dumps(feed.events, ensure_ascii=False))
        feed.cut()

    def test_without_a_position_it_begins_at_the_end(self):
        before = self.position()
        feed = Feed(self.office, self.token).start()
        self.assertTrue(feed.connected.wait(10))
        last = self.register()
        until(lambda: feed.events and feed.events[-1][0] >= last, "nothing came")
        self.assertGreater(feed.events[0][0], before)
        feed.cut()

    def test_filters_leave_out_what_is_not_asked_for(self):
        kinds = Feed(self.office, self.token, "?after=0&type=case_registered,case_closed").start()
        area = Feed(self.office, self.token, "?after=0&organisation=540629").start()
        elsewhere = Feed(self.office, self.token, "?after=0&organisation=11").start()
        last = self.register()
        until(lambda: kinds.events and kinds.events[-1][0] >= last, "nothing came")
        until(lambda: area.events and area.events[-1][0] >= last, "nothing came")
        self.assertEqual({one[1] for one in kinds.events}, {"case_registered", "case_closed"})
        self.assertEqual(elsewhere.events, [])
        for feed in (kinds, area, elsewhere):
            feed.cut()

    def test_after_every_cut_it_goes_on_without_loss_or_double(self):
        start = self.position()
        seen, last = [], start
        done = threading.Event()
        def write():
            client = Client(self.office, cookie=self.head.cookie)
            for _ in range(150):
                client.register()
            done.set()
        writer = threading.Thread(target=write)
        writer.start()
        while not done.is_set() or last < self.position():
            feed = Feed(self.office, self.token, last=last).start()
            feed.connected.wait(10)
            until(lambda: len(feed.events) >= 7 or (done.is_set() and feed.last >= self.position()) or not feed.thread.is_alive(), "it stands still")
            feed.cut()
            seen += [one[0] for one in feed.events]
            last = feed.last
        writer.join()
        self.assertEqual(seen, list(range(start + 1, self.position() + 1)))

    def test_a_killed_server_loses_nothing_that_was_acknowledged(self):
        start = self.position()
        seen, last, acknowledged = [], start, []
        for _ in range(3):
            feed = Feed(self.office, self.token, last=last).start()
            feed.connected.wait(10)
            stop = threading.Event()
            def write():
                client = Client(self.office, cookie=self.head.cookie)
                while not stop.is_set():
                    try:
                        answer = client.register()
                    except Exception:  # The server is being killed.
                        return
                    if answer.status == 201:
                        acknowledged.append(answer.json["position"])
            writer = threading.Thread(target=write)
            count = len(acknowledged)
            writer.start()
            until(lambda: len(acknowledged) > count + 10, "nothing is acknowledged")
            self.office.stop(signal.SIGKILL)
            stop.set()
            writer.join(timeout=30)
            feed.cut()
            seen += [one[0] for one in feed.events]
            last = feed.last
            self.office.serve()
            self.head.connection = None
        feed = Feed(self.office, self.token, last=last).start()
        end = self.position()
        until(lambda: (feed.last or 0) >= end, "it does not come to the end")
        feed.cut()
        seen += [one[0] for one in feed.events]
        self.assertEqual(seen, list(range(start + 1, end + 1)))
        self.assertLessEqual(set(acknowledged), set(seen))

    def test_a_position_that_the_log_does_not_have_is_told(self):
        client = Client(self.office, token=self.token)
        ahead = client.get("/v1/feed?after=99999999")
        self.assertEqual((ahead.status, ahead.json["code"]), (409, "position-ahead"))
        self.assertEqual(ahead.json["head"], self.position())
        self.assertEqual(client.get("/v1/feed", headers={"Last-Event-ID": "x"}).status, 400)
        self.assertEqual(self.head.get("/v1/feed").status, 403)

    def test_rights_that_are_gone_end_the_feed(self):
        issued = self.office.issue("read_feed", organisation="540629", name="short")
        feed = Feed(self.office, issued["secret"]).start()
        self.assertTrue(feed.connected.wait(10))
        self.office.people("revoke", issued["id"])
        until(lambda: feed.end, "the feed goes on")
        self.assertEqual(feed.end, "rights")

    def test_a_clean_stop_tells_the_subscriber_and_the_next_start_goes_on(self):
        feed = Feed(self.office, self.token).start()
        self.assertTrue(feed.connected.wait(10))
        self.register(2)
        self.office.stop()
        feed.thread.join(timeout=20)
        self.assertEqual(feed.end, "shutdown")
        self.office.serve()
        self.head.connection = None
        last = self.register()
        again = Feed(self.office, self.token, last=feed.last).start()
        until(lambda: again.events and again.events[-1][0] >= last, "nothing came")
        self.assertEqual(again.events[0][0], feed.last + 1)
        again.cut()


class SlowReader(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        plenty = {"per_minute": 6_000_000, "burst": 1_000_000}
        cls.office = Office(ANJIE, SOURCE, ledger=False, people={}, settings={"rates": {"machine": plenty, "address": plenty}})
        cls.office.serve()
        cls.token = cls.office.token("read_feed", organisation="CN")
        cls.operator = cls.office.token("operate", organisation="CN", name="operator")

    @classmethod
    def tearDownClass(cls):
        cls.office.close()

    def register_many(self, count, connections=16):
        """So many registrations, as fast as it goes: each connection has one under way. Answers the last position."""
        body = json.dumps({"fields": {"source": "application", "channel": "written", "type": "neighbour", "difficulty": "ordinary",
                                      "parties": [{"number": 1, "role": "applicant", "kind": "natural_person"},
                                                  {"number": 2, "role": "respondent", "kind": "natural_person"}]}})
        token = self.office.token("register_case", organisation="CN", name="many")
        lines = [self.office.connect() for _ in range(connections)]
        last, sent = 0, 0
        while sent < count:
            for line in lines:
                line.request("POST", "/v1/cases", body, {"Authorization": f"Bearer {token}", "Content-Type": "application/json",
                                                         "Idempotency-Key": f"many-{sent}"})
                sent += 1
            for line in lines:
                answer = line.getresponse()
                told = json.loads(answer.read())
                self.assertEqual(answer.status, 201, told)
                last = max(last, told["position"])
        for line in lines:
            line.close()
        return last

    def test_who_does_not_read_is_dropped_with_the_reason_and_goes_on_without_loss(self):
        start = Client(self.office, token=self.token).get("/v1/events?limit=1").json["head"]
        beside = Feed(self.office, self.token, f"?after={start}").start()
        self.assertTrue(beside.connected.wait(10))
        slow = socket.socket()
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.settimeout(120)
        slow.connect(("127.0.0.1", self.office.port))
        slow.sendall(f"GET /v1/feed?after={start} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.token}\r\n\r\n".encode())
        beginning = slow.recv(12)
        self.assertEqual(beginning, b"HTTP/1.1 200")

        def dropped():
            return Client(self.office, token=self.operator).get("/v1/projections").json["feed_subscribers"] == 1
        end = start
        for _ in range(20):
            end = self.register_many(2000)
            if dropped():
                break
        until(dropped, "whoever does not read is kept")
        # Whoever reads is told everything meanwhile.
        until(lambda: beside.last >= end, "the one who reads is held up")
        self.assertEqual([one[0] for one in beside.events], list(range(start + 1, end + 1)))
        beside.cut()
        # What was under way comes, then the reason.
        reader = Feed(self.office, self.token)
        reader._read(_After(beginning, slow.makefile("rb")))
        slow.close()
        self.assertEqual(reader.end, "slow")
        seen = [one[0] for one in reader.events]
        self.assertEqual(seen, list(range(start + 1, reader.last + 1)))
        self.assertLess(reader.last, end)
        again = Feed(self.office, self.token, last=reader.last).start()
        until(lambda: again.last is not None and again.last >= end, "it does not come to the end")
        again.cut()
        self.assertEqual(seen + [one[0] for one in again.events], list(range(start + 1, end + 1)))


class Screenings(unittest.TestCase):
    def test_what_a_screening_found_is_in_the_feed_with_its_data(self):
        office = Office(ANJIE, SOURCE, ledger=False, people={})
        try:
            number = "尼阿排〔2024〕1号"
            office.run("screening", "do", "-", "open_campaign", "--number", number, "--theme", "施工领域劳资纠纷", "--area", "540629", "--from",
                       "2024-05-01", "--to", "2024-05-31", "--organiser", "540629-102", "--kind", "special", "--at", "2024-05-01")
            office.run("screening", "do", number, "report_round", "--round", "1", "--unit", "540629-102", "--on", "2024-05-10", "--nil_report",
                       "--at", "2024-05-10")
            token = office.token("read_feed", organisation="CN")
            office.serve()
            events = Client(office, token=token).get("/v1/events").json["events"]
            self.assertEqual([(one["workflow"], one["event"], one["case"]) for one in events],
                             [("screening", "campaign_opened", number), ("screening", "round_reported", number)])
            self.assertEqual(events[1]["data"]["unit"], "540629-102")
            self.assertIs(events[1]["data"]["nil_report"], True)
            only = Client(office, token=token).get("/v1/events?type=round_reported").json["events"]
            self.assertEqual(only, events[1:])
        finally:
            office.close()


if __name__ == "__main__":
    unittest.main()
