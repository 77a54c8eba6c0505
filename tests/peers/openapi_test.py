"""The OpenAPI document that the program serves, judged by validators that others wrote."""
import json
import pathlib
import sys
import unittest

import peers

ANJIE, SOURCE = sys.argv.pop(1), sys.argv.pop(1)

from office import Office  # noqa: E402


class TheDocument(unittest.TestCase):
    def test_it_is_openapi_3_1_and_its_schemas_are_json_schema(self):
        office = Office(ANJIE, SOURCE, ledger=False, people={"head": ("head", "540629-102", "restricted")})
        try:
            office.serve()
            document = json.loads(office.login("head").get("/v1/openapi.json").body)
        finally:
            office.close()
        written = json.loads((pathlib.Path(SOURCE) / "adapters/api/data/openapi.json").read_text(encoding="utf-8"))
        # Where nobody is known to hand cases to, that route is not served; it is judged with the rest.
        left_out = set(written["paths"]) - set(document["paths"])
        self.assertEqual(left_out, {"/v1/handover/messages"})
        document["paths"].update({path: written["paths"][path] for path in left_out})
        for kind, components in written["components"].items():
            document["components"][kind] = {**components, **document["components"][kind]}
        told = peers.ask("openapi.mjs", given={"document": document})
        self.assertIsNone(told["complaint"])
        self.assertGreater(told["schemas"], 100)
        self.assertEqual(told["operations"], sum(map(len, written["paths"].values())))
        self.assertEqual(len(told["refusals"]), 13)


if __name__ == "__main__":
    unittest.main()
