#!/usr/bin/env python3
"""Lists and figures that leave as files, and what figures would be under other rules: tables_test.py ANJIE SOURCE_DIRECTORY"""
import datetime
import io
import json
import os
import sys
import unittest

import openpyxl

from office import Client, Office

ANJIE, SOURCE = sys.argv.pop(1), sys.argv.pop(1)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RULES = {"deadlines": [{"kind": "revisit", "period": "15d"}, {"kind": "mediation", "period": "20d"}]}

ORDERS = {  # The same on the command line and over HTTP.
    "--year 2024 --org 540629-102": {"year": 2024, "organisation": "540629-102"},
    "--year 2024 --org 540629-102 --cases": {"year": 2024, "cases": True},
    "--year 2024 --quarter 1 --org 540629-102": {"year": 2024, "quarter": 1},
    "--from 2024-02-01 --to 2024-07-31 --org 540629-102 --as-of 2024-09-30": {"from": "2024-02-01", "to": "2024-07-31", "as_of": "2024-09-30"},
}


class Tables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office(ANJIE, SOURCE)
        cls.addClassCleanup(cls.office.close)  # Also when the rest of this fails.
        # What the command line says, while the directory is still free.
        cls.rules = cls.office.top / "RULES.json"
        cls.rules.write_text(json.dumps(RULES))
        ask = lambda *words: json.loads(cls.office.run("whatif", "--rules", cls.rules, "--json", *words).stdout)
        cls.told = {words: ask(*words.split()) for words in ORDERS}
        cls.office.serve()
        cls.head = cls.office.login("head")
        # And what HTTP answers before anything else is registered.
        cls.answered = {words: cls.head.ask("POST", "/v1/what-if", {"rules": RULES, "name": "RULES.json", **order}) for words, order in ORDERS.items()}
        cls.secret = cls.head.register().json
        forms = cls.head.get("/v1/commands").json["commands"]
        ground = next(one["codes"][0] for form in forms if form["command"] == "classify_case" for one in form["fields"] if one["name"] == "ground")
        answer = cls.head.give(cls.secret["case_id"], "classify_case", {"confidentiality": "restricted", "ground": ground})
        assert answer.status == 200, answer.body
        cls.position = answer.json["position"]

    def book(self, client, path, name):
        """A workbook, one entry in the journal for it, and that entry."""
        before = len(self.office.journal())
        answer = client.get(path)
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, XLSX), answer.body[:300])
        self.assertEqual(answer.headers["Content-Disposition"], f'attachment; filename="{name}"')
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        rows = self.office.journal()[before:]
        self.assertEqual([row["kind"] for row in rows], ["export"])
        self.assertEqual([file.name for file in self.office.data.glob(".passing-*")], [])
        book = openpyxl.load_workbook(io.BytesIO(answer.body))
        for sheet in book:
            for cells in sheet.iter_rows():
                for cell in cells:
                    self.assertIn(cell.data_type, "snd", (sheet.title, cell.coordinate, cell.value))
                    self.assertNotIn("南木加措", str(cell.value))
        return book, rows[0]

    def rows(self, sheet, first):
        """The rows below the heading that begins with `first`, by their headings."""
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        head = next(i for i, row in enumerate(rows) if row[0] == first)
        return [dict(zip(rows[head], row)) for row in rows[head + 1:] if row[0] is not None]

    def all_cases(self, client, query=""):
        cases, path = [], f"/v1/cases?limit=500{query}&wait_for={self.position}"
        while path:
            page = client.get(path)
            cases += page.json["cases"]
            path = page.headers["Link"].split(">")[0][1:] if page.headers.get("Link") else None
        return cases

    def day(self, value):
        return value.date().isoformat() if isinstance(value, datetime.datetime) else value

    def test_the_list_as_a_workbook_is_the_list(self):
        for client, query in ((self.head, ""), (self.head, "&type=neighbour"), (self.head, "&opened_from=2024-03-01&opened_to=2024-06-30"),
                              (self.office.login("office"), "")):
            with self.subTest(query):
                listed = self.all_cases(client, query)
                self.assertGreater(len(listed), 1)
                book, kept = self.book(client, f"/v1/cases?format=xlsx{query}&wait_for={self.position}", "cases.xlsx")
                rows = self.rows(book["Cases"], "Number")
                self.assertEqual([(row["Number"], row["Organisation"], self.day(row["Registered"]), row["Holder"] or "") for row in rows],
                                 [(one["number"], one["organisation"], one["opened"], one["holder"] or "") for one in listed])
                self.assertEqual((kept["action"], kept["subject"], kept["count"]), ("export_list", "list of cases, xlsx", len(listed)))
        numbers = lambda client: [row["Number"] for row in self.rows(self.book(client, "/v1/cases?format=xlsx", "cases.xlsx")[0]["Cases"], "Number")]
        self.assertIn(self.secret["case"], numbers(self.head))
        self.assertNotIn(self.secret["case"], numbers(self.office.login("office")))  # Not cleared for it.
        self.assertEqual(numbers(self.office.login("outsider")), [])

    def test_the_due_list_as_a_workbook_is_the_due_list(self):
        due = self.head.get(f"/v1/due?within=99y&limit=10000&wait_for={self.position}").json["due"]
        self.assertGreater(len(due), 0)
        book, kept = self.book(self.head, "/v1/due?within=99y&format=xlsx", "due.xlsx")
        rows = self.rows(book["Due"], "Due")
        self.assertEqual([(self.day(row["Due"]), row["Case"]) for row in rows], [(one["due"], one["case"]) for one in due])
        self.assertEqual((kept["action"], kept["subject"], kept["count"]), ("export_list", "due list, xlsx", len(due)))

    def test_the_report_as_a_workbook_has_the_figures_of_the_report(self):
        report = self.head.get("/v1/reports?year=2024").json
        head = Client(self.office, cookie=self.head.cookie, language="zh")
        book, kept = self.book(head, "/v1/reports?year=2024&format=xlsx", "report.xlsx")
        form = [[cell.value for cell in row] for row in book["人民调解案件情况统计表"].iter_rows()]
        total = next(row for row in form if row[0] == "合计")
        self.assertIn(total[1], [one["value"] for one in report["figures"]])
        self.assertEqual(total[1], 12)
        self.assertEqual((kept["action"], kept["subject"], kept["organisation"]), ("read_reports", "report, xlsx", "540629-102"))
        before = len(self.office.journal())
        self.assertEqual(self.head.get("/v1/reports?year=2024&format=csv").status, 200)
        self.assertEqual([row["subject"] for row in self.office.journal()[before:]], ["report, csv"])

    def test_a_file_says_what_does_not_go_with_it(self):
        for path in ("/v1/cases?format=xlsx&limit=5", "/v1/cases?format=xls", "/v1/due?format=xlsx&limit=5", "/v1/due?format=csv",
                     "/v1/reports?year=2024&format=pdf"):
            with self.subTest(path):
                answer = self.head.get(path)
                self.assertEqual((answer.status, answer.json["code"]), (400, "invalid"))
                self.assertIn("format", answer.json["detail"])

    # ---- what if

    def what_if(self, client=None, **order):
        return (client or self.head).ask("POST", "/v1/what-if", {"rules": RULES, "name": "RULES.json", **order})

    def test_it_answers_what_the_command_line_prints(self):
        for words, order in ORDERS.items():
            with self.subTest(words):
                answer = self.answered[words]
                self.assertEqual(answer.status, 200, answer.body)
                told, got = dict(self.told[words]), answer.json
                if "as_of" not in order:  # Asked a moment later; all else is the same.
                    self.assertGreaterEqual(got.pop("as_of")["position"], told.pop("as_of")["position"])
                self.assertEqual(got, told)
        changed = self.told["--year 2024 --org 540629-102 --cases"]["figures"]
        self.assertGreater(sum(len(one.get("cases", [])) for one in changed), 3)

    def test_it_needs_read_reports_and_for_cases_list_cases(self):
        statistician = self.office.login("statistician")
        self.assertEqual(self.what_if(statistician, year=2024).status, 200)
        refused = self.what_if(statistician, year=2024, cases=True)
        self.assertEqual((refused.status, refused.json["refusal"]), (403, "role_lacks_action"))
        machine = Client(self.office, token=self.office.token("list_cases", organisation="540629-102"))
        self.assertEqual(self.what_if(machine, year=2024).status, 403)
        self.assertEqual(self.what_if(year=2024, organisation="540629").status, 403)
        outside = self.what_if(self.office.login("outsider"), year=2024).json
        self.assertEqual(outside["cases"], 0)

    def test_nothing_is_written_by_asking(self):
        position = self.head.get("/v1/log/checkpoint").body.split("\n")[1]
        self.assertEqual(self.what_if(year=2024, cases=True).status, 200)
        self.assertEqual(self.head.get("/v1/log/checkpoint").body.split("\n")[1], position)

    def test_what_is_wrong_with_the_order_is_named(self):
        for order, word in (({"rules": {}}, "RULES.json"), ({"rules": {"deadlines": [{"kind": "never", "period": "1d"}]}}, "deadlines[0].kind"),
                            ({"rules": []}, "RULES.json"), ({"year": 1}, "1990"), ({"year": "2024"}, "year"), ({"month": 13}, "12"), ({"from": "2024-01-01", "year": 2024}, "--to"),
                            ({"as_of": "soon"}, "soon"), ({"more": 1}, "more"), ({"cases": 1}, "cases")):
            with self.subTest(str(order)):
                answer = self.what_if(**{"year": 2024, **order})
                self.assertEqual((answer.status, answer.json["code"]), (400, "invalid"), answer.body)
                self.assertIn(word, answer.json["detail"])
        self.assertEqual(self.head.ask("POST", "/v1/what-if", {"year": 2024}).status, 400)
        text = self.head.ask("POST", "/v1/what-if", "x", {"Content-Type": "text/plain"})
        self.assertEqual((text.status, text.json["code"]), (415, "unsupported-media-type"))


if __name__ == "__main__":
    unittest.main()
