#!/usr/bin/env python3
"""Commit to subscriber over Server-Sent Events, beside one fdatasync: feed_latency.py ANJIE [--rate 1000] [--seconds 20] [--feeds 50]

Writers in processes of their own register disputes at the given rate; a subscriber notes when each event arrives. The
time runs from recorded_at, which the engine takes before it writes, so one write to disk is in it. Run by hand.
"""
import argparse
import datetime
import json
import multiprocessing
import os
import pathlib
import socket
import threading
import time

from accepted_cases import Writer, new_office

CASE = {"fields": {"source": "application", "channel": "written", "type": "neighbour", "difficulty": "ordinary",
                   "parties": [{"number": 1, "role": "applicant", "kind": "natural_person"},
                               {"number": 2, "role": "respondent", "kind": "natural_person"}]}}


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def fdatasync_ms(folder, count=300):
    times = []
    with open(pathlib.Path(folder) / "sync", "wb", buffering=0) as file:
        for _ in range(count):
            begun = time.perf_counter()
            file.write(b"x" * 512)
            os.fdatasync(file.fileno())
            times.append((time.perf_counter() - begun) * 1000)
    return times


def write(port, token, rate, seconds):
    writer = Writer(port, token)
    begun, sent = time.monotonic(), 0
    while (now := time.monotonic()) - begun < seconds:
        if sent > (now - begun) * rate:
            time.sleep(0.0005)
            continue
        writer.give("/v1/cases", CASE)
        sent += 1


def follow(port, token, delays, stop):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(f"GET /v1/feed HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
        rest = b""
        while not stop.is_set():
            piece = connection.recv(1 << 16)
            now = time.time()
            if not piece:
                return
            rest += piece
            while b"\n" in rest:
                line, rest = rest.split(b"\n", 1)
                if delays is None or not line.startswith(b"data: {"):
                    continue
                event = json.loads(line[6:])
                if "recorded_at" in event:  # The last one says that the server stops.
                    delays.append((now - datetime.datetime.fromisoformat(event["recorded_at"]).timestamp()) * 1000)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("anjie")
    arguments.add_argument("--rate", type=int, default=1000)
    arguments.add_argument("--seconds", type=int, default=20)
    arguments.add_argument("--feeds", type=int, default=50)
    arguments.add_argument("--writers", type=int, default=2)
    options = arguments.parse_args()
    office = new_office(options.anjie)
    try:
        writer, reader = office.token("register_case"), office.token("read_feed")
        office.serve()
        stop, delays = threading.Event(), []
        for n in range(options.feeds):
            threading.Thread(target=follow, args=(office.port, reader, delays if n == 0 else None, stop), daemon=True).start()
        time.sleep(1)
        processes = [multiprocessing.Process(target=write, args=(office.port, writer, options.rate / options.writers, options.seconds))
                     for _ in range(options.writers)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        time.sleep(1)
        stop.set()
        sync = fdatasync_ms(office.top)
        print(json.dumps({"commands_per_second": round(len(delays) / options.seconds), "feeds": options.feeds,
                          "commit_to_subscriber_ms": {"p50": round(percentile(delays, 0.5), 2), "p99": round(percentile(delays, 0.99), 2),
                                                      "max": round(max(delays), 2)},
                          "fdatasync_ms": {"p50": round(percentile(sync, 0.5), 2), "p99": round(percentile(sync, 0.99), 2)}}, indent=1))
    finally:
        office.close()


if __name__ == "__main__":
    main()
