"""Languages: the reader's locale, the words of the interface, and texts kept in several languages.

A *locale* is one of LANGUAGES and is set around a piece of work by `use(language)`. The
interface's words come from gettext catalogues; a *translated* text is what an organiser wrote,
in one or more languages, picked by the reader's language and then the event's order of others.
"""

from eventhub.i18n.catalogue import gettext, lazy_gettext, lazy_pgettext, ngettext, pgettext
from eventhub.i18n.catalogue import gettext as _
from eventhub.i18n.locale import LANGUAGES, current, direction, use
from eventhub.i18n.translated import Translated, TranslatedText

__all__ = [
    "LANGUAGES",
    "Translated",
    "TranslatedText",
    "_",
    "current",
    "direction",
    "gettext",
    "lazy_gettext",
    "lazy_pgettext",
    "ngettext",
    "pgettext",
    "use",
]
