"""A served office and disputes to load it with."""
import http.client
import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "adapters" / "api"))
from office import ORGANISATION, Office  # noqa: E402

HEAD = {"head": ("head", ORGANISATION, "ordinary")}
PLENTY = {"rates": {who: {"per_minute": 6_000_000, "burst": 1_000_000} for who in ("machine", "address", "person", "login")}}
STEP = {"command": "record_investigation", "fields": {}}


def demand(answer):
    """Ends the program when an order was not taken."""
    if answer.status not in (200, 201):
        print(f"answered {answer.status}: {answer.body}", flush=True)
        os._exit(1)
    return answer


def new_office(anjie, **serve):
    """With a head, and nothing that slows a load down."""
    office = Office(anjie, pathlib.Path(__file__).resolve().parent.parent, ledger=False, people=HEAD, settings=PLENTY)
    (office.data / "serve.json").write_text(json.dumps({"connections_max": 4096, "connections_per_address_max": 4096,
                                                        "log_requests": False, **serve}))
    return office


def accepted_cases(office, count):
    """So many cases accepted for mediation; their paths for commands. Machines may not decide, so a person does."""
    head, paths = office.login("head"), []
    for _ in range(count):
        case = demand(head.register()).json["case_id"]
        demand(head.give(case, "give_consent", {"party": 2}))
        demand(head.give(case, "accept_case"))
        paths.append(f"/v1/cases/{case}/commands")
    return paths


class Writer:
    """A machine on one connection; each order is answered before the next."""

    def __init__(self, port, token):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def give(self, path, body):
        match = {"If-Match": "*"} if path.endswith("/commands") else {}
        self.connection.request("POST", path, json.dumps(body), {**self.headers, **match, "Idempotency-Key": os.urandom(8).hex()})
        answer = self.connection.getresponse()
        answer.body = answer.read().decode()
        demand(answer)
