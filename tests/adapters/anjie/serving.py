"""A running `anjie serve` for end-to-end tests: started on free ports, stopped by the test."""
import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import threading
import time


class Serving:
    def __init__(self, anjie, directory, *words, tls=False, environment=None):
        self.tls = tls
        env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **(environment or {})}
        arguments = [anjie, "--json", "serve", str(directory), *map(str, words)]
        if "--http" not in arguments:
            arguments += ["--http", "127.0.0.1:0"]
        if "--operation" not in arguments:
            arguments += ["--operation", "127.0.0.1:0"]
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)
        self.log_text = []
        self.reader = threading.Thread(target=self._read_log, daemon=True)
        self.reader.start()
        line = self.process.stdout.readline()
        if not line:
            self.process.wait(timeout=30)
            self.reader.join(timeout=30)
            raise AssertionError("it does not listen: " + "".join(self.log_text))
        listening = json.loads(line)
        self.port = int(listening["listening"].rsplit(":", 1)[1])
        self.rpc = int(listening["rpc"].rsplit(":", 1)[1]) if "rpc" in listening else None
        self.operation = int(listening["operation"].rsplit(":", 1)[1]) if "operation" in listening else None

    def _read_log(self):
        for line in self.process.stderr:
            self.log_text.append(line)

    def log(self):
        """What it has logged up to now; each line has to be an object, but the two that say how to make the first user."""
        hints = [line for line in self.log_text if not line.startswith("{")]
        assert len(hints) in (0, 2) and all("user" in line for line in hints), hints
        return [json.loads(line) for line in self.log_text if line.startswith("{")]

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(timeout=60)
        self.reader.join(timeout=30)
        self.process.stdout.close()
        self.process.stderr.close()
        return code

    def connect(self, port=None):
        if self.tls and port is None:
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=30, context=context)
        return http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=30)

    def ask(self, path, method="GET", body=None, headers=None, port=None, connection=None):
        mine = connection is None
        connection = connection or self.connect(port)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.headers
        finally:
            if mine:
                connection.close()

    def await_ready(self, seconds=60):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.ask("/readyz")[0] == 200:
                return
        raise AssertionError("it does not become ready: " + "".join(self.log_text))

    def number(self, name):
        """One number of /metrics."""
        for line in self.ask("/metrics", port=self.operation)[1].splitlines():
            if line.split(" ")[0] == name:
                return float(line.split(" ")[1])
        raise AssertionError(f"there is no {name}")

    def await_number(self, name, condition, seconds=60):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if condition(value := self.number(name)):
                return value
        raise AssertionError(f"{name} stays at {value}")

    def raw(self, data):
        """Sends bytes as they are; answers what came back until the other side closed."""
        received = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(data)
            try:
                while piece := connection.recv(65536):
                    received += piece
            except ConnectionError:
                pass
        return received
