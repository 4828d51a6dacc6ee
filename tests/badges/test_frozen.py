"""A design is kept as it was."""

from dataclasses import replace

from eventhub.badges.frozen import Source, unpacked
from eventhub.designs.ready import KEYS, ready
from tests.designs.cards import KIND, OCCASION


def test_design_comes_back_as_it_was_kept() -> None:
    kinds = tuple(replace(KIND, name=key) for key in KEYS)
    source = Source({key: ready(key) for key in KEYS}, kinds, OCCASION)
    assert unpacked(source.packed()) == source
    turned = dict(reversed(source.layouts.items()))
    assert replace(source, layouts=turned).packed() == source.packed()
