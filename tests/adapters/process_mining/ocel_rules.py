"""What OCEL 2.0 demands, restated as questions that a damaged log answers differently.

`json_complaints` goes beyond the JSON Schema beside it: names have to be declared, ids unique, references sound.
`sqlite_complaints` asks the 24 questions of the relational form, each a query that must find nothing.
"""
import datetime
import re

TYPED = {
    "string": lambda text: True,
    "integer": lambda text: re.fullmatch(r"-?\d+", text),
    "float": lambda text: re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", text),
    "boolean": lambda text: text in ("true", "false"),
    "time": lambda text: parsed(text),
}


def parsed(text):
    try:
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).tzinfo is not None
    except ValueError:
        return False


def json_complaints(log):
    out = []
    declared = {}
    for family in ("objectTypes", "eventTypes"):
        names = [one["name"] for one in log[family]]
        if len(set(names)) != len(names):
            out.append(f"{family}: a name twice")
        declared[family] = {one["name"]: {a["name"]: a["type"] for a in one["attributes"]} for one in log[family]}
        if any(len(declared[family][one["name"]]) != len(one["attributes"]) for one in log[family]):
            out.append(f"{family}: an attribute twice")
    objects = {one["id"] for one in log["objects"]}
    ids = [one["id"] for one in log["objects"] + log["events"]]
    if len(set(ids)) != len(ids):
        out.append("an id twice")
    for family, types in (("objects", "objectTypes"), ("events", "eventTypes")):
        for one in log[family]:
            attributes = declared[types].get(one["type"])
            if attributes is None:
                out.append(f"{one['id']}: undeclared type {one['type']}")
                continue
            seen = set()
            for value in one.get("attributes", []):
                kind = attributes.get(value["name"])
                if kind is None:
                    out.append(f"{one['id']}: undeclared attribute {value['name']}")
                elif value["value"] and not TYPED[kind](value["value"]):
                    out.append(f"{one['id']}: {value['name']} is no {kind}")
                if (value["name"], value.get("time")) in seen:
                    out.append(f"{one['id']}: {value['name']} twice at one time")
                seen.add((value["name"], value.get("time")))
            for relation in one.get("relationships", []):
                if relation["objectId"] not in objects:
                    out.append(f"{one['id']}: related to nothing: {relation['objectId']}")
    return out


FIXED = {
    "event_map_type": (["ocel_type", "ocel_type_map"], ["ocel_type"]),
    "object_map_type": (["ocel_type", "ocel_type_map"], ["ocel_type"]),
    "event": (["ocel_id", "ocel_type"], ["ocel_id"]),
    "object": (["ocel_id", "ocel_type"], ["ocel_id"]),
    "event_object": (["ocel_event_id", "ocel_object_id", "ocel_qualifier"], ["ocel_event_id", "ocel_object_id", "ocel_qualifier"]),
    "object_object": (["ocel_source_id", "ocel_target_id", "ocel_qualifier"], ["ocel_source_id", "ocel_target_id", "ocel_qualifier"]),
}


class Database:
    def __init__(self, connection):
        self.connection = connection
        self.tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def rows(self, sql):
        return self.connection.execute(sql).fetchall()

    def columns(self, table):
        return {row[1]: row for row in self.rows(f'PRAGMA table_info("{table}")')} if table in self.tables else {}

    def primary_key(self, table):
        return sorted(name for name, row in self.columns(table).items() if row[5])

    def references(self, table):
        if table not in self.tables:
            return set()
        return {(row[3], row[2], row[4]) for row in self.rows(f'PRAGMA foreign_key_list("{table}")')}

    def of_types(self, family):
        maps = f"{family}_map_type"
        if not {"ocel_type", "ocel_type_map"} <= set(self.columns(maps)):
            return {}
        return {row[0]: f"{family}_{row[1]}" for row in self.rows(f"SELECT ocel_type, ocel_type_map FROM {maps}")}


def sqlite_complaints(connection):
    db = Database(connection)
    events, objects = db.of_types("event"), db.of_types("object")
    out = []

    def ask(number, question, sound):
        if not sound:
            out.append(f"{number}: {question}")

    def none(sql):
        try:
            return not db.rows(sql)
        except Exception:  # A table that the question is about is missing.
            return False

    def all_of(tables, test):
        return bool(tables) and all(table in db.tables and test(table) for table in tables.values())

    def listed(family, known):
        own = {f"{family}_map_type", "event_object" if family == "event" else "object_object", *known.values()}
        return {row[0] for row in db.rows(f"SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '{family}_%'")} <= own

    fixed = list(FIXED.items())
    for number, (table, (columns, _)) in enumerate(fixed, 1):
        ask(number, f"{table} has its columns", list(db.columns(table)) == columns)
    ask(7, "primary keys of the fixed tables", all(db.primary_key(table) == sorted(key) for table, (_, key) in fixed))
    ask(8, "every event type has its table", all_of(events, lambda table: table in db.tables))
    ask(9, "every object type has its table", all_of(objects, lambda table: table in db.tables))
    ask(10, "table names of event types differ", len(set(events.values())) == len(events))
    ask(11, "table names of object types differ", len(set(objects.values())) == len(objects))
    ask(12, "no other table looks like one of events", listed("event", events))
    ask(13, "no other table looks like one of objects", listed("object", objects))
    ask(14, "tables of events: id and time first, id the key", all_of(events, lambda table: list(db.columns(table))[:2] == ["ocel_id", "ocel_time"]
                                                                      and db.primary_key(table) == ["ocel_id"]))
    ask(15, "tables of objects: id, time and changed field first", all_of(objects, lambda table: list(db.columns(table))[:3] ==
                                                                          ["ocel_id", "ocel_time", "ocel_changed_field"]))
    ask(16, "times are declared TIMESTAMP", all_of({**events, **objects}, lambda table: db.columns(table).get("ocel_time", [0, 0, 0])[2] == "TIMESTAMP"))
    ask(17, "events and objects refer to their types", ("ocel_type", "event_map_type", "ocel_type") in db.references("event")
        and ("ocel_type", "object_map_type", "ocel_type") in db.references("object"))
    ask(18, "relations refer to events and objects", db.references("event_object") == {("ocel_event_id", "event", "ocel_id"), ("ocel_object_id", "object", "ocel_id")}
        and db.references("object_object") == {("ocel_source_id", "object", "ocel_id"), ("ocel_target_id", "object", "ocel_id")})
    ask(19, "tables of types refer to events and objects", all_of(events, lambda table: ("ocel_id", "event", "ocel_id") in db.references(table))
        and all_of(objects, lambda table: ("ocel_id", "object", "ocel_id") in db.references(table)))
    ask(20, "no reference leads nowhere", none("PRAGMA foreign_key_check"))
    ask(21, "every event stands once in the table of its type and in no other",
        all_of(events, lambda table: True) and all(
            none(f"SELECT ocel_id FROM event WHERE ocel_type = '{name}' EXCEPT SELECT ocel_id FROM {table}")
            and none(f"SELECT ocel_id FROM {table} EXCEPT SELECT ocel_id FROM event WHERE ocel_type = '{name}'") for name, table in events.items()))
    ask(22, "every object stands in the table of its type and in no other",
        all_of(objects, lambda table: True) and all(
            none(f"SELECT ocel_id FROM object WHERE ocel_type = '{name}' EXCEPT SELECT ocel_id FROM {table}")
            and none(f"SELECT ocel_id FROM {table} EXCEPT SELECT ocel_id FROM object WHERE ocel_type = '{name}'") for name, table in objects.items()))
    ask(23, "times can be read", all_of({**events, **objects}, lambda table: none(f"SELECT 1 FROM {table} WHERE julianday(ocel_time) IS NULL")))
    ask(24, "a changed field is a column, and nothing else changes with it", all_of(objects, lambda table: changes_one_field(db, table)))
    return out


def changes_one_field(db, table):
    own = list(db.columns(table))[3:]
    if "ocel_changed_field" not in db.columns(table):
        return False
    for row in db.rows(f"SELECT * FROM {table} WHERE ocel_changed_field IS NOT NULL"):
        if row[2] not in own or any(value is not None for name, value in zip(own, row[3:]) if name != row[2]):
            return False
    return True
