"""A text in several languages: one JSON column, an immutable value in Python."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import TypeDecorator
from sqlalchemy.engine import Dialect

from eventhub.core.db import Json
from eventhub.i18n import locale


class Translated(Mapping[str, str]):
    """What was written, by language code; never changed in place, and without empty entries."""

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str] | None = None, /, **more: str) -> None:
        given = {**(texts or {}), **more}
        self._texts = {code: text for code, text in sorted(given.items()) if text.strip()}

    def __getitem__(self, code: str) -> str:
        return self._texts[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(tuple(self._texts.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Translated) and self._texts == other._texts

    def __repr__(self) -> str:
        return f"Translated({self._texts!r})"

    def __str__(self) -> str:
        return self.pick()

    def language(self, code: str | None = None, order: Iterable[str] = ()) -> str | None:
        """Return the language in which `pick` answers, None where nothing was written."""
        for wish in (code or locale.current(), *order, locale.DEFAULT, *self._texts):
            if wish in self._texts:
                return wish
        return None

    def pick(self, code: str | None = None, order: Iterable[str] = ()) -> str:
        """Return the text in this language, else in the first of `order` written, else any."""
        found = self.language(code, order)
        return self._texts[found] if found else ""

    def with_text(self, code: str, text: str) -> "Translated":
        """Return a copy in which this language says `text`; an empty text removes it."""
        return Translated({**self._texts, code: text})


class TranslatedText(TypeDecorator[Translated]):
    """The column type of a Translated."""

    impl = Json
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Write the languages as a JSON object."""
        return dict(value) if value is not None else {}

    def process_result_value(self, value: Any, dialect: Dialect) -> Translated:
        """Read the languages; no value is a text without any."""
        return Translated(value or {})
