"""Status lists and multibase numbers, by the vectors of their standards."""

import base64
import gzip

import pytest

from eventhub.credentials.rules import (
    LIST_LENGTH,
    did_of,
    encoded_list,
    ids_of,
    multibase,
    multikey,
    place_of,
)

pytestmark = pytest.mark.any_database


def bits_of(text: str) -> bytes:
    assert text[0] == "u"
    return gzip.decompress(base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4)))


def test_the_first_bit_is_the_highest_of_the_first_byte() -> None:
    found = bits_of(encoded_list([0, 9, LIST_LENGTH - 1]))
    assert len(found) == 16 * 1024
    assert found[:2] == b"\x7f\xbf"
    assert found[-1] == 0xFE
    assert sum(byte.bit_count() for byte in found) == LIST_LENGTH - 3


def test_what_nobody_speaks_for_has_ended() -> None:
    assert bits_of(encoded_list([])) == b"\xff" * (16 * 1024)


def test_equal_lists_are_equal_text() -> None:
    assert encoded_list([3, 5]) == encoded_list([3, 5])


def test_each_certificate_has_one_place() -> None:
    assert place_of(1) == (1, 0)
    assert place_of(LIST_LENGTH) == (1, LIST_LENGTH - 1)
    assert place_of(LIST_LENGTH + 1) == (2, 0)
    for number in (1, 2, 7):
        assert place_of(ids_of(number)[0]) == (number, 0)
        assert place_of(ids_of(number)[-1]) == (number, LIST_LENGTH - 1)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Hello World!", "z2NEpo7TZRRrLZSi2U"),
        (b"The quick brown fox jumps over the lazy dog.",
         "zUSm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"),
        (bytes.fromhex("0000287fb4cd"), "z11233QC4"),
        (b"", "z"),
    ],
)  # fmt: skip
def test_base_58_is_that_of_the_draft(data: bytes, text: str) -> None:
    assert multibase(data) == text


def test_a_multikey_begins_as_all_of_its_kind() -> None:
    assert multikey(bytes(32)).startswith("z6Mk")


def test_a_port_is_part_of_the_name() -> None:
    assert did_of("events.example.org") == "did:web:events.example.org"
    assert did_of("127.0.0.1:8000") == "did:web:127.0.0.1%3A8000"
