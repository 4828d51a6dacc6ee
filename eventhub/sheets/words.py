"""Words of columns and cells in every language of the interface, so that any of them is read."""

from collections.abc import Callable, Mapping
from typing import Any

from eventhub.core.text import fold
from eventhub.i18n import LANGUAGES, current, lazy_gettext, use

YES = lazy_gettext("Yes")
NO = lazy_gettext("No")


def in_all(word: Callable[[], Any]) -> frozenset[str]:
    """Return what a word is in every language of the interface."""
    found = set()
    for code in LANGUAGES:
        with use(code):
            found.add(str(word()))
    return frozenset(found)


def options_in_all(words: Callable[[], Mapping[str, Any]]) -> dict[str, Any]:
    """Return values by every word that means them, folded, and by themselves."""
    found: dict[str, Any] = {}
    for language in (*LANGUAGES, current()):
        with use(language):
            found |= {fold(str(word)): code for code, word in words().items()}
    return found | {fold(code): code for code in words()}


def yes_no() -> dict[str, Any]:
    """Return True and False by the words that mean them, folded."""
    found: dict[str, Any] = {}
    for language in LANGUAGES:
        with use(language):
            found |= {fold(str(YES)): True, fold(str(NO)): False}
    return {**found, "1": True, "0": False}
