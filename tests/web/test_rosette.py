import zlib
from xml.etree import ElementTree

import pytest

from eventhub.web.rosette import rosette

CODES = [
    "FOCAC-DIG",
    "XMN-2024",
    "NYC-2025",
    "BJS-2024",
    "SHA-2024",
    "A",
    "论坛-2026",
    "منتدى-2026",
]


@pytest.mark.parametrize("code", CODES)
def test_rosette_is_sound_xml_of_two_rings(code):
    svg = ElementTree.fromstring(rosette(code))
    reaches = {ellipse.get("rx") for ellipse in svg.findall("ellipse")}
    assert svg.get("aria-hidden") == "true"
    assert svg.get("stroke") == "currentColor"
    assert len(reaches) == 2
    assert 14 <= len(svg.findall("ellipse")) <= 23


@pytest.mark.parametrize("code", CODES)
def test_rosette_is_small_on_the_wire(code):
    assert len(zlib.compress(rosette(code).encode(), 9)) <= 460


def test_rosette_stays_the_same_for_a_code():
    assert rosette("xmn-2024 ") == rosette("XMN-2024")
    assert rosette("XMN-2024", 32) == rosette("XMN-2024").replace('"64"', '"32"')


def test_rosettes_of_many_codes_differ():
    codes = [f"EV{number}-2026" for number in range(200)]
    assert len({rosette(code) for code in codes}) == 200


def test_rosette_writes_nothing_of_the_code():
    assert "<script" not in rosette("<script>alert(1)</script>")
