#!/usr/bin/env python3
"""The server with clients and sinks, killed again and again: serve_kill_test.py ANJIE SOURCE_DIRECTORY RPC_CLIENT

Longer runs: ANJIE_SERVE_KILLS=200; another course of things: ANJIE_SERVE_SEED=7.
"""
import http.client
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
for folder in ("api", "sinks"):
    sys.path.insert(0, str(HERE.parent / "adapters" / folder))
import nats_end_to_end  # noqa: E402  # These take ANJIE and SOURCE_DIRECTORY from the command line.
import postgresql_end_to_end  # noqa: E402
import webhook_end_to_end  # noqa: E402
from office import ADMIN_PASSWORD, Client, Office, until  # noqa: E402
from sink_office import ANJIE, SOURCE  # noqa: E402

RPC_CLIENT = sys.argv.pop(1)
KILLS = int(os.environ.get("ANJIE_SERVE_KILLS", "20"))
SEED = int(os.environ.get("ANJIE_SERVE_SEED", "1"))
PATIENCE = 120  # Seconds that anything may take on a busy machine.
REGISTER = {"source": "application", "channel": "written", "type": "neighbour", "difficulty": "ordinary",
            "parties": [{"number": 1, "role": "applicant", "kind": "natural_person"},
                        {"number": 2, "role": "respondent", "kind": "natural_person"}]}
FIRST_AMOUNT = 7_000_000_000  # In fen; no case of the ledger is about so much.


def free_ports(count):
    """Ports that stay free while their server is down: below those that the system gives to connections."""
    lowest = int(pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    chance, found = random.Random(os.getpid()), []
    while len(found) < count:
        port = chance.randrange(10_000, lowest)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
    return found


class Order:
    """What a clerk wants once, however often it is sent: `marker` finds it in the log."""

    def __init__(self, clerk, number, case):
        self.case = case
        self.key = f"clerk-{clerk}/{number}"
        fen = FIRST_AMOUNT + clerk * 1_000_000 + number
        self.marker = self.key if case else f"{fen // 100}.{fen % 100:02}"

    @property
    def fields(self):
        return {"relation": "test", "reference": self.marker} if self.case else {**REGISTER, "amount": self.marker}

    @staticmethod
    def marker_of(event):
        """None: it is no clerk's."""
        if event["event"] == "case_linked":
            return event["data"]["reference"]
        if event["event"] == "case_registered" and float(event["data"]["amount"]) >= FIRST_AMOUNT / 100:
            return event["data"]["amount"]
        return None


class HttpWay:
    def __init__(self, office, token):
        self.client = Client(office, token=token)

    def send(self, order):
        """The receipt, or None when nobody knows what has become of it."""
        command = {} if not order.case else {"command": "link_case"}
        path = f"/v1/cases/{order.case}/commands" if order.case else "/v1/cases"
        headers = {"Idempotency-Key": f'"{order.key}"', **({"If-Match": "*"} if order.case else {})}
        try:
            answer = self.client.ask("POST", path, {**command, "fields": order.fields}, headers)
        except (OSError, http.client.HTTPException):
            return None
        if answer.status == 503 or (answer.status == 409 and answer.json["code"] == "idempotency-key-in-progress"):
            return None
        assert answer.status in (200, 201), (answer.status, answer.body)
        told = answer.json
        return told["case_id"], told["first_version"], told["last_version"], told["position"], told["repeated"]


class RpcWay:
    """The example program, a process for each order."""
    RECEIPT = re.compile(r"(\S+) \S+ versions (\d+) to (\d+), position (\d+)(, sent before)?")

    def __init__(self, address, token):
        self.address, self.environment = address, {"PATH": os.environ["PATH"], "ANJIE_TOKEN": token}

    def send(self, order):
        name = "link_case" if order.case else "register_case"
        words = ["submit", order.case] if order.case else ["register"]
        command = json.dumps({"command": name, **order.fields})
        done = subprocess.run([RPC_CLIENT, self.address, *words, command, *([] if order.case else [""]), order.key], env=self.environment,
                              capture_output=True, text=True, timeout=PATIENCE, check=False)
        if done.returncode != 0:
            assert done.stderr.startswith(("unavailable:", "connection_lost:", "in_progress:")), done.stderr
            return None
        case, first, last, position, repeated = self.RECEIPT.match(done.stdout).groups()
        return case, int(first), int(last), int(position), repeated is not None


class Clerk(threading.Thread):
    """Gives orders until told to stop. What is not answered is sent again with the same key, or given up."""

    def __init__(self, number, way):
        super().__init__(daemon=True)
        self.number, self.way, self.chance = number, way, random.Random(SEED * 1000 + number)
        self.acknowledged, self.given_up, self.again = {}, set(), 0
        self.done_unanswered = 0  # Carried out the first time, though the answer did not come.
        self.failure, self.told_to_stop = None, threading.Event()

    def run(self):
        try:
            cases, number = [], 0
            while not self.told_to_stop.is_set():
                number += 1
                order = Order(self.number, number, self.chance.choice(cases) if cases and self.chance.random() < 0.8 else None)
                receipt = self.until_answered(order)
                if receipt is None:
                    self.given_up.add(order.marker)
                    continue
                self.acknowledged[order.marker] = receipt[:4]
                self.done_unanswered += receipt[4]
                if not order.case:
                    cases.append(receipt[0])
                if self.chance.random() < 0.1:
                    once_more = self.way.send(order)
                    assert once_more is None or once_more == (*receipt[:4], True), (once_more, receipt)
        except BaseException as failure:  # pylint: disable=broad-except  # Told by the main thread.
            self.failure = failure

    def until_answered(self, order):
        end = time.monotonic() + PATIENCE
        gives_up = self.chance.random() < 0.3
        while (receipt := self.way.send(order)) is None:
            if gives_up:
                return None
            self.again += 1
            assert time.monotonic() < end, "no answer comes"
            time.sleep(0.005)
        return receipt


def log_faults(log, acknowledged, given_up):
    """Every acknowledged order once and where its receipt says, none twice, none that nobody gave."""
    faults = [f"position {event['position']} follows {place}" for place, event in enumerate(log) if event["position"] != place + 1]
    newest, places = {}, {}
    for event in log:
        if event["version"] != newest.get(event["case_id"], 0) + 1:
            faults.append(f"version {event['version']} of {event['case_id']} follows {newest.get(event['case_id'], 0)}")
        newest[event["case_id"]] = event["version"]
        marker = Order.marker_of(event)
        if marker is not None:
            places.setdefault(marker, []).append(event)
    for marker, (case, first, last, position) in acknowledged.items():
        found = [(event["case_id"], event["version"], event["position"]) for event in places.get(marker, [])]
        if found != [(case, first, position)] or first != last:
            faults.append(f"{marker} was acknowledged as {case} {first} to {last} at {position}; in the log: {found}")
    for marker, events in places.items():
        if len(events) > 1:
            faults.append(f"{marker} is there {len(events)} times")
        if marker not in acknowledged and marker not in given_up:
            faults.append(f"nobody gave {marker}")
    return faults


def sink_faults(log, received, once):
    """Without repetitions exactly the events of the log, each case's in order. `once`: there are no repetitions either."""
    faults, seen, newest = [], {}, {}
    for event in received:
        if event["id"] in seen:
            if once:
                faults.append(f"{event['id']} came twice")
            if event != seen[event["id"]]:
                faults.append(f"{event['id']} came with two contents")
            continue
        seen[event["id"]] = event
        version = int(event["caseversion"])
        if version != newest.get(event["subject"], 0) + 1:
            faults.append(f"{event['subject']}: version {version} came after {newest.get(event['subject'], 0)}")
        newest[event["subject"]] = version
    for event in log:
        got = seen.pop(str(event["position"]), None)
        if got is None:
            faults.append(f"{event['position']} did not come")
        elif (got["subject"], int(got["caseversion"])) != (event["case_id"], event["version"]) or f".{event['event']}.v" not in got["type"]:
            faults.append(f"{event['position']} came as another event")
    return faults + [f"{identity} is not in the log" for identity in seen]


class FilesSide:
    """Each sink's other side: what to configure, and what has come."""
    once = True

    def __init__(self, folder):
        self.out = folder / "out"
        self.out.mkdir()
        self.settings = {"name": "daily", "kind": "files", "batch": 5, "to": {"folder": str(self.out)}}

    def count(self):
        return sum(file.read_bytes().count(b"\n") for file in self.out.glob("*.ndjson"))

    def received(self):
        return [json.loads(line) for file in sorted(self.out.glob("*.ndjson")) for line in file.read_text(encoding="utf-8").splitlines()]

    def close(self):
        pass


class WebhookSide:
    once = False

    def __init__(self, folder):
        self.receiver = webhook_end_to_end.Receiver()
        chance = random.Random(SEED)
        self.receiver.judge = lambda request: 500 if chance.random() < 0.02 else 204
        secret = folder / "office" / "hook-secret"
        secret.write_text(f"whsec_{webhook_end_to_end.SECRET}\n", encoding="ascii")
        secret.chmod(0o600)
        self.settings = {"name": "hook", "kind": "webhook", "batch": 20, "retry": {"first_s": 1, "longest_s": 1},
                         "to": {"url": self.receiver.url, "mode": "batched", "secret_file": "hook-secret", "allow_private": ["127.0.0.1"],
                                "timeout_s": 20}}

    def received(self):
        return self.receiver.events()

    def close(self):
        self.receiver.close()


class PostgresqlSide:
    once = True

    def __init__(self, folder):
        self.server = postgresql_end_to_end.Server(folder)
        self.settings = {"name": "centre", "kind": "postgresql", "batch": 20, "retry": {"first_s": 1, "longest_s": 1},
                         "to": {"connection": self.server.connection}}

    def received(self):
        rows = self.server.query("SELECT json_build_object('id', id, 'subject', case_id, 'caseversion', case_version, 'type', type)"
                                 " FROM anjie.event ORDER BY position", check=False)
        return [json.loads(row) for row in rows.splitlines()]

    def close(self):
        self.server.stop()


class NatsSide:
    once = True

    def __init__(self, folder):
        self.server = nats_end_to_end.Server(folder / "jetstream")
        self.settings = {"name": "bus", "kind": "nats", "batch": 20, "retry": {"first_s": 1, "longest_s": 1},
                         "to": {"servers": self.server.url, "stream": "DISPUTES", "subject": "ce.540629", "create_stream": True}}

    def received(self):
        return nats_end_to_end.messages(self.server.port, "DISPUTES")

    def close(self):
        self.server.kill()


def other_sides(folder):
    sides = [FilesSide(folder), WebhookSide(folder)]
    if any(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        sides.append(PostgresqlSide(folder))
    if shutil.which("nats-server", path=os.environ["PATH"] + ":/usr/sbin:/usr/local/bin"):
        sides.append(NatsSide(folder))
    return sides


class KilledServer(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        # Where the database's own user may enter.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="anjie-killed-"))
        self.folder.chmod(0o755)
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.office = Office(ANJIE, SOURCE, people={})
        self.addCleanup(self.office.close)
        shutil.move(self.office.data, self.folder / "office")
        self.office.data = self.folder / "office"
        self.sides = other_sides(self.folder)
        for side in self.sides:
            self.addCleanup(side.close)
        (self.office.data / "sinks.json").write_text(json.dumps({"type_prefix": "cn.gov.540629", "sinks": [side.settings for side in self.sides]}))
        self.token = self.office.token("register_case", "work_on_case", "read_feed", "read_case", organisation="CN")
        self.office.port, self.rpc = free_ports(2)
        self.clerks = []
        self.addCleanup(self.dismiss)

    def serve(self):
        self.office.serve("--rpc", f"127.0.0.1:{self.rpc}")

    def dismiss(self):
        for clerk in self.clerks:
            clerk.told_to_stop.set()
        for clerk in self.clerks:
            clerk.join(timeout=2 * PATIENCE)
        for clerk in self.clerks:
            if (failure := clerk.failure):
                clerk.failure = None
                raise failure
            self.assertFalse(clerk.is_alive(), "a clerk does not stop")

    def acknowledged(self):
        return sum(len(clerk.acknowledged) for clerk in self.clerks)

    def log(self):
        client, events = Client(self.office, token=self.token), []
        while True:
            page = client.get(f"/v1/events?limit=1000&after={len(events)}").json
            events += page["events"]
            if len(events) >= page["head"]:
                return events

    def kill_again_and_again(self, chance):
        """Answers how often a sink had more to bring when the server died."""
        behind = 0
        for _ in range(KILLS):
            target = self.acknowledged() + chance.randrange(1, 60)
            until(lambda t=target: self.acknowledged() >= t or any(clerk.failure for clerk in self.clerks), "nothing is acknowledged", PATIENCE)
            time.sleep(chance.random() * 0.02)
            self.office.stop(signal.SIGKILL)
            behind += self.sides[0].count() < self.ledger + self.acknowledged()
            self.serve()
        return behind

    def await_sinks(self):
        admin = self.office.login("admin", ADMIN_PASSWORD)

        def done():
            told = admin.get("/v1/sinks").json
            return all((one["state"], one["behind"], one["waiting"], one["parked"], one["dropped"]) == ("up_to_date", 0, 0, 0, 0)
                       for one in told["sinks"]) and len(told["sinks"]) == len(self.sides)
        until(done, "the sinks do not come to the end", PATIENCE)

    def log_and_received(self):
        """Of one moment: alarms of the ledger's cases become events for a while after the last start."""
        for _ in range(100):
            self.await_sinks()
            log = self.log()
            received = {side.settings["name"]: side.received() for side in self.sides}
            if len(self.log()) == len(log):
                return log, received
        raise AssertionError("the log does not stand still")

    def test_what_was_acknowledged_is_there_once_and_every_sink_has_it(self):
        self.serve()
        self.ledger = len(self.log())
        self.clerks = [Clerk(number, HttpWay(self.office, self.token)) for number in range(1, 4)]
        self.clerks += [Clerk(number, RpcWay(f"127.0.0.1:{self.rpc}", self.token)) for number in range(4, 6)]
        for clerk in self.clerks:
            clerk.start()
        behind = self.kill_again_and_again(random.Random(SEED))
        self.dismiss()
        acknowledged = {marker: receipt for clerk in self.clerks for marker, receipt in clerk.acknowledged.items()}
        given_up = set().union(*(clerk.given_up for clerk in self.clerks))
        log, received = self.log_and_received()
        self.assertEqual(log_faults(log, acknowledged, given_up), [])
        for side in self.sides:
            self.assertEqual(sink_faults(log, received[side.settings["name"]], side.once), [], side.settings["name"])
        self.assertEqual(self.office.stop(), 0)
        self.assertIn("0 findings", self.office.run("verify").stdout)
        # It was not a quiet time.
        self.assertGreater(behind, 0)
        self.assertGreater(sum(clerk.again for clerk in self.clerks), KILLS)
        for clerk in self.clerks:
            self.assertGreater(len(clerk.acknowledged), 0)
        self.check_controls(log, acknowledged, given_up, received)
        repeated = {name: len(events) - len({event["id"] for event in events}) for name, events in received.items()}
        print(f"{KILLS} kills, {len(log)} events, {len(acknowledged)} acknowledged, {len(given_up)} given up, "
              f"{sum(clerk.again for clerk in self.clerks)} sent again, "
              f"{sum(clerk.done_unanswered for clerk in self.clerks)} of them done before, repetitions {repeated}", file=sys.stderr)

    def check_controls(self, log, acknowledged, given_up, received):
        """The checks find what they are for, wherever it is."""
        chance = random.Random(SEED)
        for name, events in received.items():
            # The place of an event that did not come again.
            ids = [event["id"] for event in events]
            i = chance.choice([place for place, identity in enumerate(ids) if ids.count(identity) == 1])
            self.assertNotEqual(sink_faults(log, events[:i] + events[i + 1:], False), [], f"{name}: event {i} is missing")
            self.assertNotEqual(sink_faults(log, events[:i + 1] + events[i:], True), [], f"{name}: event {i} came twice")
            later = next(place for place in range(len(events) - 1, 0, -1)
                         if any(other["subject"] == events[place]["subject"] for other in events[:place]))
            first = next(place for place in range(later) if events[place]["subject"] == events[later]["subject"])
            turned = list(events)
            turned[first], turned[later] = turned[later], turned[first]
            self.assertNotEqual(sink_faults(log, turned, False), [], f"{name}: {first} and {later} are exchanged")
        places = [place for place, event in enumerate(log) if Order.marker_of(event) in acknowledged]
        i = chance.choice(places)
        for altered in (log[:i] + log[i + 1:], log[:i + 1] + log[i:]):
            # Numbered anew, as if it had always been so.
            altered = [{**event, "position": place + 1} for place, event in enumerate(altered)]
            self.assertNotEqual(log_faults(altered, acknowledged, given_up), [])
        self.assertNotEqual(log_faults(log, {**acknowledged, "nobody/1": ("x", 1, 1, 1)}, given_up), [])
        one = Order.marker_of(log[i])
        self.assertNotEqual(log_faults(log, {marker: receipt for marker, receipt in acknowledged.items() if marker != one}, given_up), [])


if __name__ == "__main__":
    unittest.main(verbosity=1)
