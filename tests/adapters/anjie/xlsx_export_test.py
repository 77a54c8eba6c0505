#!/usr/bin/env python3
"""Workbooks and calendars that leave, read by other people's programs: xlsx_export_test.py ANJIE SOURCE_DIRECTORY"""
import csv
import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

import icalendar
import openpyxl

ANJIE = pathlib.Path(sys.argv.pop(1))
SOURCE = pathlib.Path(sys.argv.pop(1))
LEDGER = SOURCE / "examples" / "asuo-2024.csv"
OFFICE = ["--org", "540629-102", "--jurisdiction", "540629", "--committee", "township", "--prefix", "尼阿调"]
NAMES = re.compile("德吉曲珍|旺堆次仁|贡布扎巴|阿索乡|139\\*")


def anjie(*words, data=None, code=0, lang="zh"):
    env = {"PATH": os.environ["PATH"], "LANG": "zh_CN.UTF-8" if lang == "zh" else "C.UTF-8", "ANJIE_ACTOR": "tester"}
    command = [str(ANJIE)] + (["-C", str(data)] if data else []) + [str(word) for word in words]
    done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=120, check=False)
    if done.returncode != code:
        raise AssertionError(f"{' '.join(command)}: exit {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}")
    return done.stdout


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="anjie-export-"))
        cls.data = cls.folder / "office"
        anjie("init", cls.data, *OFFICE)
        with open(LEDGER, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        mediator = rows[0].index("调解员编号")
        # A formula where a holder's code could carry one is refused by the import; a name is free text.
        rows[1][rows[0].index("申请人")] = "=HYPERLINK(\"http://x\",\"德吉曲珍\")"
        assert rows[1][mediator]
        changed = cls.folder / "ledger.csv"
        with open(changed, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        anjie("import", changed, data=cls.data)
        # One that is still to be revisited, and one with an organisation that begins like a formula.
        extra = cls.folder / "extra.csv"
        today = datetime.date.today()
        with open(extra, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["案号", "机构代码", "受理日期", "纠纷类型", "案件来源", "申请人", "被申请人", "调解员编号", "调解结果",
                             "协议日期", "协议形式", "协议内容", "回访日期", "回访方式", "满意度"])
            days = [today - datetime.timedelta(days=d) for d in (12, 10, 2)]
            base = ["婚姻家庭纠纷", "主动调解", "甲某", "乙某", "AS-T01", "调解成功", days[1], "口头", "各自让步"]
            writer.writerow([f"尼阿调〔{days[0].year}〕801号", "", days[0], *base, "", "", ""])
            writer.writerow([f"尼阿调〔{days[0].year}〕802号", "", days[0], *base, days[2], "电话", "满意"])
            writer.writerow([f"尼阿调〔{days[0].year}〕803号", "=1+1", days[0], *base, "", "", ""])
        anjie("import", extra, data=cls.data)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)

    def book(self, *words, lang="zh"):
        """The workbook a command writes: no formula, no link, no name of a person; the same bytes a second time."""
        file = self.folder / "out.xlsx"
        anjie(*words, "--xlsx", file, data=self.data, lang=lang)
        self.assertEqual(file.stat().st_mode & 0o077, 0)
        self.assertEqual([p.name for p in self.folder.iterdir() if "unfinished" in p.name], [])
        book = openpyxl.load_workbook(file)
        for sheet in book:
            self.assertEqual(sheet.page_setup.paperSize, 9)
            for row in sheet.iter_rows():
                for cell in row:
                    self.assertIn(cell.data_type, "snd", (sheet.title, cell.coordinate, cell.value))
                    self.assertIsNone(cell.hyperlink)
                    self.assertIsNone(NAMES.search(str(cell.value or "")), cell.value)
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                self.assertNotIn(b"<f>", archive.read(name))
        return book

    def test_the_report_has_the_official_form_with_its_columns_in_order(self):
        book = self.book("report", "--year", "2024")
        form = book["人民调解案件情况统计表"]
        rows = [[cell.value for cell in row] for row in form.iter_rows()]
        head = next(i for i, row in enumerate(rows) if row[1] and str(row[1]).startswith("调解案件总数"))
        groups = [value for value in rows[head - 1] if value]
        self.assertEqual(groups, ["调解情况", "不同主体调解情况", "案件来源", "案件分类情况", "协议形式", "排查预防纠纷"])
        names = rows[head]
        self.assertEqual(len(names), 1 + 5 + 6 + 8 + 18 + 2 + 2 + 8)
        self.assertIn("万元", names[5])
        order = [next(i for i, name in enumerate(names) if name.startswith(wanted)) for wanted in
                 ("调解案件总数", "涉及当事人数", "调解成功", "疑难复杂", "协议涉及金额", "村", "主动调解", "依申请", "婚姻家庭",
                  "其他纠纷", "口头协议", "书面协议", "排查纠纷", "预防纠纷", "防止民间纠纷引起自杀", "防止群体性械斗")]
        self.assertEqual(order, sorted(order), names)
        total = rows[max(i for i, row in enumerate(rows) if row[0] == "合计")]
        self.assertEqual(total[1], 12)
        self.assertEqual(total[3], 12)
        self.assertEqual(sum(total[i] for i, name in enumerate(names) if name.startswith(("口头协议", "书面协议"))), 12)
        self.assertEqual(form.freeze_panes, f"B{head + 2}")
        self.assertTrue(form.auto_filter.ref)
        self.assertEqual(form.page_setup.orientation, "landscape")
        self.assertIn(str(head + 1), form.print_title_rows)
        self.assertEqual(rows[1][0].split()[-1], str(json.loads(anjie("report", "--year", "2024", "--json", data=self.data))["as_of"]["position"]))

    def test_every_figure_is_the_one_of_the_json_and_the_sums_are_shown(self):
        book = self.book("report", "--year", "2024")
        report = json.loads(anjie("report", "--year", "2024", "--json", data=self.data))
        for section in report["sections"]:
            if section["id"] == "official_table":
                continue
            rows = {row[0].value: row for row in book[section["zh"]].iter_rows()}
            for row in section["rows"]:
                for cell, shown in zip(row["cells"], rows[row["id"]][2:]):
                    if cell["value"] is None:
                        self.assertEqual(shown.value, cell["text"])
                    elif cell["text"].endswith("%"):
                        self.assertAlmostEqual(shown.value * 100, float(cell["text"][:-1]), places=4)
                        self.assertIn("%", shown.number_format)
                    elif "." in cell["text"]:
                        self.assertAlmostEqual(shown.value, float(cell["text"]), places=6)
                    else:
                        self.assertEqual(shown.value, int(cell["text"]))
        sums = [row for row in book["勾稽关系"].iter_rows(min_row=2, values_only=True)]
        self.assertGreater(len(sums), 6)
        self.assertTrue(all(row[3] == 0 and row[1] == row[2] for row in sums), sums)
        about = {row[0]: row[1] for row in book["说明"].iter_rows(values_only=True)}
        self.assertEqual(about["截至日志位置"], report["as_of"]["position"])
        self.assertEqual(about["起"].date() if hasattr(about["起"], "date") else about["起"], datetime.date(2024, 1, 1))
        self.assertIn("S", [row[5] for row in book["比率口径"].iter_rows(values_only=True)])

    def test_a_public_report_hides_what_the_text_hides(self):
        book = self.book("report", "--year", "2024", "--public")
        report = json.loads(anjie("report", "--year", "2024", "--public", "--json", data=self.data))
        hidden = sum(cell.get("suppressed", False) for s in report["sections"] for r in s["rows"] for cell in r["cells"])
        self.assertGreater(hidden, 0)
        stars = sum(cell.value == "*" for sheet in book for row in sheet.iter_rows() for cell in row)
        self.assertGreaterEqual(stars, hidden)
        for section in report["sections"]:
            if section["id"] != "official_table":
                rows = {row[0].value: row for row in book[section["zh"]].iter_rows()}
                for row in section["rows"]:
                    for cell, shown in zip(row["cells"], rows[row["id"]][2:]):
                        self.assertEqual(shown.value == "*", cell.get("suppressed", False))

    def test_the_same_report_is_the_same_file(self):
        words = ["report", "--year", "2024", "--as-of", datetime.date.today().isoformat()]
        self.book(*words)
        first = (self.folder / "out.xlsx").read_bytes()
        self.book(*words)
        self.assertEqual((self.folder / "out.xlsx").read_bytes(), first)
        # No clock but the report's own: the end of the day in China, in UTC.
        properties = openpyxl.load_workbook(self.folder / "out.xlsx").properties
        self.assertEqual((properties.created, properties.modified), (properties.created, properties.created))
        self.assertEqual(properties.created.date(), datetime.date.today())
        self.assertEqual(properties.created.hour, 15)

    def test_lists_have_texts_days_and_amounts_of_their_kinds(self):
        book = self.book("case", "list")
        rows = list(book.active.iter_rows())
        self.assertEqual(len(rows), 1 + 15)
        number, organisation, opened, *_ = rows[1]
        self.assertEqual((number.data_type, number.number_format), ("s", "@"))
        self.assertEqual((opened.data_type, opened.number_format), ("d", "yyyy-mm-dd"))
        self.assertEqual(organisation.value, "540629-102")
        organisations = {row[1].value: row[1] for row in rows[1:]}
        self.assertEqual(organisations["=1+1"].data_type, "s")
        only = self.book("case", "list", "--search", "草场", "--limit", "1")
        self.assertEqual(only.active.max_row, 1 + len(json.loads(anjie("case", "list", "--search", "草场", "--json", data=self.data))))
        due = list(self.book("due", "--within", "60d").active.iter_rows(min_row=4))
        self.assertEqual(len(due), len(json.loads(anjie("due", "--within", "60d", "--json", data=self.data))))
        self.assertEqual(due[0][0].data_type, "d")
        english = self.book("due", "--within", "60d", lang="en")
        self.assertEqual(english.active.title, "Due")

    def test_findings_and_other_rules_are_tables_too(self):
        findings = self.book("audit", "findings").active
        with_json = json.loads(anjie("audit", "findings", "--json", data=self.data))
        self.assertGreater(len(with_json["findings"]), 0)
        self.assertEqual(findings.max_row - 4, len(with_json["findings"]))
        rules = self.folder / "rules.json"
        rules.write_text('{"deadlines": [{"kind": "revisit", "period": "15d"}]}')
        book = self.book("whatif", "--rules", rules, "--year", "2024", "--cases")
        self.assertEqual(book.sheetnames, ["数字", "案件"])
        self.assertGreater(book["案件"].max_row, 1)

    def test_csv_is_no_formula_either(self):
        text = anjie("report", "--year", str((datetime.date.today() - datetime.timedelta(days=12)).year), "--csv", "-", data=self.data)
        cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
        self.assertIn("'=1+1", [cell.strip() for cell in cells])
        self.assertEqual([cell for cell in cells if cell[:1] in "=+@\t" and cell], [])

    def test_a_file_that_cannot_be_written_is_an_error_and_leaves_nothing(self):
        anjie("report", "--year", "2024", "--xlsx", self.folder / "nowhere" / "a.xlsx", data=self.data, code=6)
        anjie("report", "--year", "2024", "--xlsx", self.folder, data=self.data, code=2)

    def test_the_form_of_a_ledger_is_filled_in_and_comes_back(self):
        form = self.folder / "form.xlsx"
        anjie("export", "ledger-template", form, data=self.data)
        book = openpyxl.load_workbook(form)
        sheet = book["台账"]
        columns = {cell.value: cell.column for cell in sheet[1]}
        choices = {str(v.sqref).split(":")[0][:-1]: v.formula1 for v in sheet.data_validations.dataValidation}
        letter = openpyxl.utils.get_column_letter
        self.assertIn("满意", choices[letter(columns["满意度"])])
        # A long list does not fit the cell's own rule: it stands on a hidden sheet.
        name, place = choices[letter(columns["纠纷类型"])].split("!")
        offered = [cell.value for row in book[name][place.replace("$", "")] for cell in row]
        self.assertEqual((len(offered), offered[0], book[name].sheet_state), (18, "婚姻家庭纠纷", "hidden"))
        self.assertEqual(sheet.column_dimensions[letter(columns["申请人身份证号"])].number_format, "@")
        with open(LEDGER, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        for place, row in enumerate(rows[1:], 2):
            for name, value in zip(rows[0], row):
                if name in columns and value:
                    sheet.cell(row=place, column=columns[name], value=value)
        sheet.cell(row=2, column=columns["申请人身份证号"], value="540629199001011234")
        book.save(form)
        other = self.folder / "other"
        anjie("init", other, *OFFICE)
        report = json.loads(anjie("import", form, "--json", data=other))
        self.assertEqual(report["totals"]["entered"], 12, report)
        self.assertEqual([m for m in report["messages"] if m["severity"] == "warning"], [])
        figures = {f["id"]: f["value"] for f in json.loads(anjie("report", "--year", "2024", "--json", data=other))["figures"]}
        self.assertEqual((figures["total"], figures["succeeded"], figures["revisit.made"]), (12, 12, 12))
        number = report["rows"][0]["number"]
        self.assertIn("540629199001011234", anjie("case", "show", number, data=other))
        shutil.rmtree(other)

    def test_the_calendar_is_one_to_other_programs_and_names_nobody(self):
        file = self.folder / "due.ics"
        anjie("export", "calendar", file, data=self.data)
        content = file.read_bytes()
        self.assertNotIn(b"\n", content.replace(b"\r\n", b""))
        self.assertTrue(all(len(line) <= 75 for line in content.split(b"\r\n")))
        calendar = icalendar.Calendar.from_ical(content)
        events = {str(e["SUMMARY"]).split("：")[1]: e for e in calendar.walk("VEVENT")}
        year = (datetime.date.today() - datetime.timedelta(days=12)).year
        due, done = events[f"尼阿调〔{year}〕801号"], events[f"尼阿调〔{year}〕802号"]
        self.assertEqual((due["STATUS"], done["STATUS"]), ("CONFIRMED", "CANCELLED"))
        listed = {e["case"]: e for e in json.loads(anjie("due", "--within", "60d", "--json", data=self.data)) if e["deadline"] == "revisit"}
        self.assertEqual(due["DTSTART"].dt.isoformat(), listed[f"尼阿调〔{year}〕801号"]["due"])
        self.assertEqual(due["DTEND"].dt - due["DTSTART"].dt, datetime.timedelta(days=1))
        self.assertEqual([a["TRIGGER"].dt for a in due.walk("VALARM")], [datetime.timedelta(hours=-15), datetime.timedelta(hours=9)])
        self.assertEqual(len({str(e["UID"]) for e in events.values()}), len(events))
        self.assertIsNone(re.search("甲某|乙某", content.replace(b"\r\n ", b"").decode()))
        self.assertIsNone(NAMES.search(content.replace(b"\r\n ", b"").decode()))
        # Whoever holds none of them is shown none.
        nobody = anjie("export", "calendar", "-", "--holder", "nobody", data=self.data)
        self.assertNotIn("VEVENT", nobody)
        everything = anjie("export", "calendar", "-", "--all", "--org", "540629", data=self.data)
        self.assertIn("VEVENT", everything)


if __name__ == "__main__":
    unittest.main()
