#!/usr/bin/env python3
"""A stateful stand-in for a message provider, on 127.0.0.1, for tests.

It speaks three dialects at once: Twilio's messages and calls, a signed JSON
webhook, and Kannel's sendsms.  Prints `ready PORT` on stdout once it listens, and ends
when stdin closes: give it a pipe.

  --port P           port (default 0: a free one)
  --record FILE      append each message taken as one JSON line, synced before the
                     answer goes out; a file that exists is read first (memory)
  --no-fsync         do not sync the record
  --seed N           seed of the faults (default 1)
  --refuse-in N      one of every N messages: connection closed before the body is read
  --throttle-in N    one of every N: not taken, 429 with Retry-After: 1
  --silent-in N      one of every N: taken, never answered, connection held open
  --drop-in N        one of every N: taken, connection closed without an answer
  --slow-ms MS       delay before each answer (not of /stats)
  --account S --token T   Basic auth of the Twilio endpoints (not checked if not given)
  --secret S         HMAC secret of the webhook (not checked if not given)
  --no-idempotency   webhook: take the same key again
  --user U --password P   of sendsms (not checked if not given)

  POST, GET  /2010-04-01/Accounts/{Sid}/Messages.json and .../Calls.json
  POST       /webhook      GET /webhook/KEY
  GET        /cgi-bin/sendsms
  GET        /stats

"One of every N" is exact: each run of N messages has one, at a seeded place.
taken == answered + silent + dropped + gone + loaded + those waiting for their answer.
"""
import argparse
import asyncio
import base64
import hashlib
import hmac
import json
import os
import random
import signal
import sys
import threading
import time
from collections import defaultdict
from email.utils import formatdate
from urllib.parse import parse_qsl, urlsplit

REASONS = {200: "OK", 201: "Created", 202: "Accepted", 400: "Bad Request", 401: "Unauthorized",
           403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
           411: "Length Required", 429: "Too Many Requests"}
BAD_TO = {"+15005550001": (21211, "The 'To' number is not a valid phone number."),
          "+15005550004": (21610, "Attempt to send to unsubscribed recipient."),
          "+15005550006": (21614, "'To' number is not a valid mobile number.")}


class OneIn:
    """True once in every run of n calls, at a seeded random place."""

    def __init__(self, n, seed):
        self.n, self.rng, self.i, self.pick = n, random.Random(seed), 0, 0

    def __call__(self):
        if not self.n:
            return False
        if self.i == 0:
            self.pick = self.rng.randrange(self.n)
        hit = self.i == self.pick
        self.i = (self.i + 1) % self.n
        return hit


def last_component(url):
    return (urlsplit(url).path.rsplit("/", 1)[-1] or None) if url else None


def form(text):
    return dict(parse_qsl(text, keep_blank_values=True))


class Provider:
    def __init__(self, opt):
        self.opt = opt
        self.stats = dict.fromkeys(("taken", "answered", "silent", "dropped", "throttled", "refused",
                                    "repeated", "rejected", "gone", "loaded", "in_flight", "peak"), 0)
        self.refuse, self.throttle, self.silent, self.drop = (
            OneIn(n, f"{opt.seed}/{name}") for name, n in (
                ("refuse", opt.refuse_in), ("throttle", opt.throttle_in),
                ("silent", opt.silent_in), ("drop", opt.drop_in)))
        self.by_key = {}                  # webhook: key -> id
        self.sent = defaultdict(list)     # "Messages" or "Calls" -> records, oldest first
        self.sent_to = defaultdict(list)  # (kind, to) -> the same records
        self.lines, self.waiting, self.flush_due = [], [], False
        self.file = None
        if opt.record:
            self.load(opt.record)
            self.file = open(opt.record, "ab", buffering=0)

    # -- memory ---------------------------------------------------------------
    def load(self, path):
        if not os.path.exists(path):
            return
        with open(path, "rb+") as f:
            data = f.read()
            whole = data.rfind(b"\n") + 1
            if whole != len(data):  # a line that a kill cut short was never answered
                f.truncate(whole)
        for line in data[:whole].splitlines():
            self.remember(json.loads(line))
            self.stats["loaded"] += 1

    def remember(self, rec):
        self.stats["taken"] += 1
        path = rec["path"]
        if path.startswith("/webhook"):
            self.by_key[rec["key"]] = rec.get("id")
        elif path.startswith("/2010"):
            kind = path.rsplit("/", 1)[-1].removesuffix(".json")
            self.sent[kind].append(rec)
            self.sent_to[kind, rec["to"]].append(rec)

    def take(self, rec):
        self.remember(rec)
        if self.file:
            self.lines.append(json.dumps(rec, ensure_ascii=False))

    def when_recorded(self, call):
        """Run call once all that is taken so far is on disk; one sync serves many."""
        if not self.lines and not self.waiting:
            return call()
        self.waiting.append(call)
        if not self.flush_due:
            self.flush_due = True
            asyncio.get_running_loop().call_soon(self.flush)

    def flush(self):
        data = memoryview(("\n".join(self.lines) + "\n").encode("utf-8", "replace"))
        calls, self.lines, self.waiting, self.flush_due = self.waiting, [], [], False
        while data:
            data = data[self.file.write(data):]
        if not self.opt.no_fsync:
            os.fsync(self.file.fileno())
        for call in calls:
            call()

    # -- endpoints: each returns (status, body, extra headers, record or None) ----
    def twilio_auth(self, path, headers):
        if self.opt.account is None:
            return True
        want = base64.b64encode(f"{self.opt.account}:{self.opt.token or ''}".encode()).decode()
        return headers.get("authorization") == "Basic " + want and path.split("/")[3] == self.opt.account

    @staticmethod
    def twilio_error(status, code, message):
        return status, {"code": code, "message": message, "status": status,
                        "more_info": f"https://www.twilio.com/docs/errors/{code}"}, None, None

    @staticmethod
    def twilio_item(rec):
        date = formatdate(rec["at"])
        item = {"sid": rec.get("id"), "status": "queued", "to": rec["to"], "from": rec.get("from"),
                "body": rec["body"], "date_created": date.replace("-0000", "+0000"), "error_code": None}
        item["start_time" if rec["path"].endswith("/Calls.json") else "date_sent"] = item["date_created"]
        return item

    def twilio_post(self, path, headers, body):
        if not self.twilio_auth(path, headers):
            return self.twilio_error(401, 20003, "Authenticate")
        if self.throttle():
            return self.throttled({"code": 20429, "message": "Too Many Requests", "status": 429})
        f, call = form(body.decode("utf-8", "replace")), path.endswith("/Calls.json")
        to = f.get("To")
        if not to:
            return self.twilio_error(400, 21604, "A 'To' phone number is required.")
        if to in BAD_TO:
            return self.twilio_error(400, *BAD_TO[to])
        rec = {"key": last_component(f.get("StatusCallback")), "to": to,
               "body": f.get("Twiml" if call else "Body"), "path": path, "at": time.time(),
               "from": f.get("From") or f.get("MessagingServiceSid"),
               "id": ("CA" if call else "SM") + os.urandom(16).hex()}
        return 201, self.twilio_item(rec), None, rec

    def twilio_list(self, path, headers, query):
        if not self.twilio_auth(path, headers):
            return self.twilio_error(401, 20003, "Authenticate")
        kind, q = path.rsplit("/", 1)[-1].removesuffix(".json"), form(query)
        day = q.get("StartTime" if kind == "Calls" else "DateSent")
        size = int(q.get("PageSize") or 50)
        out = []
        for rec in reversed(self.sent_to.get((kind, q["To"]), []) if q.get("To") else self.sent[kind]):
            if len(out) == size:
                break
            if q.get("From") and rec.get("from") != q["From"] or rec["path"] != path:
                continue
            if day and time.strftime("%Y-%m-%d", time.gmtime(rec["at"])) != day:
                continue
            out.append(self.twilio_item(rec))
        return 200, {kind.lower(): out, "next_page_uri": None}, None, None

    def signed(self, header, body):
        try:
            parts = dict(p.strip().split("=", 1) for p in header.split(","))
            t, v1 = parts["t"], parts["v1"]
            near = abs(time.time() - int(t)) <= 300
        except (KeyError, ValueError):
            return False
        want = hmac.new(self.opt.secret.encode(), t.encode() + b"." + body, hashlib.sha256).hexdigest()
        return near and hmac.compare_digest(want.encode(), v1.lower().encode())

    def webhook_post(self, path, headers, body):
        if self.opt.secret is not None and not self.signed(headers.get("outreach-signature", ""), body):
            return 401, {"error": "bad signature"}, None, None
        if self.throttle():
            return self.throttled({"error": "too many requests"})
        key = headers.get("idempotency-key")
        if not key:
            return 400, {"error": "Idempotency-Key is required"}, None, None
        try:
            obj = json.loads(body)
        except ValueError:
            return 400, {"error": "the body is not JSON"}, None, None
        if key in self.by_key and not self.opt.no_idempotency:
            self.stats["repeated"] += 1
            return 200, {"id": self.by_key[key], "repeated": True}, None, None
        get = obj.get if isinstance(obj, dict) else (lambda *_: None)
        text = get("body", get("text"))
        rec = {"key": key, "to": get("to"),
               "body": text if text is not None else body.decode("utf-8", "replace"),
               "path": path, "at": time.time(), "id": "WH" + os.urandom(16).hex()}
        return 201, {"id": rec["id"]}, None, rec

    def webhook_get(self, path):
        key = path[len("/webhook/"):]
        if key in self.by_key:
            return 200, {"id": self.by_key[key], "state": "taken"}, None, None
        return 404, {"error": "unknown key"}, None, None

    def kannel(self, path, query):
        q = dict(parse_qsl(query, keep_blank_values=True, encoding="latin-1"))  # the bytes as sent
        raw = lambda name: q.get(name, "").encode("latin-1")
        utf8 = lambda name: raw(name).decode("utf-8", "replace")
        if self.opt.user is not None and (utf8("username"), utf8("password")) != (
                self.opt.user, self.opt.password or ""):
            return 403, "Authorization failed for sendsms", None, None
        if self.throttle():
            return self.throttled("Too many requests")
        if not q.get("to"):
            return 400, "Missing receiver number, rejected", None, None
        try:
            text = raw("text").decode(q.get("charset") or "utf-8", "replace")
        except LookupError:
            return 400, "Charset not known, rejected", None, None
        rec = {"key": last_component(utf8("dlr-url")), "to": utf8("to"), "body": text, "path": path,
               "at": time.time(), "from": utf8("from"), "id": os.urandom(16).hex()}
        return 202, "0: Accepted for delivery", None, rec

    def throttled(self, body):
        self.stats["throttled"] += 1
        return 429, body, "Retry-After: 1\r\n", None

    def handle(self, method, target, headers, body):
        path, _, query = target.partition("?")
        if path == "/webhook" and method == "POST":
            return self.webhook_post(path, headers, body)
        if path.startswith("/2010-04-01/Accounts/") and path.endswith(("/Messages.json", "/Calls.json")):
            if method == "POST":
                return self.twilio_post(path, headers, body)
            if method == "GET":
                return self.twilio_list(path, headers, query)
        elif path.startswith("/webhook/") and method == "GET":
            return self.webhook_get(path)
        elif path == "/cgi-bin/sendsms" and method == "GET":
            return self.kannel(path, query)
        elif path == "/stats":
            return 200, self.stats, None, None
        return 404, {"error": "not found"}, None, None


class Connection(asyncio.Protocol):
    def __init__(self, provider):
        self.p, self.stats = provider, provider.stats
        self.buf = bytearray()
        self.head = None       # (method, target, headers, length) once the head is read
        self.busy = False      # a request waits for its answer; later ones wait in buf
        self.held = self.eof = self.keep = False
        self.counted = False   # counted in in_flight

    def connection_made(self, transport):
        self.transport = transport

    def connection_lost(self, exc):
        self.settle()

    def eof_received(self):
        self.eof = True
        return self.busy and not self.held

    def settle(self):
        if self.counted:
            self.counted = False
            self.stats["in_flight"] -= 1

    def data_received(self, data):
        self.buf += data
        self.pump()

    def pump(self):
        while not self.busy and not self.transport.is_closing():
            if self.head is None and not self.read_head():
                return
            method, target, headers, length = self.head
            if len(self.buf) < length:
                return
            body = bytes(self.buf[:length])
            del self.buf[:length]
            self.head, self.busy = None, True
            try:
                result = self.p.handle(method, target, headers, body)
            except Exception as e:  # a request that makes no sense
                result = 400, {"error": repr(e)}, None, None
            self.decide(target, *result)

    def read_head(self):
        end = self.buf.find(b"\r\n\r\n")
        if end < 0:
            return False
        lines = self.buf[:end].decode("latin-1").split("\r\n")
        del self.buf[:end + 4]
        try:
            method, target, version = lines[0].split(" ")
            headers = {k.strip().lower(): v.strip() for k, v in (l.split(":", 1) for l in lines[1:])}
            length = int(headers.get("content-length", 0))
        except ValueError:
            self.keep = False
            self.write(400, "bad request", None)
            return False
        connection = headers.get("connection", "").lower()
        self.keep = connection != "close" if version == "HTTP/1.1" else connection == "keep-alive"
        if method == "POST" or target.startswith("/cgi-bin/sendsms"):
            if self.p.refuse():
                self.stats["refused"] += 1
                self.transport.abort()
                return False
            self.counted = True
            self.stats["in_flight"] += 1
            self.stats["peak"] = max(self.stats["peak"], self.stats["in_flight"])
        if "transfer-encoding" in headers:
            self.keep = False
            self.settle()
            self.write(411, "Content-Length is required", None)
            return False
        if headers.get("expect", "").lower() == "100-continue":
            self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        self.head = method, target, headers, length
        return True

    def decide(self, target, status, body, extra, rec):
        fate = "answer"
        if rec is not None:
            self.p.take(rec)
            silent, drop = self.p.silent(), self.p.drop()  # both drawn, so each keeps its own pace
            fate = "silent" if silent else "drop" if drop else "answer"
        elif self.counted and status in (400, 401, 403, 404):
            self.stats["rejected"] += 1
        if target.startswith("/stats"):
            return self.finish(status, body, extra, False)
        self.p.when_recorded(lambda: self.carry_out(fate, status, body, extra, rec is not None))

    def carry_out(self, fate, status, body, extra, taken):
        if fate == "silent":
            self.stats["silent"] += 1
            self.held = True
            if self.eof:
                self.transport.close()
        elif fate == "drop":
            self.stats["dropped"] += 1
            self.transport.abort()
        elif self.p.opt.slow_ms:
            asyncio.get_running_loop().call_later(
                self.p.opt.slow_ms / 1000, self.finish, status, body, extra, taken)
        else:
            self.finish(status, body, extra, taken)

    def finish(self, status, body, extra, taken):
        if self.transport.is_closing():  # the client has gone
            self.stats["gone"] += taken
            return
        self.settle()
        self.stats["answered"] += taken
        self.write(status, body, extra)
        self.busy = False
        if self.buf:
            asyncio.get_running_loop().call_soon(self.pump)

    def write(self, status, body, extra):
        if isinstance(body, str):
            kind, data = "text/plain; charset=utf-8", body.encode()
        else:
            kind, data = "application/json", json.dumps(body).encode()
        if status == 401:
            extra = (extra or "") + 'WWW-Authenticate: Basic realm="Twilio API"\r\n'
        if not self.keep:
            extra = (extra or "") + "Connection: close\r\n"
        self.transport.write(
            f"HTTP/1.1 {status} {REASONS[status]}\r\nContent-Type: {kind}\r\n"
            f"Content-Length: {len(data)}\r\n{extra or ''}\r\n".encode() + data)
        if not self.keep or self.eof:
            self.transport.close()


async def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("record", "account", "token", "secret", "user", "password"):
        a.add_argument("--" + name)
    for name in ("port", "refuse-in", "throttle-in", "silent-in", "drop-in"):
        a.add_argument("--" + name, type=int, default=0)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--slow-ms", type=float, default=0)
    a.add_argument("--no-fsync", action="store_true")
    a.add_argument("--no-idempotency", action="store_true")
    provider = Provider(a.parse_args())
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
    for s in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(s, stop.set)
    server = await loop.create_server(lambda: Connection(provider), "127.0.0.1",
                                      provider.opt.port, backlog=1024)
    print("ready", server.sockets[0].getsockname()[1], flush=True)
    await stop.wait()
    server.close()
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
