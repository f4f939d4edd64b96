#!/usr/bin/env python3
"""A real Kannel on loopback for tests, with a test SMSC inside this script.

Makes a temporary folder with a configuration, starts bearerbox and smsbox on
free ports of 127.0.0.1, waits until a sendsms request works, then prints one
line, `ready PORT`. Messages go to
    http://127.0.0.1:PORT/cgi-bin/sendsms?username=..&password=..&to=..&text=..
Everything (both programs, the folder) ends when stdin closes, on SIGTERM or
on SIGINT. Give it a pipe as stdin: with /dev/null it ends at once.

  --record FILE     append each message the SMSC took as a JSON line
                    {"to": .., "from": .., "text": ..}; a long message, which
                    Kannel splits, is one line again
  --username NAME   for sendsms (test)
  --password WORD   for sendsms (test)
  --delivered       the SMSC reports each message as delivered: type 1 (default)
  --undelivered     ... as not delivered: type 2
  --silent          ... never reports
  --reject TO       the SMSC refuses messages to this number; may be repeated
  --down            the SMSC's port is closed once Kannel is ready
  --queue-limit N   Kannel keeps N messages at most for an SMSC that is down
  --port PORT       of sendsms (a free one)
  --log FILE        append what bearerbox and smsbox say
  --root DIR        where the packages were unpacked with `dpkg -x`, if they
                    are not installed

Needs Debian's package `kannel`, nothing else. The SMSC is Kannel's
`smsc = http`, `system-type = generic`: Kannel calls the HTTP server in here
for each message, which calls Kannel back with the delivery report.
"""

import argparse
import ctypes
import glob
import http.client
import http.server
import json
import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import uuid

PROBE = "000"  # the number of the message sent to see whether Kannel works

CONFIG = """
group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = {secret}
admin-allow-ip = 127.0.0.1
admin-deny-ip = *.*.*.*
smsbox-port = {box}
smsbox-interface = 127.0.0.1
box-allow-ip = 127.0.0.1
box-deny-ip = *.*.*.*
dlr-storage = internal
sms-outgoing-queue-limit = {limit}

group = smsc
smsc = http
smsc-id = test
system-type = generic
port = {report}
connect-allow-ip = 127.0.0.1
smsc-username = smsc
smsc-password = {secret}
reconnect-delay = 1
send-url = "http://127.0.0.1:{smsc}/?id=%I&from=%P&to=%p&coding=%c&mask=%d&udh=%u&text=%b"
status-success-regex = "^ok"
status-permfail-regex = "^refused"
status-tempfail-regex = "^later"

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = {box}
sendsms-port = {sendsms}
sendsms-interface = 127.0.0.1
sendsms-chars = "0123456789 +-"

group = sendsms-user
username = "{username}"
password = "{password}"
default-sender = test
max-messages = 10
concatenation = true
"""


class Smsc(http.server.ThreadingHTTPServer):
    """Takes Kannel's messages over HTTP and sends the delivery reports."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, args):
        super().__init__(("127.0.0.1", 0), Handler)
        self.args = args
        self.report_port = None
        self.secret = None
        self.lock = threading.Lock()
        self.parts = {}
        self.connections = set()
        self.reports = queue.Queue()

    def take(self, query):
        fields = {k: v.encode("latin-1") for k, v in urllib.parse.parse_qsl(
            query, keep_blank_values=True, encoding="latin-1")}
        get = lambda name: fields.get(name, b"").decode("utf-8", "replace").strip()
        to, number = get("to"), get("from")
        if to in self.args.reject:
            return "refused"
        if to == PROBE:
            return "ok"
        with self.lock:
            data = self.join((number, to), fields.get("udh", b""), fields.get("text", b""))
            if data is not None and self.args.record:
                charset = "utf-16-be" if get("coding") == "2" else "utf-8"
                line = {"to": to, "from": number, "text": data.decode(charset, "replace")}
                with open(self.args.record, "a", encoding="utf-8") as file:
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")
        mask = int(get("mask") or 0)  # -1: no report was asked for
        if mask > 0 and mask & self.args.report:
            self.reports.put((get("id"), to))
        return "ok"

    def join(self, key, udh, data):
        """The whole message, or None as long as parts of it are missing."""
        at = 1
        while at + 1 < len(udh):
            kind, size = udh[at], udh[at + 1]
            value = udh[at + 2:at + 2 + size]
            if kind in (0, 8) and len(value) >= 3:
                parts = self.parts.setdefault(key + (value[:-2],), {})
                parts[value[-1]] = data
                if len(parts) < value[-2]:
                    return None
                del self.parts[key + (value[:-2],)]
                return b"".join(parts[n] for n in sorted(parts))
            at += 2 + size
        return data

    def send_reports(self):
        """Kannel knows a message only a moment after the SMSC's answer: retry."""
        connection = http.client.HTTPConnection("127.0.0.1", self.report_port, timeout=10)
        state = "DELIVRD" if self.args.report == 1 else "UNDELIV"
        while True:
            ident, to = self.reports.get()
            query = urllib.parse.urlencode({
                "username": "smsc", "password": self.secret, "to": to,
                "dlr-mid": ident, "dlr-mask": self.args.report,
                "text": f"id:{ident} stat:{state} err:000"})
            for _ in range(100):
                try:
                    connection.request("GET", "/?" + query)
                    if connection.getresponse().read() == b"Sent":
                        break
                except (OSError, http.client.HTTPException):
                    connection.close()
                time.sleep(0.02)

    def close_all(self):
        self.shutdown()
        self.server_close()
        for one in list(self.connections):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def handle_error(self, request, client_address):
        pass  # a connection that Kannel broke off


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self):
        super().setup()
        self.server.connections.add(self.connection)

    def finish(self):
        self.server.connections.discard(self.connection)
        super().finish()

    def do_GET(self):
        body = self.server.take(urllib.parse.urlsplit(self.path).query).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


LIBC = ctypes.CDLL(None)


def die_with_parent():
    """In the child: end too should this script be killed with SIGKILL."""
    LIBC.prctl(1, signal.SIGKILL)


class Kannel:
    def __init__(self, args, smsc):
        self.args, self.smsc, self.children = args, smsc, []
        self.folder = tempfile.mkdtemp(prefix="kannel-")
        self.log = open(args.log, "ab+") if args.log else tempfile.TemporaryFile()

    def program(self, name):
        if self.args.root:
            return os.path.join(self.args.root, "usr/sbin", name)
        return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin")

    def run(self, name):
        program = self.program(name)
        if not program or not os.path.exists(program):
            sys.exit(f"kannel.py: {name} not found; apt-get install kannel")
        env = dict(os.environ)
        if self.args.root:
            env["LD_LIBRARY_PATH"] = ":".join(
                glob.glob(self.args.root + "/usr/lib/*-linux-gnu")
                + glob.glob(self.args.root + "/lib/*-linux-gnu"))
        self.children.append(subprocess.Popen(
            [program, "-v", "1", os.path.join(self.folder, "kannel.conf")],
            cwd=self.folder, env=env, stdin=subprocess.DEVNULL,
            stdout=self.log, stderr=self.log, preexec_fn=die_with_parent,
            start_new_session=True))

    def start(self):
        """Starts both programs; the port of sendsms, or None."""
        admin, box, report, sendsms = free_ports(4)
        sendsms = self.args.port or sendsms
        secret = uuid.uuid4().hex
        self.smsc.report_port, self.smsc.secret = report, secret
        path = os.path.join(self.folder, "kannel.conf")
        with open(path, "w", encoding="utf-8") as file:
            file.write(CONFIG.format(
                admin=admin, box=box, report=report, sendsms=sendsms, secret=secret,
                smsc=self.smsc.server_address[1],
                limit=self.args.queue_limit,
                username=self.args.username, password=self.args.password))
        self.run("bearerbox")
        if not self.wait(lambda: socket.create_connection(("127.0.0.1", box), 1).close()):
            return None
        self.run("smsbox")
        return sendsms if self.wait(lambda: self.probe(sendsms)) else None

    def wait(self, attempt):
        end = time.monotonic() + 20
        while time.monotonic() < end and all(c.poll() is None for c in self.children):
            try:
                attempt()
                return True
            except OSError:
                time.sleep(0.05)
        return False

    def probe(self, port):
        query = urllib.parse.urlencode({
            "username": self.args.username, "password": self.args.password,
            "to": PROBE, "text": "ready?"})
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/cgi-bin/sendsms?" + query)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 202 or not body.startswith(b"0:"):
                raise OSError(f"{answer.status} {body}")
        except http.client.HTTPException as error:
            raise OSError(error) from error
        finally:
            connection.close()

    def stop(self):
        for child in reversed(self.children):
            child.terminate()
        end = time.monotonic() + 3
        for child in reversed(self.children):
            try:
                child.wait(max(0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self.children.clear()

    def log_end(self):
        self.log.seek(0)
        return b"".join(self.log.readlines()[-15:]).decode("utf-8", "replace")

    def remove_folder(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description="A real Kannel with a test SMSC.")
    parser.add_argument("--record")
    parser.add_argument("--username", default="test")
    parser.add_argument("--password", default="test")
    state = parser.add_mutually_exclusive_group()
    state.add_argument("--delivered", dest="report", action="store_const", const=1, default=1)
    state.add_argument("--undelivered", dest="report", action="store_const", const=2)
    state.add_argument("--silent", dest="report", action="store_const", const=0)
    parser.add_argument("--reject", action="append", default=[])
    parser.add_argument("--down", action="store_true")
    parser.add_argument("--queue-limit", type=int, default=1000000)
    parser.add_argument("--port", type=int)
    parser.add_argument("--log", type=os.path.abspath)
    parser.add_argument("--root", type=os.path.abspath)
    args = parser.parse_args()

    def leave(*_):
        raise SystemExit(0)

    smsc = Smsc(args)
    kannel = Kannel(args, smsc)
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)

    def watch():
        while os.read(0, 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    try:
        threading.Thread(target=watch, daemon=True).start()
        threading.Thread(target=smsc.serve_forever, args=(0.05,), daemon=True).start()
        for _ in range(3):  # another program may have taken a port meanwhile
            port = kannel.start()
            if port:
                break
            said = kannel.log_end()
            kannel.stop()
        else:
            sys.exit("kannel.py: Kannel did not start\n" + said)
        for _ in range(2):
            threading.Thread(target=smsc.send_reports, daemon=True).start()
        kannel.remove_folder()  # it was read; so a SIGKILL leaves nothing behind
        if args.down:
            smsc.close_all()
        print("ready", port, flush=True)
        while all(child.poll() is None for child in kannel.children):
            time.sleep(0.2)
        sys.exit("kannel.py: Kannel ended by itself\n" + kannel.log_end())
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        kannel.stop()
        kannel.remove_folder()


if __name__ == "__main__":
    main()
