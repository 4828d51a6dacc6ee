"""Documents: sound, the same every time, and deaf to the outside."""

import base64
import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from threading import Thread

import pikepdf
import pytest
from PIL import Image

from eventhub.printing.fonts import FontsMissing
from eventhub.printing.html_pdf import render_pdf
from tests.paper import Tool
from tests.printing.conftest import DECLARED, MADE

SECRET = "kept-outside-of-every-document"


def png() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (8, 8), "red").save(buffer, "PNG")
    return buffer.getvalue()


def strings_of(data: bytes) -> bytes:
    """Return the PDF uncompressed, with all it holds."""
    buffer = BytesIO()
    with pikepdf.open(BytesIO(data)) as document:
        options = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.all}
        document.save(buffer, **options)
    return buffer.getvalue()


def test_a_document_is_sound_tagged_titled_and_dated(
    pdf: Callable[..., bytes], tool: Tool, tmp_path: Path
) -> None:
    file = tmp_path / "x.pdf"
    table = "<table><thead><tr><th>State</th><th>No.</th></tr></thead><tbody><tr>"
    file.write_bytes(pdf(f"<h1>Zambia</h1>{table}<th>Zambia</th><td>12</td></tr></tbody></table>"))
    tool("qpdf", "--check", file)
    with pikepdf.open(file) as document:
        assert document.Root.MarkInfo.Marked is True
        assert str(document.Root.Lang) == "en"
        assert str(document.docinfo.Title) == "Test"
        assert str(document.docinfo.CreationDate) == "D:20240402010000Z"
        assert b"pdfuaid:part" in document.Root.Metadata.read_bytes()
        elements = [o for o in document.objects if isinstance(o, pikepdf.Dictionary)]
        scopes = [str(o.A.Scope) for o in elements if o.get("/S") == "/TH"]
    assert scopes == ["/Column", "/Column", "/Row"]


def test_equal_input_gives_equal_bytes_in_another_process(fonts: Path) -> None:
    program = (
        "import sys, hashlib; from datetime import datetime, UTC;"
        "from eventhub.printing.html_pdf import render_pdf;"
        "made = datetime(2024, 4, 2, 1, tzinfo=UTC);"
        "pages = ['<p>Nguyễn Thị فاطمة 高橋</p>', '<p>شرف 김</p>'];"
        "data = render_pdf(pages, lang='en', title='T', created_at=made);"
        "print(hashlib.sha256(data).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LANG": "C.UTF-8"},
        ).stdout
        for seed, zone in [("1", "UTC"), ("2", "Asia/Shanghai")]
    }
    assert len(digests) == 1
    assert len(digests.pop().strip()) == 64


def test_the_date_is_the_instant_and_not_the_zone(fonts: Path) -> None:
    def made(at: datetime) -> bytes:
        return render_pdf("<p>x</p>", lang="en", title="T", created_at=at)

    assert made(MADE) == made(MADE.astimezone(timezone(timedelta(hours=8))))
    assert made(MADE) != made(datetime(2025, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "body",
    [
        '<img alt="x" src="{url}">',
        '<link rel="stylesheet" href="{url}"><p>x</p>',
        '<link rel="attachment" href="{url}"><p>x</p>',
        '<a rel="attachment" href="{url}">x</a>',
        '<p style="background: url({url})">x</p>',
        '<style>@import url("{url}"); @font-face {{ font-family: f; src: url("{url}") }}</style>x',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}" width="9" height="9"/></svg>x',
        '<object data="{url}">x</object><embed src="{url}">',
        '<base href="{url}"><img alt="x" src="y.png">',
    ],
)
@pytest.mark.parametrize("kind", ["file", "http", "ftp", "asset", "relative"])
def test_nothing_outside_is_fetched_and_nothing_breaks(
    body: str, kind: str, pdf: Callable[..., bytes], tmp_path: Path
) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text(f"p::after {{ content: '{SECRET}' }}")
    url = {
        "file": secret.as_uri(),
        "http": "http://127.0.0.1:9/secret.css",
        "ftp": "ftp://127.0.0.1:9/secret.css",
        "asset": "asset:../print.css",
        "relative": str(secret),
    }[kind]
    content = strings_of(pdf(body.format(url=url) + "<p>still here</p>"))
    assert b"/EmbeddedFile" not in content
    assert SECRET.encode() not in content
    if kind == "file":
        assert b"file:" not in content


def test_a_refused_address_is_told_in_the_log(
    pdf: Callable[..., bytes], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        pdf('<img alt="x" src="file:///etc/hostname"><img alt="y" src="asset:nobody.png">')
    told = " ".join(caplog.messages)
    assert "disallowed protocol" in told
    assert "no such asset: nobody.png" in told


def test_data_is_no_way_to_attach_a_file(pdf: Callable[..., bytes]) -> None:
    address = "data:text/plain;base64," + base64.b64encode(b"hidden").decode()
    content = pdf(
        f'<link rel="attachment" href="{address}"><p><a rel="Attachment" href="{address}">x</a>'
    )
    assert b"/EmbeddedFile" not in strings_of(content)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/hostname", " data:x,y", "other.html"]
)
def test_links_lead_only_to_pages_and_mailboxes(address: str, pdf: Callable[..., bytes]) -> None:
    good = '<a href="https://x.example/c/1">one</a> <a href="mailto:a@x.example">two</a>'
    with pikepdf.open(BytesIO(pdf(f'<p>{good} <a href="{address}">three</a></p>'))) as document:
        links = [str(annotation.A.URI) for annotation in document.pages[0].Annots]
    assert links == ["https://x.example/c/1", "mailto:a@x.example"]


def test_assets_are_drawn(fonts: Path) -> None:
    body = '<img alt="x" src="asset:photos/red%20one.png"><img alt="y" src="asset:red.png">'
    data = render_pdf(
        f"{DECLARED}<body>{body}</body>",
        lang="en",
        title="T",
        created_at=MADE,
        base_files={"photos/red one.png": png(), "red.png": png()},
    )
    assert strings_of(data).count(b"/Subtype /Image") == 2


def test_several_documents_become_one_file_and_can_be_counted_on_the_way(fonts: Path) -> None:
    told: list[int] = []

    def badges() -> Iterator[str]:
        for number in range(3):
            yield f'{DECLARED}<body><section class="badge"><p>No. {number} فاطمة</p></section>'
            told.append(number)

    data = render_pdf(badges(), lang="en", title="Badges", created_at=MADE)
    assert told == [0, 1, 2]
    with pikepdf.open(BytesIO(data)) as document:
        sizes = [
            [round(float(side) / 72 * 25.4) for side in p.mediabox[2:]] for p in document.pages
        ]
    assert sizes == [[105, 148]] * 3


def test_a_masthead_stands_on_every_page_of_a_list(
    pdf: Callable[..., bytes], tool: Tool, tmp_path: Path
) -> None:
    running = '<div class="running" data-institution="Ministry" data-reference="R.2" data-time="T">'
    file = tmp_path / "list.pdf"
    file.write_bytes(pdf(f"{running}</div>" + "<p>row</p>" * 120))
    pages = tool("pdftotext", "-layout", file, "-").split("\f")[:-1]
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert "Ministry" in page
        assert re.search(rf"\b{number} ?/ ?{len(pages)}\b", page)


def test_no_html_is_refused(fonts: Path) -> None:
    with pytest.raises(ValueError, match="nothing to print"):
        render_pdf([], lang="en", title="T", created_at=MADE)


def test_without_fonts_nothing_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    with pytest.raises(FontsMissing, match="use_fonts"):
        render_pdf("<p>x</p>", lang="en", title="T", created_at=MADE)


def test_one_page_is_drawn_between_the_documents_of_a_long_run(fonts: Path) -> None:
    """Somebody waits at the desk while hundreds of badges are made."""
    single: list[bytes] = []

    def draw_one() -> None:
        html = "<h1>One</h1>"
        single.append(render_pdf(html, lang="en", title="One", created_at=datetime.now(UTC)))

    def documents() -> Iterator[str]:
        yield "<h1>First</h1>"
        desk = Thread(target=draw_one)
        desk.start()
        desk.join(20)
        assert single, "it does not wait for the end of the run"
        yield "<h1>Second</h1>"

    whole = render_pdf(documents(), lang="en", title="Run", created_at=datetime.now(UTC))
    assert whole.startswith(b"%PDF")
    assert single[0].startswith(b"%PDF")
