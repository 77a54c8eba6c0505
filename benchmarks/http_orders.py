#!/usr/bin/env python3
"""Durable commands a second over HTTP, beside the engine without a wire in the same run: http_orders.py ANJIE HTTP_LOAD [--seconds 10] [--cases 4000]

The load is a second process on the same machine: keep-alive connections, one command under way on each. Run by hand
(docs/performance.md).
"""
import argparse
import concurrent.futures
import json
import re
import subprocess

from accepted_cases import STEP, accepted_cases, new_office


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("anjie")
    arguments.add_argument("http_load")
    arguments.add_argument("--seconds", type=int, default=10)
    arguments.add_argument("--cases", type=int, default=4000)
    arguments.add_argument("--connections", type=int, nargs="+", default=[1, 16, 64, 256])
    options = arguments.parse_args()
    bench = subprocess.run([options.anjie, "--lang", "en", "bench", "--cases", "20000"], capture_output=True, text=True, check=True).stdout
    print("\n".join(line for line in bench.splitlines() if re.search("Durable commands|One client|fdatasync", line)), flush=True)
    office = new_office(options.anjie)
    try:
        token = office.token("work_on_case")
        office.serve()
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            paths = [one for part in pool.map(lambda _: accepted_cases(office, options.cases // 8), range(8)) for one in part]
        targets = office.top / "targets"
        targets.write_text("".join(f"{one}\n" for one in paths))
        for connections in options.connections:
            subprocess.run([options.http_load, str(office.port), f"@{targets}", str(connections), str(options.seconds), token,
                            json.dumps(STEP)], check=True)
    finally:
        office.close()


if __name__ == "__main__":
    main()
