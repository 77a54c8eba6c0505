"""nats-server as the tests start it, and the few words of its protocol that they need to ask it."""
import json
import shutil
import signal
import socket
import subprocess

from sink_office import until


class Server:
    """nats-server with its store in a folder, on a free port of 127.0.0.1."""

    def __init__(self, folder, *words):
        program = shutil.which("nats-server") or shutil.which("nats-server", path="/usr/sbin:/usr/local/bin")
        if program is None:
            raise AssertionError("nats-server is not installed: ./dev test installs it")
        self.program, self.folder, self.words, self.process = program, folder, words, None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.start()

    def start(self):
        self.process = subprocess.Popen([self.program, "-a", "127.0.0.1", "-p", str(self.port), "-js", "-sd", str(self.folder), *self.words],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        def answers():
            try:
                client = Client(self.port)
            except OSError:
                return False
            try:
                return client.request("$JS.API.INFO", "") is not None
            except OSError:
                return False
            finally:
                client.close()
        until(answers, "the server answers")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=30)

    @property
    def url(self):
        return f"nats://127.0.0.1:{self.port}"


class Client:
    """The few words of the protocol that a reader needs."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.file = self.socket.makefile("rwb")
        self.file.readline()
        self.send(b'CONNECT {"verbose":false,"headers":true}\r\nSUB _INBOX.x 1\r\n')

    def send(self, text):
        self.file.write(text)
        self.file.flush()

    def request(self, subject, body):
        self.send(f"PUB {subject} _INBOX.x {len(body)}\r\n{body}\r\n".encode())
        while True:
            words = self.file.readline().split()
            if not words:
                raise OSError("the server is gone")
            if words[0] == b"PING":
                self.send(b"PONG\r\n")
            elif words[0] in (b"MSG", b"HMSG"):
                payload = self.file.read(int(words[-1]) + 2)[:-2]
                return json.loads(payload[int(words[-2]) if words[0] == b"HMSG" else 0:] or b"{}")

    def close(self):
        self.file.close()
        self.socket.close()
