"""One person with a browser: pages read, forms sent back as they came, over one connection."""

import gzip
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from types import TracebackType
from urllib.parse import urlencode

from flask import Flask

from bench.load import Answer, read_answer

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_BOUNDARY = "----------------------------measured"


class Wrong(Exception):
    """The server's answer is not what it has to be; says which page and what came."""


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: its status, where it sends on to, its text."""

    path: str
    status: int
    location: str
    text: str

    def hidden(self) -> dict[str, str]:
        """Return the hidden fields of its forms."""
        return {name: unescape(value) for name, value in _HIDDEN.findall(self.text)}

    def choices(self, name: str) -> list[str]:
        """Return the values that a field of radio buttons offers."""
        found = re.findall(rf'<input[^>]* name="{name}"[^>]*>', self.text)
        return [unescape(m[1]) for one in found if (m := re.search(r'value="([^"]*)"', one))]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to be sent in a form."""

    field: str
    name: str
    media_type: str
    data: bytes


class Visitor:
    """A network of its own (any address of 127/8), a cookie jar, a connection that stays."""

    def __init__(self, port: int, number: int) -> None:
        self.requests = 0
        self._host = f"127.0.0.1:{port}"
        self.cookies: dict[str, str] = {}
        self._socket = socket.create_connection(
            ("127.0.0.1", port), timeout=60, source_address=(address_of(number), 0)
        )
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._socket.close()

    def get(self, path: str) -> Page:
        """Read a page; Wrong where there is none."""
        page = self._send("GET", path)
        if page.status != 200:
            raise Wrong(f"GET {path}: {page.status}")
        return page

    def post(
        self, page: Page, typed: Mapping[str, str], *, upload: Upload | None = None
    ) -> str:  # fmt: skip
        """Send the page's form with what was typed; return where the answer leads to.

        Wrong where the form was refused or failed.
        """
        fields = {**page.hidden(), **typed}
        if upload:
            body, kind = _multipart(fields, upload), f"multipart/form-data; boundary={_BOUNDARY}"
        else:
            body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        answer = self._send("POST", page.path, body, kind)
        if answer.status not in (302, 303):
            said = re.findall(r'class="error[^>]*>([^<]+)', answer.text)
            raise Wrong(f"POST {page.path}: {answer.status} {said}")
        return answer.location

    def _send(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Page:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host}", "Accept-Encoding: gzip"]
        if self.cookies:
            jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            lines.append(f"Cookie: {jar}")
        if method == "POST":
            lines += [f"Origin: http://{self._host}", f"Content-Type: {kind}"]
            lines.append(f"Content-Length: {len(body)}")
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        self.requests += 1
        return self._page(path, read_answer(self._socket))

    def _page(self, path: str, answer: Answer) -> Page:
        for cookie in answer.all("set-cookie"):
            name, _is, value = cookie.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        location = next(iter(answer.all("location")), "").removeprefix(f"http://{self._host}")
        return Page(path, answer.status, location, _text(answer))


class Inside(Visitor):
    """A visitor without a network, in the process of the application: for counting what it does."""

    def __init__(self, app: Flask, number: int) -> None:
        self.requests, self._host, self.cookies = 0, "127.0.0.1", {}
        self._network = {"REMOTE_ADDR": address_of(number)}
        self._client = app.test_client(use_cookies=False)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """Leave nothing behind: there is no connection."""

    def _send(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Page:
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.requests += 1
        answer = self._client.open(
            path,
            method=method,
            base_url=f"http://{self._host}",
            headers={"Cookie": jar, "Accept-Encoding": "gzip"},
            data=body or None,
            content_type=kind or None,
            environ_base=self._network,
        )
        headers = tuple((name.lower(), value) for name, value in answer.headers.items())
        return self._page(path, Answer(answer.status_code, headers, answer.get_data()))


def address_of(number: int) -> str:
    """Return the address in 127/8 of the visitor of a number: networks are throttled apart."""
    return f"127.{1 + (number >> 16) % 254}.{(number >> 8) % 256}.{number % 256}"


def _multipart(fields: Mapping[str, str], upload: Upload) -> bytes:
    parts = [
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    head = (
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{upload.field}"; '
        f'filename="{upload.name}"\r\nContent-Type: {upload.media_type}\r\n\r\n'
    )
    return "".join([*parts, head]).encode() + upload.data + f"\r\n--{_BOUNDARY}--\r\n".encode()


def _text(answer: Answer) -> str:
    is_packed = answer.all("content-encoding") == ["gzip"]
    return (gzip.decompress(answer.body) if is_packed else answer.body).decode()
