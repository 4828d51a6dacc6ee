"""The interface is whole in seven languages."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from eventhub.texts import _found

ROOT = Path(__file__).resolve().parents[2]
PLACE = re.compile(r"%\((\w+)\)s")


def _catalogue(code: str) -> dict[str, tuple[str, ...]]:
    path = ROOT / "translations" / code / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=code)
    said = {}
    for message in catalogue:
        if message.id:
            key = message.id[0] if isinstance(message.id, tuple) else message.id
            text = message.string
            said[str(key)] = text if isinstance(text, tuple) else (str(text),)
    return said


@pytest.fixture(scope="module")
def sources() -> dict[str, set[str]]:
    """Return the places of each text in the sources."""
    found: dict[str, set[str]] = {}
    for _name, _line, message, _comments, _context in _found(ROOT):
        forms = message if isinstance(message, tuple) else (message,)
        found[forms[0]] = {place for form in forms for place in PLACE.findall(form)}
    return found


@pytest.mark.parametrize("code", ["fr", "zh", "ar", "es", "ru", "pt"])
def test_every_text_is_said(code: str, sources: dict[str, set[str]]) -> None:
    said = _catalogue(code)
    missing = [text for text in sources if not all(said.get(text, ("",)))]
    assert missing == []


@pytest.mark.parametrize("code", ["fr", "zh", "ar", "es", "ru", "pt"])
def test_translations_keep_their_places(code: str, sources: dict[str, set[str]]) -> None:
    said = _catalogue(code)
    strange = {
        text: forms
        for text, forms in said.items()
        if text in sources and any(set(PLACE.findall(form)) - sources[text] for form in forms)
    }
    assert strange == {}
