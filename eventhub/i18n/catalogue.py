"""The interface's words, from gettext catalogues; English is the source."""

from functools import cache
from pathlib import Path
from typing import Any

from babel.support import LazyProxy, NullTranslations, Translations

from eventhub.i18n import locale

_package = Path(__file__).resolve().parents[1]
FOLDERS = (_package / "_translations", _package.parent / "translations")
"""Where the catalogues lie: in the wheel, or beside the package in a checkout."""


@cache
def catalogue(code: str) -> NullTranslations:
    """Return the compiled catalogue of a language, an empty one where there is none."""
    for folder in FOLDERS:
        if (folder / code / "LC_MESSAGES" / "messages.mo").exists():
            return Translations.load(str(folder), [code])
    return NullTranslations()


def gettext(message: str, /, **values: Any) -> str:
    """Say the message in the present language, its %(name)s places filled in."""
    said: str = catalogue(locale.current()).ugettext(message)
    return said % values if values else said


def ngettext(singular: str, plural: str, n: int, /, **values: Any) -> str:
    """Say the message for this number; %(n)s is filled in with the number."""
    said: str = catalogue(locale.current()).ungettext(singular, plural, n)
    return said % {"n": n, **values}


def lazy_gettext(message: str, /, **values: Any) -> Any:
    """Return something that becomes the message when it is shown, for words at module level."""
    return LazyProxy(gettext, message, enable_cache=False, **values)


def pgettext(context: str, message: str, /, **values: Any) -> str:
    """Say a message that means different things of different things: `context` names the thing."""
    said: str = catalogue(locale.current()).upgettext(context, message)
    return said % values if values else said


def lazy_pgettext(context: str, message: str, /, **values: Any) -> Any:
    """Return something that becomes the message in its context when it is shown."""
    return LazyProxy(pgettext, context, message, enable_cache=False, **values)
