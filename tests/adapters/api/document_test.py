#!/usr/bin/env python3
"""The OpenAPI document is whole, and the server answers for every path of it: document_test.py ANJIE SOURCE_DIRECTORY"""
import copy
import re
import sys
import unittest

from office import Client, Document, Office, Undocumented

ANJIE, SOURCE = sys.argv.pop(1), sys.argv.pop(1)


def complaints(document):
    """What is wrong with a document."""
    found = []

    def walk(node, where):
        if isinstance(node, dict):
            if "$ref" in node:
                at = document
                for part in node["$ref"].removeprefix("#/").split("/"):
                    at = at.get(part) if isinstance(at, dict) else None
                if at is None:
                    found.append(f"{where}: {node['$ref']} leads nowhere")
            for name, value in node.items():
                walk(value, f"{where}/{name}")
        elif isinstance(node, list):
            for number, value in enumerate(node):
                walk(value, f"{where}/{number}")

    walk(document, "")
    used = set(re.findall(r"#/components/([a-zA-Z]+/[a-zA-Z_]+)", str(document)))
    for kind in ("schemas", "parameters", "responses"):
        for name in document["components"][kind]:
            if f"{kind}/{name}" not in used:
                found.append(f"{kind}/{name} is used by nothing")
    ids = []
    for path, item in document["paths"].items():
        for method, operation in item.items():
            where = f"{method} {path}"
            ids.append(operation.get("operationId"))
            if not operation.get("summary"):
                found.append(f"{where}: no summary")
            responses = operation["responses"]
            if not any(code.startswith("2") for code in responses):
                found.append(f"{where}: nothing goes well")
            for code in ("400", "429", "500", "503") + (() if operation.get("security") == [] else ("401", "403")):
                if code not in responses:
                    found.append(f"{where}: no {code}")
            named = set(re.findall(r"\{([^}]+)\}", path))
            told = set()
            for parameter in operation.get("parameters", []):
                if "$ref" in parameter:
                    parameter = document["components"]["parameters"][parameter["$ref"].rsplit("/", 1)[1]]
                if parameter["in"] == "path":
                    told.add(parameter["name"])
            if named != told:
                found.append(f"{where}: path has {named}, parameters have {told}")
    if len(ids) != len(set(ids)) or None in ids:
        found.append(f"operationIds are not unique: {ids}")
    return found


class TheDocument(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office(ANJIE, SOURCE, ledger=False, people={"auditor": ("auditor", "CN", "restricted")}).serve()
        cls.client = cls.office.login("auditor")
        cls.document = cls.office.document.data

    @classmethod
    def tearDownClass(cls):
        cls.office.close()

    def test_it_is_openapi_3_1_and_nothing_in_it_leads_nowhere(self):
        self.assertTrue(self.document["openapi"].startswith("3.1."))
        self.assertEqual(complaints(self.document), [])

    def test_the_complaints_are_found_when_there_is_something_wrong(self):
        for spoil, expected in (
            (lambda d: d["components"]["schemas"].pop("Case"), "leads nowhere"),
            (lambda d: d["components"]["schemas"].update(Nobody={}), "used by nothing"),
            (lambda d: d["paths"]["/v1/cases"]["get"]["responses"].pop("403"), "no 403"),
            (lambda d: d["paths"]["/v1/cases"]["get"].update(operationId="registerCase"), "not unique"),
            (lambda d: d["paths"].update({"/v1/cases/{other}/x": d["paths"]["/v1/due"]}), "path has"),
        ):
            spoilt = copy.deepcopy(self.document)
            spoil(spoilt)
            self.assertTrue(any(expected in one for one in complaints(spoilt)), expected)

    def test_every_schema_of_it_is_one(self):
        import jsonschema
        for name, schema in self.document["components"]["schemas"].items():
            with self.subTest(name):
                jsonschema.Draft202012Validator.check_schema(schema)

    def test_every_command_and_event_of_the_program_is_in_it(self):
        commands = {one["command"] for one in self.client.get("/v1/commands").json["commands"]}
        described = {one["title"] for one in self.document["components"]["schemas"]["Command"]["oneOf"]} | {"register_case"}
        self.assertEqual(commands, described)
        events = {one["title"] for one in self.document["components"]["schemas"]["EventData"]["oneOf"]}
        self.assertEqual(events, set(self.document["components"]["schemas"]["EventName"]["enum"]))
        self.assertGreater(len(events), 50)

    def test_the_server_answers_at_every_path_of_it(self):
        nobody = Client(self.office)
        for path, item in self.document["paths"].items():
            for method in item:
                if item[method].get("security") == []:
                    continue
                with self.subTest(f"{method} {path}"):
                    answer = nobody.ask(method.upper(), re.sub(r"\{[^}]+\}", "x", path), body={} if method == "post" else None)
                    self.assertEqual((answer.status, answer.json["code"]), (401, "unauthenticated"))

    def test_an_answer_that_is_not_in_it_is_found(self):
        judge = Document(__import__("json").dumps(self.document))
        headers = {"Content-Type": "application/json"}
        judge.judge("GET", "/v1/requests", None, 200, headers, '{"requests": []}')
        for method, path, status, kind, body in (
            ("GET", "/v1/nowhere", 200, "application/json", "{}"),
            ("PUT", "/v1/requests", 200, "application/json", "{}"),
            ("GET", "/v1/requests", 202, "application/json", '{"requests": []}'),
            ("GET", "/v1/requests", 200, "text/html", "<p>"),
            ("GET", "/v1/requests", 200, "application/json", '{"requests": 1}'),
            ("GET", "/v1/requests", 200, "application/json", '{"requests": [], "more": 1}'),
            ("GET", "/v1/requests", 403, "application/problem+json", '{"type": "x"}'),
        ):
            with self.assertRaises(Undocumented):
                judge.judge(method, path, None, status, {"Content-Type": kind}, body)


if __name__ == "__main__":
    unittest.main()
