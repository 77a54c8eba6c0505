#!/usr/bin/env python3
"""Whether a served office stays flat: soak.py ANJIE [--minutes 10] [--idle 1000] [--slow 50] [--rate 300] [--cases 2000] [--fill HTTP_LOAD]

Idle connections that the server may close and that come back, slow readers of the live feed that it may drop and that
go on where they were, and one steady writer on cases that are there. Prints the server's resident memory, descriptors and threads every half a
minute, and at the end the growth of the second half. With --fill, as many commands as http_load can give in a minute go
before all that, so that the store's memory tables have been full once. Run by hand (docs/performance.md).
"""
import argparse
import json
import os
import pathlib
import re
import select
import socket
import subprocess
import threading
import time

from accepted_cases import STEP, Writer, accepted_cases, new_office


class Counts:
    written = come_back = resumed = lost_order = 0


def write(port, token, paths, rate, stop):
    writer, begun, sent = Writer(port, token), time.monotonic(), 0
    while not stop.is_set():
        if sent > (time.monotonic() - begun) * rate:
            time.sleep(0.002)
            continue
        writer.give(paths[sent % len(paths)], STEP)
        sent += 1
        Counts.written = sent


def idle(port, count, stop):
    """Each asks once and is silent."""
    sockets = {}
    poll = select.poll()

    def connect():
        one = socket.create_connection(("127.0.0.1", port))
        one.sendall(b"GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n")
        sockets[one.fileno()] = one
        poll.register(one, select.POLLIN)

    for _ in range(count):
        connect()
    while not stop.is_set():
        for descriptor, _ in poll.poll(500):
            one = sockets[descriptor]
            try:
                gone = not one.recv(1 << 20)
            except OSError:
                gone = True
            if gone:
                poll.unregister(one)
                del sockets[descriptor]
                one.close()
                if stop.is_set():
                    return
                connect()
                Counts.come_back += 1


def read_slowly(port, token, stop):
    """Two kilobytes a second, from a small window; whoever is dropped goes on after the last event it has whole."""
    last = 0
    while not stop.is_set():
        with socket.socket() as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            one.settimeout(60)
            one.connect(("127.0.0.1", port))
            one.sendall(f"GET /v1/feed?after={last} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
            rest = ""
            while not stop.is_set():
                time.sleep(1)
                try:
                    piece = one.recv(2048)
                except OSError:
                    break
                if not piece:
                    break
                rest += piece.decode(errors="replace")
                *whole, rest = rest.split("\n\n")
                for event in whole:
                    found = re.search(r"^id: (\d+)", event, re.M)
                    if found and int(found[1]) not in (last, last + 1):
                        Counts.lost_order += 1
                    last = int(found[1]) if found else last
        Counts.resumed += 1


def state_of(process):
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    return {"rss_kib": int(re.search(r"VmRSS:\s+(\d+)", status)[1]), "threads": int(re.search(r"Threads:\s+(\d+)", status)[1]),
            "descriptors": len(os.listdir(f"/proc/{process}/fd"))}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("anjie")
    arguments.add_argument("--minutes", type=float, default=10)
    arguments.add_argument("--idle", type=int, default=1000)
    arguments.add_argument("--slow", type=int, default=50)
    arguments.add_argument("--rate", type=int, default=300)
    arguments.add_argument("--cases", type=int, default=2000)
    arguments.add_argument("--fill", metavar="HTTP_LOAD")
    options = arguments.parse_args()
    office = new_office(options.anjie)
    stop = threading.Event()
    try:
        writer, reader = office.token("work_on_case"), office.token("read_feed")
        office.serve()
        paths = accepted_cases(office, options.cases)
        if options.fill:
            (office.top / "targets").write_text("".join(f"{one}\n" for one in paths))
            subprocess.run([options.fill, str(office.port), f"@{office.top / 'targets'}", "64", "60", writer, json.dumps(STEP)], check=True)
        threads = [threading.Thread(target=idle, args=(office.port, options.idle, stop), daemon=True),
                   threading.Thread(target=write, args=(office.port, writer, paths, options.rate, stop), daemon=True)]
        threads += [threading.Thread(target=read_slowly, args=(office.port, reader, stop), daemon=True) for _ in range(options.slow)]
        for thread in threads:
            thread.start()
        begun, seen = time.monotonic(), []
        while (passed := time.monotonic() - begun) < options.minutes * 60:
            time.sleep(min(30, options.minutes * 60 / 10))
            now = state_of(office.process.pid)
            seen.append(now["rss_kib"])
            print(json.dumps({"seconds": round(passed), **now, "orders": Counts.written, "idle_came_back": Counts.come_back,
                              "feeds_resumed": Counts.resumed, "feed_gaps": Counts.lost_order}), flush=True)
        half = seen[len(seen) // 2:]
        print(json.dumps({"growth_of_the_second_half_kib": half[-1] - half[0], "highest_kib": max(seen), "feed_gaps": Counts.lost_order}))
    finally:
        stop.set()
        office.close()


if __name__ == "__main__":
    main()
