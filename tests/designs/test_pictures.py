"""Pictures that people upload are made harmless."""

import base64
import io
import struct
import zlib

import pytest
from flask import Flask
from PIL import Image

from eventhub.core.errors import Invalid
from eventhub.designs.pictures import clean_picture, clean_svg

SLY = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 width="40mm" height="20mm" onload="alert(1)"><script>alert(1)</script>
<style>@import url(http://evil.example/x.css);</style>
<image href="file:///etc/passwd"/><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p>
</foreignObject><use xlink:href="http://evil.example/a.svg#b"/><use href="#ok"/>
<a href="javascript:alert(1)"><rect width="1" height="1"/></a>
<rect id="ok" width="10" height="5" fill="url(http://evil.example/p)" style="fill:#123456;
 filter:url(file:///etc/passwd);stroke:red" stroke="url(#grad)"/></svg>"""


def test_svg_keeps_its_shapes_and_nothing_that_reads_files_or_network(app: Flask) -> None:
    with app.test_request_context():
        clean = clean_svg(SLY).decode()
    for word in ("script", "evil", "file:", "passwd", "onload", "style", "image", "javascript",
                 "foreignObject"):  # fmt: skip
        assert word not in clean
    assert 'href="#ok"' in clean
    assert 'fill="#123456"' in clean
    assert 'stroke="red"' in clean
    assert 'viewBox="0 0 40 20"' in clean


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">&x;</svg>',
        b"<svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html></html>", b"GIF89a", b"",
    ],
)  # fmt: skip
def test_what_is_no_plain_picture_is_refused(app: Flask, data: bytes) -> None:
    with app.test_request_context(), pytest.raises(Invalid) as caught:
        clean_picture(data)
    assert caught.value.field == "file"


def test_photo_is_drawn_anew_without_its_metadata(app: Flask) -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", (30, 20), "red").save(out, "JPEG", exif=exif)
    with app.test_request_context():
        kind, data = clean_picture(out.getvalue())
    made = base64.b64decode(data)
    assert kind == "image/jpeg"
    assert b"secret" not in made


def _levels(how_many: int, again: str, fan: int = 10) -> bytes:
    """Return a drawing whose levels each draw the one below `fan` times."""
    groups = "".join(
        f'<g id="l{level}">' + again.format(level - 1) * fan + "</g>"
        for level in range(1, how_many + 1)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'viewBox="0 0 9 9"><defs><rect id="l0" width="1" height="1"/>'
        f'{groups}</defs><use href="#l{how_many}"/></svg>'
    ).encode()


@pytest.mark.parametrize(
    "data",
    [
        _levels(8, '<use href="#l{}"/>'),
        _levels(8, '<use xlink:href="#l{}"/>'),
        _levels(8, '<rect clip-path="url(#l{})"/>'),
        _levels(8, '<rect style="mask:url(#l{})"/>'),
        _levels(300, '<use href="#l{}"/>', fan=1),
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g id="a"><use href="#b"/></g>'
        b'<g id="b"><use href="#a"/></g></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%b</svg>' % (b"<g/>" * 20_000),
    ],
    ids=["use", "xlink", "clip", "mask", "chain", "circle", "flat"],
)
def test_drawing_that_grows_too_large_once_drawn_is_refused(app: Flask, data: bytes) -> None:
    with app.test_request_context(), pytest.raises(Invalid) as caught:
        clean_picture(data)
    assert caught.value.field == "file"
    assert "too much detail" in str(caught.value)


def test_drawing_may_use_its_shapes_again(app: Flask) -> None:
    with app.test_request_context():
        clean = clean_svg(_levels(2, '<use href="#l{}"/>')).decode()
    assert clean.count("<use") == 21


def test_names_that_readers_may_take_differently_are_dropped(app: Flask) -> None:
    data = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g id="a b"/><g id="c"/>'
        b'<use href="#%63"/><rect clip-path="url(#a b)" style="mask:url(#%63)"/></svg>'
    )
    with app.test_request_context():
        clean = clean_svg(data).decode()
    assert 'id="c"' in clean
    for word in ("a b", "%63", "clip-path", "mask"):
        assert word not in clean


def test_bold_text_stays_bold(app: Flask) -> None:
    data = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        b'<text font-weight="bold">A</text><text style="font-weight:700">B</text></svg>'
    )
    with app.test_request_context():
        clean = clean_svg(data).decode()
    assert 'font-weight="bold"' in clean
    assert 'font-weight="700"' in clean


def test_picture_of_far_too_many_points_is_refused_by_its_header(app: Flask) -> None:
    out = io.BytesIO()
    Image.new("1", (1, 1)).save(out, "PNG")
    data = bytearray(out.getvalue())
    data[16:24] = struct.pack(">II", 30_000, 30_000)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    with app.test_request_context(), pytest.raises(Invalid) as caught:
        clean_picture(bytes(data))
    assert caught.value.field == "file"
    assert "too many points" in str(caught.value)
