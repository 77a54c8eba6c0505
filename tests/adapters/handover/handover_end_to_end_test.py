#!/usr/bin/env python3
"""Cases between two offices that serve over HTTP and are killed: handover_end_to_end_test.py ANJIE SOURCE_DIRECTORY"""
import http.client
import json
import os
import pathlib
import random
import signal
import socket
import sys
import threading
import time
import unittest

ANJIE = sys.argv.pop(1)
SOURCE = pathlib.Path(sys.argv.pop(1))
sys.path.insert(0, str(SOURCE / "tests" / "adapters" / "api"))
from office import Client, Office, until  # noqa: E402

VILLAGE, TOWN = "540629-101", "540629-102"
PATIENCE = 120  # Seconds that anything may take on a busy machine.
SEALED = [{"subject": 1, "field": "name", "text": "南木加措"}, {"subject": 1, "field": "identity_number", "text": "542400199001010000"},
          {"subject": 0, "field": "summary", "text": "两家为界桩争执"}]
OFFER = {"target": "higher_committee", "kind": "transfer", "reason": "beyond_means", "papers": ["application"]}
ANSWERS = {"handover_accepted", "handover_returned", "handover_withdrawn", "handover_lapsed"}


def free_port(chance):
    """One that stays free while its server is down: below those that the system gives to connections."""
    lowest = int(pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    for _ in range(100):
        port = chance.randrange(10_000, lowest)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no port is free")


class Side:
    """One of the two: an office, who works there, and its log as far as it was read."""

    def __init__(self, organisation, prefix, port):
        self.organisation = organisation
        self.office = Office(ANJIE, SOURCE, ledger=False, people={"head": ("head", organisation, "restricted")},
                             organisation=organisation, prefix=prefix)
        self.office.port = port
        self.starting = threading.Lock()
        self.events, self.reading = [], threading.Lock()
        self.kills = 0

    @property
    def data(self):
        return self.office.data

    def knows(self, other, fields):
        """The line to the other side; both tokens are agreed on by other means."""
        (self.data / "peers.json").write_text(json.dumps({"peers": [
            {"organisation": other.organisation, "kind": "committee", "url": f"http://127.0.0.1:{other.office.port}/v1/handover/messages",
             "token_file": f"to-{other.organisation}", "their_token_file": f"of-{other.organisation}", "fields": fields}]}))
        for name, word in ((f"to-{other.organisation}", self.organisation), (f"of-{other.organisation}", other.organisation)):
            file = self.data / name
            file.write_text(f"token-of-{word}\n")
            file.chmod(0o600)

    def start(self):
        self.office.serve()
        self.cookie = self.office.login("head").cookie
        self.token = self.office.token("read_feed", "list_cases", "read_case", organisation="CN")

    def kill(self, pause=0.0):
        with self.starting:
            self.office.stop(signal.SIGKILL)
            self.kills += 1
            time.sleep(pause)
            self.office.serve()

    def worker(self):
        return Worker(self)

    def follow(self):
        """The log up to now."""
        with self.reading:
            worker = Worker(self)
            while True:
                page = worker.must("GET", f"/v1/events?limit=1000&after={len(self.events)}")
                self.events += page["events"]
                if len(self.events) >= page["head"]:
                    break
            assert [event["position"] for event in self.events] == list(range(1, len(self.events) + 1))
        return self.events

    def came_by(self, handover):
        found = [event["case_id"] for event in self.follow() if event["event"] == "handover_received" and event["data"]["handover"] == handover]
        assert len(found) <= 1, f"{handover} came {len(found)} times"
        return found[0] if found else None

    def has(self, case, *names):
        return any(event["case_id"] == case and event["event"] in names for event in self.follow())


class Worker:
    """Somebody at one side, who asks again when no answer comes, with the same key."""

    def __init__(self, side):
        self.side = side
        self.client = Client(side.office, cookie=side.cookie)
        self.reader = Client(side.office, token=side.token)

    def ask(self, method, path, body=None, headers=None, client=None):
        end = time.monotonic() + PATIENCE
        while True:
            try:
                answer = (client or self.client).ask(method, path, body, headers)
            except (OSError, http.client.HTTPException):
                answer = None  # It is being killed; nobody knows what has become of the order.
            if answer is not None and answer.status != 503 and not (answer.status == 409 and answer.json["code"] == "idempotency-key-in-progress"):
                return answer
            if time.monotonic() > end:
                raise AssertionError(f"{method} {path}: no answer")
            time.sleep(0.01)

    def must(self, method, path):
        answer = self.ask(method, path, client=self.reader)
        assert answer.status == 200, (path, answer.status, answer.body)
        return answer.json

    def register(self, key):
        body = {"fields": {"source": "application", "channel": "written", "type": "neighbour", "difficulty": "ordinary",
                           "parties": [{"number": 1, "role": "applicant", "kind": "natural_person"},
                                       {"number": 2, "role": "respondent", "kind": "natural_person"}]}, "sealed": SEALED}
        answer = self.ask("POST", "/v1/cases", body, {"Idempotency-Key": key})
        assert answer.status == 201, answer.body
        return answer.json["case_id"]

    def order(self, case, command, fields=None, may_be_refused=False):
        """The key follows from the order, so that sending it again is the same order."""
        body = {"command": command, **({} if fields is None else {"fields": fields})}
        key = "-".join([case, command, *(str(value) for value in (fields or {}).values() if isinstance(value, int))])
        answer = self.ask("POST", f"/v1/cases/{case}/commands", body, {"If-Match": "*", "Idempotency-Key": key})
        if may_be_refused and answer.status == 409 and answer.json["code"] == "rejected-by-rule":
            return False
        assert answer.status == 200, (command, answer.status, answer.body)
        return True

    def case(self, case, at=None):
        answer = self.ask("GET", f"/v1/cases/{case}" + (f"?at={at}" if at else ""))
        assert answer.status == 200, answer.body
        return answer.json


def faults_of(sides):
    """What is lost or doubled, or held by two or nobody, in the logs of both sides; a sentence each."""
    faults = []
    logs = {side.organisation: side.events for side in sides}
    offers = {}
    for organisation, events in logs.items():
        for event in events:
            if event["event"] == "handover_offered":
                offers.setdefault(event["data"]["handover"], []).append((organisation, event))
    received = [event["data"]["handover"] for events in logs.values() for event in events if event["event"] == "handover_received"]
    faults += [f"{handover} was received and never offered" for handover in received if handover not in offers]
    for handover, made in offers.items():
        if len(made) != 1:
            faults.append(f"{handover} was offered {len(made)} times")
        sender, offer = made[0]
        receiver = offer["data"]["to"]
        said = {organisation: [event for event in logs[organisation] if event["data"] and event["data"].get("handover") == handover]
                for organisation in (sender, receiver)}
        names = {organisation: [event["event"] for event in events] for organisation, events in said.items()}
        for organisation in names:
            faults += [f"{handover}: {name} twice at {organisation}" for name in set(names[organisation])
                       if names[organisation].count(name) > 1]
        faults += conversation_faults(handover, names[sender], names[receiver])
        faults += holding_faults(handover, sender, receiver, said)
        cases = {event["case_id"] for event in said[receiver]}
        if len(cases) > 1:
            faults.append(f"{handover} has {len(cases)} cases at {receiver}")
        disclosed = [event for event in logs[sender] if event["event"] == "personal_data_disclosed" and event["data"]["purpose"] == handover]
        if "handover_received" in names[receiver] and len(disclosed) != 1:
            faults.append(f"{handover}: what left is written down {len(disclosed)} times")
    return faults


def conversation_faults(handover, sender, receiver):
    """When all is quiet, what one side said the other has heard."""
    pairs = [("handover_offered", "handover_received"), ("handover_accepted", "handover_confirmed")]
    if "handover_accepted" not in sender:
        pairs += [("handover_withdrawn", "handover_offer_ended"), ("handover_lapsed", "handover_offer_ended")]
    back = [("handover_result_fed_back", "handover_result_received"), ("case_handed_back", "case_taken_back")]
    faults = [f"{handover}: {said} and no {heard}" for said, heard in pairs
              if said in sender and heard not in receiver and not (heard == "handover_offer_ended" and "handover_declined" in receiver)]
    faults += [f"{handover}: {said} and no {heard}" for said, heard in back if said in receiver and heard not in sender]
    if not ANSWERS & set(sender):
        faults.append(f"{handover}: no answer at the sender: {sender}, {receiver}")
    if "handover_returned" in sender and "handover_declined" not in receiver:
        faults.append(f"{handover}: returned by nobody")
    return faults


def holding_faults(handover, sender, receiver, said):
    """Both logs in the order of time: never do both name themselves, and at the end they name the same one."""
    steps = sorted(((event["recorded_at"], organisation == receiver, event) for organisation, events in said.items() for event in events),
                   key=lambda step: (step[0], step[1], step[2]["position"]))
    holder = {sender: sender, receiver: sender}
    moves = {"handover_accepted": receiver, "handover_confirmed": receiver, "case_handed_back": sender, "case_taken_back": sender}
    faults = []
    for _, at_receiver, event in steps:
        if event["event"] in moves:
            holder[receiver if at_receiver else sender] = moves[event["event"]]
        if holder[sender] == sender and holder[receiver] == receiver:
            faults.append(f"{handover}: both hold it after {event['event']}")
    if holder[sender] != holder[receiver]:
        faults.append(f"{handover}: in the end {sender} says {holder[sender]}, {receiver} says {holder[receiver]}")
    return faults


class Handover(unittest.TestCase):
    def setUp(self):
        self.chance = random.Random(20)
        self.village = Side(VILLAGE, "阿村调", free_port(random.Random(os.getpid())))
        self.town = Side(TOWN, "尼阿调", free_port(random.Random(os.getpid() + 1_000_000)))
        self.addCleanup(self.village.office.close)
        self.addCleanup(self.town.office.close)
        self.village.knows(self.town, ["name", "summary"])
        self.town.knows(self.village, ["name", "summary"])
        self.village.start()
        self.town.start()

    def wait(self, condition, what):
        return until(condition, what, PATIENCE)

    def offered(self, here, there, key):
        """A case that is offered; answers it, the hand-over's id, and the case there once it is there."""
        worker = here.worker()
        case = worker.register(key)
        worker.order(case, "offer_handover", {**OFFER, "to": there.organisation})
        handover = next(event["data"]["handover"] for event in here.follow() if event["case_id"] == case and event["event"] == "handover_offered")
        return case, handover

    @staticmethod
    def clocks(side, case):
        return {deadline["kind"] for deadline in side.worker().case(case)["deadlines"]}

    def work_until_an_end(self, worker, case):
        for party in (1, 2):
            worker.order(case, "give_consent", {"party": party})
        worker.order(case, "accept_case")
        worker.order(case, "assign_mediator", {"mediator": "m-1", "role": "presiding", "basis": "designated"})
        worker.order(case, "hold_session", {"present": []})
        worker.order(case, "fail_mediation", {"reason": "no_common_ground", "routes_told": ["litigation"]})

    def check_all(self):
        """Both logs, every version of every case at both sides, and the files afterwards."""
        sides = (self.village, self.town)
        for side in sides:
            side.follow()
        self.assertEqual(faults_of(sides), [])
        versions = sum(self.check_who_holds(side) for side in sides)
        for side in sides:
            self.check_texts(side)
        for side in sides:
            self.assertEqual(side.office.stop(), 0)
            self.assertEqual(json.loads(side.office.run("--json", "handover", "list").stdout), [])
            self.assertIn("0 findings", side.office.run("verify").stdout)
        return versions

    def check_who_holds(self, side):
        """The holder and since when, at every version, are what the events up to there say."""
        worker, checked = side.worker(), 0
        for case in dict.fromkeys(event["case_id"] for event in side.events):
            holder, since = side.organisation, None
            for event in (event for event in side.events if event["case_id"] == case):
                day, data = event["occurred_at"][:10], event["data"]
                if event["event"] == "case_registered":
                    # Of a case that came, the registration says from whom, and the next event since when it is theirs.
                    holder, since = data["origin"].rsplit(":", 1)[-1] if data["origin"] else side.organisation, day
                elif event["event"] == "handover_received":
                    holder, since = data["from"], data["held_since"]
                    other = data["from"]
                elif event["event"] == "handover_offered":
                    other = data["to"]
                elif event["event"] == "handover_confirmed":
                    holder, since = side.organisation, data["since"]
                elif event["event"] in ("handover_accepted", "case_handed_back"):
                    holder, since = other, day
                elif event["event"] == "case_taken_back":
                    holder, since = side.organisation, day
                state = worker.case(case, event["version"])["state"]
                said = (state["holder"], state["held_since"].split(" ")[0])
                self.assertEqual(said, (holder, since), f"{case} at {event['version']}")
                checked += 1
            now = worker.case(case)["state"]
            self.assertEqual((now["holder"], now["held_since"].split(" ")[0]), (holder, since))
        return checked

    def check_texts(self, side):
        """What came has the texts that may travel and no other."""
        worker = side.worker()
        for event in side.events:
            if event["event"] != "handover_received":
                continue
            answer = worker.ask("GET", f"/v1/cases/{event['case_id']}?sealed=true&purpose=test")
            texts = json.dumps(answer.json["personal"], ensure_ascii=False)
            for field in SEALED:
                (self.assertNotIn if field["field"] == "identity_number" else self.assertIn)(field["text"], texts)

    def test_accepted_and_fed_back_and_returned(self):
        village, town = self.village, self.town
        case, handover = self.offered(village, town, "first")
        there = self.wait(lambda: town.came_by(handover), "the offer arrives")
        worker = town.worker()
        self.assertEqual(worker.case(there)["state"]["holder"], VILLAGE)
        worker.order(there, "accept_handover")
        self.wait(lambda: town.has(there, "handover_confirmed"), "the acceptance is confirmed")
        for side, one in ((village, case), (town, there)):
            self.assertEqual(side.worker().case(one)["state"]["holder"], TOWN)
        self.assertEqual(self.clocks(village, case), {"handover_result"})
        self.work_until_an_end(worker, there)
        self.assertIn("feedback", self.clocks(town, there))
        worker.order(there, "feed_result_back")
        self.wait(lambda: village.has(case, "handover_result_received"), "the result arrives")
        self.assertEqual(self.clocks(village, case), set())
        self.assertNotIn("feedback", self.clocks(town, there))
        state = village.worker().case(case)["state"]
        self.assertEqual(state["handover.outcome"], "no agreement")
        self.assertEqual(state["handover.reference"], worker.case(there)["number"])
        self.assertEqual(worker.case(there)["state"]["handover.reference"], state["number"])

        second, handover = self.offered(village, town, "second")
        there = self.wait(lambda: town.came_by(handover), "the offer arrives")
        self.assertEqual(self.clocks(village, second), {"handover_answer", "handover_result"})
        self.assertEqual(self.clocks(town, there), {"handover_answer"})
        worker.order(there, "return_handover", {"ground": "no_definite_respondent", "routes_told": ["litigation"]})
        self.wait(lambda: village.has(second, "handover_returned"), "the return arrives")
        returned = next(event for event in village.events if event["event"] == "handover_returned")
        self.assertEqual(returned["data"]["ground"], "no_definite_respondent")
        self.assertEqual(village.worker().case(second)["state"]["holder"], VILLAGE)
        self.assertEqual(self.clocks(village, second), set())
        # What travelled was read on the office's behalf, and by nobody else so far.
        readers = {(entry["who"], entry["purpose"], entry["case_id"]) for entry in village.office.journal() if entry["kind"] == "sealed_read"}
        self.assertEqual(readers, {("handover", "handover", one) for one in (case, second)})
        self.check_all()
        self.check_controls()

    def check_controls(self):
        """The check finds what it is for: logs in which an event is missing, doubled or too early."""
        class Altered:
            def __init__(self, side, events):
                self.organisation, self.events = side.organisation, events

        village, town = self.village, self.town
        names = {"handover_offered", "handover_accepted", "handover_result_received", "handover_received", "handover_confirmed",
                 "handover_returned", "personal_data_disclosed"}
        for side, other in ((village, town), (town, village)):
            for i, event in enumerate(side.events):
                if event["event"] not in names:
                    continue
                for events in (side.events[:i] + side.events[i + 1:], side.events[:i + 1] + side.events[i:]):
                    self.assertNotEqual(faults_of((Altered(side, events), other)), [], event["event"])
        early = [{**event, "recorded_at": "2000"} if event["event"] == "handover_confirmed" else event for event in town.events]
        self.assertTrue(any("both hold" in fault for fault in faults_of((village, Altered(town, early)))))

    def conversation(self, here, there, plan, key):
        """One case from its registration to the end of its conversation; each `yield` waits for the other side."""
        case, handover = self.offered(here, there, key)
        mine, yours = here.worker(), there.worker()
        if plan == "withdrawn":
            mine.order(case, "withdraw_handover")
        while (other := there.came_by(handover)) is None:
            yield
        if plan == "withdrawn":
            while not there.has(other, "handover_offer_ended"):
                yield
            return
        if plan == "returned":
            yours.order(other, "return_handover", {"ground": "not_a_civil_dispute", "routes_told": ["litigation"]})
            while not here.has(case, "handover_returned"):
                yield
            return
        # In a race whoever is heard first by the sender's log decides.
        yours.order(other, "accept_handover")
        if plan == "raced":
            mine.order(case, "withdraw_handover", may_be_refused=True)
        while not there.has(other, "handover_confirmed", "handover_offer_ended"):
            yield
        if there.has(other, "handover_offer_ended"):
            return
        self.work_until_an_end(yours, other)
        yours.order(other, "hand_case_back" if plan == "handed_back" else "feed_result_back")
        while not here.has(case, "handover_result_received"):
            yield

    def drive(self, conversations, progress):
        """All at once, a step of each in turn; `progress` counts the steps."""
        end = time.monotonic() + 2 * PATIENCE
        running = list(conversations)
        while running:
            assert time.monotonic() < end, f"{len(running)} conversations do not end"
            for one in list(running):
                try:
                    next(one)
                except StopIteration:
                    running.remove(one)
                    progress.append(one)
            time.sleep(0.005)

    def test_whoever_is_killed_whenever_nothing_is_lost_or_doubled(self):
        village, town, chance = self.village, self.town, self.chance
        each = int(os.environ.get("ANJIE_HANDOVER_CASES", "12"))
        kills_max = int(os.environ.get("ANJIE_HANDOVER_KILLS", "14"))
        plans = ["accepted", "handed_back", "returned", "withdrawn", "raced", "accepted"]
        ended, failures = [], []

        def run(here, there, numbers):
            try:
                waves = [[self.conversation(here, there, plans[i % len(plans)], f"{here.organisation}-{i}") for i in numbers[k::3]] for k in range(3)]
                for wave in waves:
                    self.drive(wave, ended)
            except Exception as failure:  # pylint: disable=broad-except  # Told by the main thread.
                failures.append(failure)

        drivers = [threading.Thread(target=run, args=(here, there, list(range(each)))) for here, there in ((village, town), (town, village))]
        for driver in drivers:
            driver.start()
        in_the_middle = 0
        while any(driver.is_alive() for driver in drivers):
            if village.kills + town.kills >= kills_max:
                break
            side = chance.choice((village, town))
            seen = len(side.events)
            target = seen + chance.randrange(1, 16)
            until(lambda s=side, t=target: len(s.events) >= t or not any(driver.is_alive() for driver in drivers), "nothing moves", PATIENCE)
            time.sleep(chance.random() * 0.03)
            in_the_middle += len(ended) < 2 * each
            side.kill(pause=chance.choice((0, 0, 0.2, 0.5)))
        for driver in drivers:
            driver.join(timeout=3 * PATIENCE)
            self.assertFalse(driver.is_alive(), "a driver does not end")
        if failures:
            raise failures[0]
        self.assertEqual(len(ended), 2 * each)
        self.assertGreater(in_the_middle, kills_max // 2)
        versions = self.check_all()
        names = [event["event"] for side in (village, town) for event in side.events]
        for name in ("handover_confirmed", "handover_returned", "handover_offer_ended", "case_taken_back", "handover_result_received"):
            self.assertIn(name, names)
        self.assertEqual(names.count("handover_offered"), 2 * each)
        self.assertEqual(names.count("handover_received"), 2 * each)
        print(f"{len(names)} events, {versions} versions asked, {village.kills} + {town.kills} kills", file=sys.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=1)
