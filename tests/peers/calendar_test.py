"""Calendars, exported and served, as ical.js understands them."""
import csv
import datetime
import json
import sys
import unittest

import peers

ANJIE, SOURCE = sys.argv.pop(1), sys.argv.pop(1)

from office import Office, until  # noqa: E402

NAMES = ("甲某", "乙某", "AS-T01", "各自让步")
COLUMNS = ["案号", "受理日期", "纠纷类型", "案件来源", "申请人", "被申请人", "调解员编号", "调解结果", "协议日期", "协议形式", "协议内容",
           "回访日期", "回访方式", "满意度"]


class TheCalendarProgram(unittest.TestCase):
    """Three settled disputes, of which one has been revisited and two have to be."""

    @classmethod
    def setUpClass(cls):
        cls.office = Office(ANJIE, SOURCE, ledger=False, people={"head": ("head", "540629-102", "restricted")})
        cls.addClassCleanup(cls.office.close)  # Also when what follows fails.
        ledger = cls.office.top / "ledger.csv"
        accepted, agreed, revisited = (datetime.date.today() - datetime.timedelta(days=days) for days in (12, 10, 2))
        base = ["婚姻家庭纠纷", "主动调解", "甲某", "乙某", "AS-T01", "调解成功", agreed, "口头", "各自让步"]
        cls.numbers = [f"尼阿调〔{accepted.year}〕{number}号" for number in (801, 802, 803)]
        with open(ledger, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([COLUMNS, [cls.numbers[0], accepted, *base, "", "", ""],
                                        [cls.numbers[1], accepted, *base, revisited, "电话", "满意"],
                                        [cls.numbers[2], accepted, *base, "", "", ""]])
        cls.office.run("import", ledger)
        cls.exported = cls.office.top / "due.ics"
        cls.office.run("--lang", "zh", "export", "calendar", cls.exported)
        cls.office.serve()
        cls.head = cls.office.login("head", language="zh")
        due = until(lambda: cls.head.get("/v1/due?within=60d").json["due"], "what is due is not listed")
        cls.revisits = {one["case"]: one["due"] for one in due if one["deadline"] == "revisit"}

    def understood(self, content):
        """The events by the number of their case, after what holds for every calendar was seen to hold."""
        self.assertTrue(all(len(line) <= 75 for line in content.split(b"\r\n")))
        told = peers.ask("calendar.mjs", given={"text": content.decode("utf-8")})
        self.assertEqual(told["version"], "2.0")
        self.assertEqual(len(told["refusals"]), 4)
        self.assertEqual(len({event["uid"] for event in told["events"]}), len(told["events"]))
        for event in told["events"]:
            self.assertTrue(event["wholeDays"], event)
            self.assertEqual((event["days"], event["stampZone"]), (1, "UTC"), event)
            self.assertLess(abs(event["stamp"] - datetime.datetime.now().timestamp()), 3600)
            self.assertFalse([name for name in NAMES if name in json.dumps(event, ensure_ascii=False)])
        return {event["summary"].split("：")[-1]: event for event in told["events"]}

    def check_due(self, events):
        self.assertEqual(set(self.revisits), {self.numbers[0], self.numbers[2]})
        for number, day in self.revisits.items():
            event = events[number]
            self.assertEqual((event["start"], event["status"]), (day, "CONFIRMED"))
            self.assertEqual([(alarm["action"], alarm["at"]) for alarm in event["alarms"]], [("DISPLAY", -15), ("DISPLAY", 9)])

    def test_the_exported_one_with_what_has_been_done(self):
        events = self.understood(self.exported.read_bytes())
        self.check_due(events)
        done = events.pop(self.numbers[1])
        self.assertEqual((done["status"], done["alarms"]), ("CANCELLED", []))
        self.assertEqual(set(events), set(self.revisits))

    def test_the_served_one(self):
        made = self.head.ask("POST", "/v1/calendar-addresses").json
        answer = self.head.get(made["path"], headers={"Cookie": None})
        self.assertEqual(answer.headers["Content-Type"].split(";")[0], "text/calendar")
        self.check_due(self.understood(answer.body.encode()))


if __name__ == "__main__":
    unittest.main()
