"""Pictures that people upload are made harmless."""

import base64
import io

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
