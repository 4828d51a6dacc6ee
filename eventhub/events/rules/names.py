"""The address and the short code of an event."""

import re
from collections.abc import Callable

from eventhub.core.text import fold

SHORTEST_SLUG = 4
LONGEST_SLUG = 60
LONGEST_CODE = 20

RESERVED = frozenset(
    {"account", "admin", "api", "c", "calendar", "credentials", "d", "demo", "door", "events"}
    | {"feed", "forgot"}
    | {"healthz", "help", "manage", "my", "readyz", "register", "robots", "search", "sent-mail"}
    | {"series", "sign-in", "sign-out", "speaker", "static", "static-event", "verify", "www"}
)
"""First words of addresses that mean something else; with or without a year."""

_WEB = re.compile(r"https?://[^\s/]+\.[^\s]+")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_YEAR = re.compile(r"(?:^|-)(?:19|20)\d\d(?:-|$)")
_YEARS = re.compile(r"-?(?:19|20)\d\d(?=-|$)")
_CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")


def propose_slug(*, title: str, city: str, preset: str, year: int) -> str:
    """Return an address such as xiamen-2024: of the city, else of the title, else the preset."""
    for text, most in ((city, 3), (title, 4), (preset.replace("_", " "), 3)):
        words = [word for word in _ascii(text).split() if not _YEAR.fullmatch(word)][:most]
        stem = "-".join(words)[: LONGEST_SLUG - 9].strip("-")
        if len(stem) >= 2 and stem not in RESERVED:
            return f"{stem}-{year}"
    return f"event-{year}"


def first_free(slug: str, is_taken: Callable[[str], bool]) -> str:
    """Return the address, numbered from 2 where it is taken."""
    number, candidate = 1, slug
    while is_taken(candidate):
        number += 1
        candidate = f"{slug}-{number}"
    return candidate


def slug_problem(slug: str) -> str | None:
    """Return what is wrong with an address: form, year, reserved; None where it is right."""
    if not (SHORTEST_SLUG <= len(slug) <= LONGEST_SLUG and _SLUG.fullmatch(slug)):
        return "form"
    if not _YEAR.search(slug):
        return "year"
    stem = _YEARS.sub("", slug).strip("-")
    return "reserved" if stem in RESERVED or slug in RESERVED else None


def code_of(slug: str) -> str:
    """Return the short code of an address: XIAMEN-2024, its year kept where it must be cut."""
    code = slug.upper()
    if len(code) <= LONGEST_CODE:
        return code
    year = _YEAR.search(code)
    end = f"-{year.group().strip('-')}" if year else ""
    return code[: LONGEST_CODE - len(end)].strip("-") + end


def code_problem(code: str) -> str | None:
    """Return "form" where the code is not 3 to 20 capitals, digits and single hyphens."""
    return None if 3 <= len(code) <= LONGEST_CODE and _CODE.fullmatch(code) else "form"


def _ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()


def english_key(name: str) -> tuple[str, str]:
    """Return the key by which hosts stand in English alphabetical order (R3.38).

    Case and accents do not count; a leading article does not either.
    """
    folded = fold(name)
    return folded.removeprefix("the "), name


def is_web_address(text: str) -> bool:
    """Tell whether the text is an address of the web, without blanks."""
    return _WEB.fullmatch(text) is not None
