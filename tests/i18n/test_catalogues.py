"""The interface is whole in seven languages."""

import re
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from eventhub.i18n import lazy_pgettext, pgettext, use
from eventhub.i18n.catalogue import catalogue
from eventhub.texts import _found, collect

ROOT = Path(__file__).resolve().parents[2]
PLACE = re.compile(r"%\((\w+)\)s")


Text = tuple[str | None, str]
"""The context of a text, None for most, and what it says in English."""


def _catalogue(code: str) -> dict[Text, tuple[str, ...]]:
    path = ROOT / "translations" / code / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=code)
    said = {}
    for message in catalogue:
        if message.id:
            key = message.id[0] if isinstance(message.id, tuple) else message.id
            text = message.string
            said[message.context, str(key)] = text if isinstance(text, tuple) else (str(text),)
    return said


@pytest.fixture(scope="module")
def sources() -> dict[Text, set[str]]:
    """Return the places of each text in the sources."""
    found: dict[Text, set[str]] = {}
    for _name, _line, message, _comments, context in _found(ROOT):
        forms = message if isinstance(message, tuple) else (message,)
        found[context, forms[0]] = {place for form in forms for place in PLACE.findall(form)}
    return found


@pytest.mark.parametrize("code", ["fr", "zh", "ar", "es", "ru", "pt"])
def test_every_text_is_said(code: str, sources: dict[Text, set[str]]) -> None:
    said = _catalogue(code)
    missing = [text for text in sources if not all(said.get(text, ("",)))]
    assert missing == []


@pytest.mark.parametrize("code", ["fr", "zh", "ar", "es", "ru", "pt"])
def test_translations_keep_their_places(code: str, sources: dict[Text, set[str]]) -> None:
    said = _catalogue(code)
    strange = {
        text: forms
        for text, forms in said.items()
        if text in sources and any(set(PLACE.findall(form)) - sources[text] for form in forms)
    }
    assert strange == {}


def test_a_word_with_two_meanings_is_collected_and_said_by_its_context(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("eventhub", "templates"):
        (tmp_path / folder).mkdir()
    (tmp_path / "eventhub/words.py").write_text('lazy_pgettext("letter", "Sent")\n')
    (tmp_path / "templates/page.html").write_text('{{ pgettext("file", "Sent") }}\n')
    assert collect(tmp_path)["fr"] == 2
    path = tmp_path / "translations/fr/LC_MESSAGES/messages.po"
    text = path.read_text()
    for context, said in (("letter", "Envoyée"), ("file", "Envoyé")):
        begun = f'msgctxt "{context}"\nmsgid "Sent"\nmsgstr "'
        assert begun in text
        text = text.replace(begun, begun + said)
    path.write_text(text)
    assert collect(tmp_path)["fr"] == 0
    with path.open("rb") as file, path.with_suffix(".mo").open("wb") as target:
        write_mo(target, read_po(file, locale="fr"))
    catalogue.cache_clear()
    monkeypatch.setattr("eventhub.i18n.catalogue.FOLDERS", (tmp_path / "translations",))
    try:
        with use("fr"):
            assert pgettext("letter", "Sent") == "Envoyée"
            assert str(lazy_pgettext("file", "Sent")) == "Envoyé"
            assert pgettext("nothing", "Sent") == "Sent"
    finally:
        catalogue.cache_clear()
