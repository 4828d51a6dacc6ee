"""Codes as people type them, and as files carry them."""

import zlib

import pytest

from eventhub.certificates.codes import (
    MOST_BYTES,
    MOST_UNPACKED,
    carries_serial,
    codes_in,
    possible_codes,
    readable,
)
from eventhub.certificates.rules import grouped, serial

CODE = "OBIL23AZ7QLMSTUV"


@pytest.mark.parametrize(
    "typed",
    [
        "OBIL-23AZ-7QLM-STUV",
        " obil 23az 7qlm stuv ",
        "0BIL 23AZ 7QLM STUV",
        "O81L 23AZ 7Q1M STUV",
        "OBlI23AZ7QIMSTUV",
        "ＯＢＩＬ－２３ＡＺ－７ＱＬＭ－ＳＴＵＶ",
        "ОВІL٢٣АZ٧QLМSТUV",
    ],
    ids=["grouped", "small", "zero", "eight-one", "l-and-I", "full-width", "Cyrillic-and-Arabic"],
)
def test_r5_5_code_is_understood_however_it_was_typed(typed: str) -> None:
    assert CODE in possible_codes(typed)


def test_r5_5_letters_that_differ_on_paper_are_not_taken_for_one_another() -> None:
    assert CODE not in possible_codes(CODE.replace("S", "5"))
    assert CODE not in possible_codes(CODE.replace("Z", "2"))
    assert possible_codes("") == {""}


def test_readings_stay_few() -> None:
    assert len(possible_codes("1" * 16)) <= 2
    assert len(possible_codes("IL1" * 2 + "A" * 10)) <= 65


def test_r5_5_codes_and_serials_are_found_in_files() -> None:
    address = f"https://example.org/c/{grouped(CODE)}".encode()
    packed = b"7 0 obj<<>>stream\n" + zlib.compress(b"(" + address + b")") + b"\nendstream"
    wide = "\ufeff".encode("utf-16-be") + address.decode().encode("utf-16-be")
    for data in (address, packed, b"%PDF-1.7 " + wide, b"<" + wide.hex().encode() + b">"):
        assert codes_in(data) == {CODE}
    number = serial("SEM-2026", 42).encode()
    assert carries_serial(b"(Certificate of attendance " + number + b")")
    assert not carries_serial(b"(" + number.replace(b"42", b"43") + b")")
    assert not carries_serial(b"ISO-9001-20155-A and other numbers")


def test_file_that_unpacks_to_much_is_unpacked_in_part_only() -> None:
    bomb = zlib.compress(b"x" * 4 * MOST_BYTES, 9)
    data = (b"stream\n" + bomb + b"endstream ") * 40
    pieces = list(readable(data))
    assert max(len(piece) for piece in pieces[1:]) <= MOST_UNPACKED + 1
    assert sum(len(piece) for piece in pieces) <= len(data) + MOST_BYTES + len(pieces)
