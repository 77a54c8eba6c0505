"""An office that serves, its people, and a client that holds every answer against the OpenAPI document."""
import hashlib
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.parse

import jsonschema

ORGANISATION = "540629-102"
PEOPLE = {  # name: role, organisation, clearance
    "registrar": ("registrar", ORGANISATION, "ordinary"),
    "mediator": ("mediator", ORGANISATION, "ordinary"),
    "head": ("head", ORGANISATION, "restricted"),
    "second": ("head", ORGANISATION, "restricted"),
    "office": ("judicial_office", "540629", "confidential"),
    "auditor": ("auditor", "5406", "restricted"),
    "statistician": ("statistician", "540629", "ordinary"),
    "stranger": ("mediator", "110101-1", "ordinary"),
    "outsider": ("head", "110101", "restricted"),
}
ADMIN_PASSWORD = "first-words-number-1"


def password_of(name):
    return "words-of-" + hashlib.sha256(name.encode()).hexdigest()[:16]  # A password may not hold the name.


class Undocumented(AssertionError):
    """The answer is not what the document says."""


class Document:
    """The OpenAPI document as a judge."""

    def __init__(self, text):
        self.data = json.loads(text)
        self.resolver = jsonschema.RefResolver("", self.data)
        self.patterns = [(re.compile("^" + re.sub(r"\\\{path\\\}", ".+", re.sub(r"\\\{(?!path)[^}]*\\\}", "[^/]+", re.escape(path))) + "$"), path)
                         for path in self.data["paths"]]
        self.patterns.sort(key=lambda one: one[1].count("{"))
        self.seen = set()

    def resolve(self, node):
        while "$ref" in node:
            node = self.resolver.resolve(node["$ref"])[1]
        return node

    def operation(self, method, path):
        for pattern, template in self.patterns:
            if pattern.match(path):
                item = self.data["paths"][template]
                if method.lower() in item:
                    return template, item[method.lower()]
        raise Undocumented(f"{method} {path} is not in the document")

    def validate(self, schema, value):
        jsonschema.Draft202012Validator(schema, resolver=self.resolver,
                                        format_checker=jsonschema.draft202012_format_checker).validate(value)

    def judge(self, method, path, request_body, status, headers, body):
        template, operation = self.operation(method, path)
        responses = operation["responses"]
        if str(status) not in responses:
            raise Undocumented(f"{method} {path}: {status} is not in the document: {body[:300]}")
        self.seen.add((template, method.lower(), str(status)))
        described = self.resolve(responses[str(status)])
        content = described.get("content")
        kind = (headers.get("Content-Type") or "").split(";")[0]
        if not content:
            if body:
                raise Undocumented(f"{method} {path}: {status} has a body: {body[:100]}")
            return
        if kind not in content:
            raise Undocumented(f"{method} {path}: {status} as {kind}, the document has {list(content)}")
        for name in described.get("headers", {}):
            if headers.get(name) is None and name not in ("Link",):
                raise Undocumented(f"{method} {path}: no {name}")
        if kind.endswith("json"):
            try:
                for text in body.splitlines() if kind.endswith("ndjson") else [body]:
                    self.validate(content[kind]["schema"], json.loads(text))
            except jsonschema.ValidationError as wrong:
                best = jsonschema.exceptions.best_match([wrong])
                raise Undocumented(f"{method} {path}: {status}: {list(best.absolute_path)}: {best.message[:600]}") from None
        if 200 <= status < 300 and request_body is not None and "requestBody" in operation:
            self.validate(operation["requestBody"]["content"]["application/json"]["schema"], json.loads(request_body))


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)


class Client:
    """Somebody who asks. Every answer is judged by the document."""

    def __init__(self, office, token=None, cookie=None, language="en"):
        self.office, self.token, self.cookie, self.language = office, token, cookie, language
        self.connection = None

    def headers(self, more=None):
        headers = {"Accept-Language": self.language, "User-Agent": "api-test"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if self.cookie:
            headers["Cookie"] = f"__Host-anjie_session={self.cookie}"
            headers["X-Anjie-Request"] = "1"
        headers.update(more or {})
        return {name: value for name, value in headers.items() if value is not None}

    def ask(self, method, path, body=None, headers=None, judge=True):
        text = None if body is None else body if isinstance(body, (str, bytes)) else json.dumps(body, ensure_ascii=False)
        if isinstance(text, str):
            text = text.encode()
        sent = self.headers(headers)
        if text is not None and "Content-Type" not in sent:
            sent["Content-Type"] = "application/json"
        for attempt in (1, 2):
            if self.connection is None:
                self.connection = self.office.connect()
            try:
                self.connection.request(method, urllib.parse.quote(path, safe="/?&=%.,:+-~_"), text, sent)
                got = self.connection.getresponse()
                data = got.read()
                break
            except (http.client.RemoteDisconnected, ConnectionError, http.client.CannotSendRequest):
                self.connection = None
                if attempt == 2:
                    raise
        kind = got.headers.get("Content-Type", "")
        answer = Answer(got.status, got.headers, data if any(word in kind for word in ("octet", "zip", "sheet")) else data.decode("utf-8-sig"))
        if judge and self.office.document is not None:
            self.office.document.judge(method, urllib.parse.unquote(path.split("?")[0]), text, answer.status, answer.headers, answer.body)
        return answer

    def get(self, path, **more):
        return self.ask("GET", path, **more)

    def give(self, case, command, fields=None, match="*", key=None, **more):
        """A command on a case."""
        body = {"command": command, **more}
        if fields is not None:
            body["fields"] = fields
        return self.ask("POST", f"/v1/cases/{case}/commands", body,
                        {"If-Match": match, "Idempotency-Key": key or f'"{os.urandom(8).hex()}"'})

    def register(self, key=None, headers=None, sealed=None, occurred_at=None, **fields):
        body = {"fields": {"source": "application", "channel": "written", "type": "neighbour", "difficulty": "ordinary",
                           "parties": [{"number": 1, "role": "applicant", "kind": "natural_person"},
                                       {"number": 2, "role": "respondent", "kind": "natural_person"}], **fields},
                "sealed": sealed or [{"subject": 1, "field": "name", "text": "南木加措"},
                                     {"subject": 2, "field": "name", "text": "格桑曲珍"},
                                     {"subject": 0, "field": "summary", "text": "两家为界桩争执"}]}
        if occurred_at:
            body["occurred_at"] = occurred_at
        return self.ask("POST", "/v1/cases", body, {"Idempotency-Key": key or os.urandom(8).hex(), **(headers or {})})


class Office:
    """A data directory, its people, and `anjie serve` on it."""

    def __init__(self, anjie, source, ledger=True, people=PEOPLE, settings=None, organisation=ORGANISATION, prefix="尼阿调"):
        self.anjie = str(anjie)
        self.source = pathlib.Path(source)
        self.top = pathlib.Path(tempfile.mkdtemp(prefix="anjie-api-"))
        self.data = self.top / "office"
        self.process = None
        self.port = None
        self.document = None
        self.run("init", self.data, "--org", organisation, "--jurisdiction", "540629", "--committee", "township", "--prefix", prefix)
        if ledger:
            self.run("import", self.source / "examples" / "asuo-2024.csv")
        self.people("user", "admin", "administrator", "CN", "ordinary", ADMIN_PASSWORD)
        # Logging in costs what it should; tests do it often.
        access = {"rates": {"login": {"per_minute": 6000, "burst": 1000}, "person": {"per_minute": 600000, "burst": 100000}}}
        (self.data / "access.json").write_text(json.dumps({**access, **(settings or {})}))
        for name, (role, organisation, clearance) in people.items():
            self.people("user", name, role, organisation, clearance, password_of(name))

    def people(self, *words):
        """What the operator does about people and tokens; see people.cpp."""
        done = subprocess.run([os.environ["ANJIE_API_PEOPLE"], str(self.data), ADMIN_PASSWORD, *words], capture_output=True, text=True,
                              timeout=120, check=False)
        if done.returncode != 0:
            raise AssertionError(f"{words}: {done.stdout}\n{done.stderr}")
        return done.stdout

    def journal(self):
        return json.loads(self.people("journal"))

    def run(self, *words, stdin="", code=0):
        env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "ANJIE_DATA": str(self.data), "ANJIE_ACTOR": "tester"}
        done = subprocess.run([self.anjie, *map(str, words)], input=stdin, capture_output=True, text=True, env=env, timeout=120, check=False)
        if done.returncode != code:
            raise AssertionError(f"{words}: exit {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}")
        return done

    def issue(self, *scopes, organisation="CN", name="machine"):
        return json.loads(self.people("token", name, organisation, *scopes))

    def token(self, *scopes, **more):
        return self.issue(*scopes, **more)["secret"]

    def serve(self, *words):
        env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        self.process = subprocess.Popen([self.anjie, "--json", "serve", str(self.data), "--http", f"127.0.0.1:{self.port or 0}",
                                         "--operation", "off", *map(str, words)],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)
        self.log = []
        self.reader = threading.Thread(target=self._read_log, args=(self.process.stderr,), daemon=True)
        self.reader.start()
        line = self.process.stdout.readline()
        if not line:
            self.process.wait(timeout=30)
            self.reader.join(timeout=10)
            raise AssertionError("it does not listen: " + "".join(self.log))
        self.port = int(json.loads(line)["listening"].rsplit(":", 1)[1])
        return self

    def _read_log(self, pipe):
        for line in pipe:
            self.log.append(line)

    def stop(self, how=signal.SIGTERM):
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(timeout=60)
        self.reader.join(timeout=10)
        self.process.stdout.close()
        self.process.stderr.close()
        self.process = None
        return code

    def close(self):
        self.stop()
        shutil.rmtree(self.top, ignore_errors=True)

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def login(self, name, password=None, language="en"):
        client = Client(self, language=language)
        answer = client.ask("POST", "/v1/session", {"name": name, "password": password or password_of(name)}, {"X-Anjie-Request": "1"})
        if answer.status != 201:
            raise AssertionError(f"{name}: {answer.status} {answer.body}")
        client.cookie = re.match(r"__Host-anjie_session=([^;]+);", answer.headers["Set-Cookie"]).group(1)
        if self.document is None:
            self.document = Document(client.get("/v1/openapi.json").body)
        return client


def until(condition, what, seconds=30):
    """Asks again until it is so."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if got := condition():
            return got
        time.sleep(0.01)
    raise AssertionError(what)
