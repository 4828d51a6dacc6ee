"""A design is kept as it was."""

from eventhub.badges.frozen import Source, unpacked


def test_design_comes_back_as_it_was_kept() -> None:
    source = Source("<p>证件 بطاقة</p>", {"logo.png": bytes(range(256)), "b": b""})
    assert unpacked(source.packed()) == source
    assert Source(source.html, dict(reversed(source.files.items()))).packed() == source.packed()
