#!/usr/bin/env python3
"""A small SMTP server on loopback for tests; standard library only.

Prints one line, `ready PORT`, and ends when stdin closes, on SIGTERM or on
SIGINT. Give it a pipe as stdin: with /dev/null it ends at once.

  --record FILE        append each mail taken as a JSON line {"from": ..,
                       "to": [..], "data": .., "tls": true|false, "user": ..};
                       data is the message as it came, with CRLF, dots unstuffed;
                       the line is there before the client gets its 250
  --port PORT          (a free one)
  --tls CERT KEY       offers STARTTLS with this certificate (PEM)
  --smtps              with --tls: TLS from the first byte instead
  --user NAME          wants AUTH PLAIN or LOGIN before MAIL; with --tls AUTH is
  --password WORD      offered under TLS only

Trouble, counted over all connections:
  --defer-in N         451 at each Nth RCPT
  --reject TO          550 at RCPT for this address; may be repeated
  --drop-after-data N  each Nth mail is taken and recorded, then the connection
                       is closed without an answer
  --close-in-data N    at each Nth DATA the connection is closed after the first
                       line; nothing is taken
"""

import argparse
import asyncio
import base64
import binascii
import itertools
import json
import os
import re
import signal
import ssl
import threading

MAX_SIZE = 32 << 20
PATH = re.compile(r"\s*(?:FROM|TO)\s*:\s*<([^>]*)>", re.IGNORECASE)


class Closed(Exception):
    """The connection is to be closed."""


class Every:
    """True at each Nth call, over all connections; never without N."""

    def __init__(self, n):
        self.n, self.count = n, itertools.count(1)

    def __call__(self):
        return bool(self.n) and next(self.count) % self.n == 0


class Server:
    def __init__(self, args):
        self.args = args
        self.tls = None
        if args.tls:
            self.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self.tls.load_cert_chain(*args.tls)
        self.record = open(args.record, "a", encoding="utf-8") if args.record else None
        self.deferred = Every(args.defer_in)
        self.dropped = Every(args.drop_after_data)
        self.closed = Every(args.close_in_data)

    async def connected(self, reader, writer):
        try:
            await Session(self, reader, writer).run()
        except (Closed, OSError, ssl.SSLError, asyncio.IncompleteReadError, ValueError):
            pass
        finally:
            writer.close()


class Session:
    def __init__(self, server, reader, writer):
        self.server, self.args = server, server.args
        self.reader, self.writer = reader, writer
        self.secure = bool(server.args.smtps)
        self.user = None
        self.reset()

    def reset(self):
        self.sender, self.to = None, []

    def say(self, line):
        self.writer.write(line.encode() + b"\r\n")

    async def line(self):
        line = await self.reader.readline()
        if not line.endswith(b"\n"):
            raise Closed
        return line

    async def run(self):
        self.say("220 test.local ESMTP")
        while True:
            await self.writer.drain()
            text = (await self.line()).decode("utf-8", "replace").rstrip("\r\n")
            verb, _, rest = text.partition(" ")
            command = getattr(self, "do_" + verb.lower(), None)
            if command is None:
                self.say("502 5.5.1 no such command")
            else:
                await command(rest)

    async def do_helo(self, _):
        self.reset()
        self.say("250 test.local")

    async def do_ehlo(self, _):
        self.reset()
        lines = ["test.local", "PIPELINING", f"SIZE {MAX_SIZE}", "8BITMIME", "SMTPUTF8"]
        if self.server.tls and not self.secure:
            lines.append("STARTTLS")
        if self.auth_offered():
            lines.append("AUTH PLAIN LOGIN")
        for line in lines[:-1]:
            self.say("250-" + line)
        self.say("250 " + lines[-1])

    async def do_starttls(self, _):
        if not self.server.tls or self.secure:
            return self.say("503 5.5.1 no STARTTLS here")
        self.say("220 2.0.0 go ahead")
        await self.writer.start_tls(self.server.tls)
        self.secure, self.user = True, None
        self.reset()

    def auth_offered(self):
        return self.args.user is not None and (self.secure or not self.server.tls)

    async def do_auth(self, rest):
        kind, _, first = rest.partition(" ")
        kind = kind.upper()
        if not self.auth_offered() or self.user:
            return self.say("503 5.5.1 no AUTH now")
        if kind not in ("PLAIN", "LOGIN"):
            return self.say("504 5.5.4 PLAIN or LOGIN")
        try:
            if kind == "PLAIN":
                _, name, word = (await self.answer("", first)).split("\0")
            else:
                name = await self.answer("Username:", first)
                word = await self.answer("Password:")
        except (binascii.Error, ValueError):
            return self.say("501 5.5.2 cannot be read")
        if (name, word) != (self.args.user, self.args.password):
            return self.say("535 5.7.8 wrong name or password")
        self.user = name
        self.say("235 2.7.0 welcome")

    async def answer(self, question, given=""):
        if not given:
            self.say("334 " + base64.b64encode(question.encode()).decode())
            await self.writer.drain()
            given = (await self.line()).strip()
        return "" if given == "=" else base64.b64decode(given, validate=True).decode()

    async def do_mail(self, rest):
        path = PATH.match(rest)
        if not path:
            return self.say("501 5.5.4 MAIL FROM:<..>")
        if self.args.user is not None and not self.user:
            return self.say("530 5.7.0 AUTH first")
        if self.sender is not None:
            return self.say("503 5.5.1 one MAIL at a time")
        size = re.search(r"\bSIZE=(\d+)", rest, re.IGNORECASE)
        if size and int(size[1]) > MAX_SIZE:
            return self.say("552 5.3.4 too large")
        self.sender = path[1]
        self.say("250 2.1.0 ok")

    async def do_rcpt(self, rest):
        path = PATH.match(rest)
        if self.sender is None:
            return self.say("503 5.5.1 MAIL first")
        if not path:
            return self.say("501 5.5.4 RCPT TO:<..>")
        if path[1] in self.args.reject:
            return self.say("550 5.1.1 no such mailbox")
        if self.server.deferred():
            return self.say("451 4.3.0 try again later")
        self.to.append(path[1])
        self.say("250 2.1.5 ok")

    async def do_data(self, _):
        if not self.to:
            return self.say("503 5.5.1 RCPT first")
        self.say("354 go ahead")
        await self.writer.drain()
        close = self.server.closed()
        lines, size, last = [], 0, b"\r\n"
        while True:
            line = await self.line()
            if line == b".\r\n" and last.endswith(b"\r\n"):
                break
            if close:
                raise Closed
            last = line
            size += len(line)
            if size <= MAX_SIZE:
                lines.append(line[1:] if line.startswith(b".") else line)
        if size > MAX_SIZE:
            self.reset()
            return self.say("552 5.3.4 too large")
        self.keep(b"".join(lines))
        self.reset()
        if self.server.dropped():
            raise Closed
        self.say("250 2.0.0 taken")

    def keep(self, data):
        if not self.server.record:
            return
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
        self.server.record.write(json.dumps(
            {"from": self.sender, "to": self.to, "data": text,
             "tls": self.secure, "user": self.user}, ensure_ascii=False) + "\n")
        self.server.record.flush()

    async def do_rset(self, _):
        self.reset()
        self.say("250 2.0.0 ok")

    async def do_noop(self, _):
        self.say("250 2.0.0 ok")

    async def do_vrfy(self, _):
        self.say("252 2.1.5 perhaps")

    async def do_quit(self, _):
        self.say("221 2.0.0 bye")
        await self.writer.drain()
        raise Closed


async def main():
    parser = argparse.ArgumentParser(description="A small SMTP server for tests.")
    parser.add_argument("--record")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", nargs=2, metavar=("CERT", "KEY"))
    parser.add_argument("--smtps", action="store_true")
    parser.add_argument("--user")
    parser.add_argument("--password", default="")
    parser.add_argument("--defer-in", type=int, metavar="N")
    parser.add_argument("--reject", action="append", default=[], metavar="TO")
    parser.add_argument("--drop-after-data", type=int, metavar="N")
    parser.add_argument("--close-in-data", type=int, metavar="N")
    args = parser.parse_args()
    if args.smtps and not args.tls:
        parser.error("--smtps needs --tls")

    server = Server(args)
    loop, done = asyncio.get_running_loop(), asyncio.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, done.set)

    def watch():
        while os.read(0, 4096):
            pass
        loop.call_soon_threadsafe(done.set)

    listener = await asyncio.start_server(
        server.connected, "127.0.0.1", args.port, limit=1 << 20, backlog=1024,
        ssl=server.tls if args.smtps else None)
    threading.Thread(target=watch, daemon=True).start()
    print("ready", listener.sockets[0].getsockname()[1], flush=True)
    await done.wait()
    os._exit(0)  # open connections end with the process


if __name__ == "__main__":
    asyncio.run(main())
