"""Which language the present piece of work speaks."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface: its code, its own name, its direction."""

    code: str
    own_name: str
    direction: str = "ltr"


LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language("ar", "العربية", "rtl"),
        Language("zh", "中文"),
        Language("en", "English"),
        Language("fr", "Français"),
        Language("pt", "Português"),
        Language("ru", "Русский"),
        Language("es", "Español"),
    )
}
"""The six official languages of the United Nations, and Portuguese."""

DEFAULT = "en"

_current: ContextVar[str] = ContextVar("language", default=DEFAULT)


def current() -> str:
    """Return the code of the language spoken now."""
    return _current.get()


def direction(code: str | None = None) -> str:
    """Return "rtl" or "ltr" for a language, the present one by default."""
    language = LANGUAGES.get(code or current())
    return language.direction if language else "ltr"


def known(code: str | None) -> str:
    """Return the code if it is a language of the interface, else the default."""
    return code if code in LANGUAGES else DEFAULT


def set_current(code: str) -> None:
    """Speak this language from here on (a request does it once, at its start)."""
    _current.set(known(code))


@contextmanager
def use(code: str) -> Iterator[None]:
    """Speak this language inside the block; an unknown code means English."""
    token = _current.set(known(code))
    try:
        yield
    finally:
        _current.reset(token)


def best(accept: str, offered: list[str]) -> str:
    """Choose from `offered` by an Accept-Language header; the first offered where nothing fits."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept.split(",")[:20]):
        tag, _sep, weight = part.strip().partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            continue
        wishes.append((-quality, place, tag.split("-")[0].lower()))
    for _quality, _place, code in sorted(wishes):
        if code in offered:
            return code
    return offered[0]
