"""A receiver of webhooks that keeps what it got, in clear or over TLS; secrets to sign with; an authority for certificates."""
import base64
import http.server
import json
import ssl
import subprocess
import threading

SECRET = base64.b64encode(bytes(range(32))).decode()
OLD_SECRET = base64.b64encode(bytes(range(1, 33))).decode()


class Receiver(http.server.ThreadingHTTPServer):
    """Keeps what it accepted; `judge` decides the status of each request."""
    daemon_threads = True

    def __init__(self, tls=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.tls = None
        if tls:
            self.show(tls)
        self.accepted, self.requests, self.lock = [], [], threading.Lock()
        self.judge = lambda request: 204
        self.headers_back = {}
        self.thread = threading.Thread(target=self.serve_forever, daemon=True)
        self.thread.start()

    def show(self, files):
        """From the next connection on it shows this certificate: the files of chain and key."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files)
        self.tls = context

    def get_request(self):
        connection, address = super().get_request()
        connection.settimeout(60)
        # Hands are shaken in the thread of the connection: one that stands still holds nobody.
        return (self.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False) if self.tls else connection), address

    def handle_error(self, request, client_address):
        """A sink that is killed breaks its connection."""

    @property
    def url(self):
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self.server_address[1]}/in?token=hidden"

    def events(self):
        with self.lock:
            return [event for request in self.accepted for event in request["events"]]

    def close(self):
        self.shutdown()
        self.server_close()
        self.thread.join(timeout=10)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        parsed = json.loads(body)
        request = {"headers": dict(self.headers), "body": body, "path": self.path,
                   "tls": self.connection.version() if self.server.tls else None,
                   "events": parsed if isinstance(parsed, list) else [parsed]}
        status = self.server.judge(request)
        with self.server.lock:
            self.server.requests.append(request)
            if 200 <= status < 300:
                self.server.accepted.append(request)
        self.send_response(status)
        for name, value in self.server.headers_back.items():
            self.send_header(name, value)
        if "Content-Length" not in self.server.headers_back:
            self.send_header("Content-Length", "0")
        self.end_headers()
        if "Content-Length" in self.server.headers_back:
            try:
                for _ in range(1000):
                    self.wfile.write(b"x" * 100_000)
            except OSError:
                self.close_connection = True


class Authority:
    """Makes certificates that are believed where its own is named."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.file, self.key = folder / f"{name}.pem", folder / f"{name}.key"
        self.openssl("req", "-x509", *self.new_key(self.key), "-days", "2", "-subj", f"/CN={name}", "-out", self.file,
                     "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")

    @staticmethod
    def openssl(*words):
        subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True, timeout=60)

    @staticmethod
    def new_key(file):
        return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", file]

    def certificate(self, name, *alternatives, days=2):
        """The files of certificate and key of a server that is called this: ("IP:127.0.0.1", "DNS:localhost")."""
        request, extensions = self.folder / f"{name}.csr", self.folder / f"{name}.ext"
        made, key = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        self.openssl("req", "-new", *self.new_key(key), "-subj", f"/CN={name}", "-out", request)
        extensions.write_text(f"subjectAltName={','.join(alternatives)}\nextendedKeyUsage=serverAuth\n", encoding="ascii")
        self.openssl("x509", "-req", "-in", request, "-CA", self.file, "-CAkey", self.key, "-CAcreateserial", "-days", days,
                     "-extfile", extensions, "-out", made)
        return made, key
