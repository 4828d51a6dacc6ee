"""A design reaches neither files nor network, and is told what it asked for (URL fetcher)."""

import base64
import io
import socket
import urllib.request
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from eventhub.printing.designs import read_design
from eventhub.printing.sheets import Report, print_sheets
from tests.printing.badges import badge_html, sheet
from tests.printing.conftest import MADE

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
CONTROL = "\u200e"  # sends a sheet the page path


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Note each attempt to reach somebody or to read a file by its address, and refuse it."""
    tried: list[Any] = []

    def connect(*arguments: Any) -> None:
        tried.append(arguments)
        raise OSError("no network here")

    monkeypatch.setattr(socket, "getaddrinfo", connect)
    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(urllib.request.FileHandler, "open_local_file", connect)
    return tried


@pytest.fixture
def secret(tmp_path: Path) -> str:
    file = tmp_path / "secret.svg"
    file.write_text(f'{SVG}width="9" height="9"><text>kept</text></svg>')
    return file.as_uri()


def printed(inside: str, files: dict[str, bytes] | None = None) -> tuple[bytes, Report]:
    html = badge_html()
    assert '<div class="host">' in html
    design = read_design(html.replace('<div class="host">', f'{inside}<div class="host">'), files)
    out = io.BytesIO()
    report = print_sheets(design, [sheet("Aya"), sheet(f"Eve{CONTROL}")], out, title="x",
                          lang="en", created_at=MADE)  # fmt: skip
    assert report.sheets == 2
    return out.getvalue(), report


def data(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


@pytest.mark.parametrize("address", ["FILE", "http://127.0.0.1:9/x", "https://a.example/x",
                                     "ftp://a.example/x", "//a.example/x"])  # fmt: skip
@pytest.mark.parametrize(
    "asking",
    [
        '<img src="ADDRESS" alt="x">',
        '<object data="ADDRESS"></object>',
        '<embed src="ADDRESS">',
        '<link rel="stylesheet" href="ADDRESS">',
        '<style>@import url("ADDRESS");</style>',
        '<style>@import "ADDRESS";</style>',
        '<style>@font-face { font-family: x; src: url("ADDRESS") } h1 { font-family: x }</style>',
        '<div style="background: url(ADDRESS); width: 9mm; height: 9mm"></div>',
        '<div style="list-style-image: url(ADDRESS); display: list-item">x</div>',
        '<style>.host::before { content: url("ADDRESS") }</style>',
        SVG + 'width="9" height="9"><image href="ADDRESS" width="9" height="9"/></svg>',
        SVG + 'width="9" height="9"><image xlink:href="ADDRESS" width="9" height="9"/></svg>',
    ],
)
def test_nothing_is_fetched_and_the_sheet_is_drawn(
    asking: str, address: str, secret: str, fonts: Path, no_network: list[Any]
) -> None:
    wanted = secret if address == "FILE" else address
    _, report = printed(asking.replace("ADDRESS", wanted))
    assert no_network == []
    assert any("a.example" in each or "9/x" in each or "secret" in each
               for each in report.left_out), report.left_out  # fmt: skip


@pytest.mark.parametrize(
    "inside",
    ['<use xlink:href="ADDRESS#a"/>', '<style>@import url("ADDRESS");</style><path d="M0 0"/>',
     '<path d="M0 0h9v9" fill="url(ADDRESS#a)"/>', '<path d="M0 0" filter="url(ADDRESS#a)"/>'],
)  # fmt: skip
def test_what_a_drawing_names_is_not_even_asked_for(
    inside: str, secret: str, fonts: Path, no_network: list[Any]
) -> None:
    for address in (secret, "http://127.0.0.1:9/x"):
        printed(f'{SVG}width="9" height="9">{inside.replace("ADDRESS", address)}</svg>')
    assert no_network == []


def test_a_picture_inside_a_picture_is_closed_too(
    secret: str, fonts: Path, no_network: list[Any]
) -> None:
    inner = f'{SVG}width="9" height="9"><image href="{secret}" width="9" height="9"/></svg>'
    outer = data("image/svg+xml", inner.encode())
    _, report = printed(f'<img alt="x" src="{outer}"><img alt="y" src="asset:in.svg">',
                        {"in.svg": inner.encode()})  # fmt: skip
    assert report.left_out == (secret,)
    assert no_network == []


def test_good_addresses_are_not_told(fonts: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(out, "PNG")
    inside = data("image/png", out.getvalue())
    both = f'<img alt="x" src="{inside}"><img alt="y" src="asset:mark.png">'
    _, report = printed(both, {"mark.png": out.getvalue()})
    assert report.left_out == ()


def huge_png(side: int) -> bytes:
    """Return a picture of few bytes and many pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (len(content).to_bytes(4, "big") + name + content
                + zlib.crc32(name + content).to_bytes(4, "big"))  # fmt: skip

    head = side.to_bytes(4, "big") * 2 + bytes([1, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(9)))


LAUGHS = (
    "<!DOCTYPE svg [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + f"]>{SVG}width='9' height='9'><text>&a9;</text></svg>"
)


@pytest.mark.parametrize(
    "bomb",
    [
        data("image/png", huge_png(9_000)),
        data("image/png", huge_png(60_000)),
        "data:text/css," + "a{}" * 1_100_000,
    ],
    ids=["wide", "wider", "long"],
)
def test_bombs_are_left_out(bomb: str, fonts: Path) -> None:
    _, report = printed(f'<img alt="x" src="{bomb}">')
    assert [each[:12] for each in report.left_out] == [bomb[:12]]
    assert all(len(each) < 200 for each in report.left_out)


def test_entities_that_multiply_are_not_followed(fonts: Path) -> None:
    """The parser itself gives up: two gigabytes of laughter would not fit."""
    document, _ = printed(f'<img alt="x" src="{data("image/svg+xml", LAUGHS.encode())}">')
    assert len(document) < 300_000


def test_files_are_not_put_inside(secret: str, fonts: Path) -> None:
    document, _ = printed(f'<link rel="attachment" href="{secret}">')
    assert b"EmbeddedFile" not in document
