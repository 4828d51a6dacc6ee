"""A small site to point the tools at: a page with links, a sign-in form, a page behind it."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest

from tools.running_demo import Account, Demo

HEAD = "<!doctype html><html lang=en><title>t</title>"
FORM = "<h1>Sign in</h1><form method=post><input type=email name=e>"
FORM += "<input type=password name=p><button>Sign in</button></form>"


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/sign-in":
            self.answer(200, FORM)
        elif path == "/private" and "who=ada" not in self.headers.get("Cookie", ""):
            self.answer(403, "<h1>No</h1>")
        else:
            self.answer(200, '<h1>Here</h1><a href="/a.ics?x=1&amp;y=2">c</a><a href="b">b</a>')

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if sent == {"e": ["ada@example.org"], "p": ["right"]}:
            self.answer(200, "<h1>In</h1>", cookie="who=ada; Path=/")
        else:
            self.answer(200, FORM)

    def answer(self, status: int, body: str, cookie: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.end_headers()
        self.wfile.write((HEAD + body).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Demo]:
    """Return the address of the small site, and the one account that it lets in."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = Thread(target=server.serve_forever)
    thread.start()
    account = Account("Organiser of the forum", "ada@example.org", "right")
    yield Demo(f"http://127.0.0.1:{server.server_port}", (account,))
    server.shutdown()
    thread.join()
    server.server_close()
