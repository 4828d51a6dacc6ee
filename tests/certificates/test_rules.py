"""Serials, without an application."""

import itertools

from eventhub.certificates.rules import BASE36, check_character, is_serial, serial


def test_r5_5_serial_carries_its_check_character() -> None:
    text = serial("SEM-2024", 42)
    assert text.startswith("SEM-2024-00042-")
    assert is_serial(text)
    assert is_serial(text.lower())


def test_r5_5_check_character_catches_every_single_error() -> None:
    text = serial("BJS-2024", 107)
    for place, other in itertools.product(range(len(text)), BASE36):
        if text[place] not in ("-", other):
            assert not is_serial(text[:place] + other + text[place + 1 :])


def test_r5_5_check_character_catches_swapped_neighbours() -> None:
    text = "XIAMEN202400042"
    check = check_character(text)
    for place in range(len(text) - 1):
        if text[place] != text[place + 1]:
            swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
            assert check_character(swapped) != check
