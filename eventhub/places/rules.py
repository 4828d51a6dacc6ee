"""Exceptions of a pool as people type them: one State or organization with its seats a line."""

import re
from dataclasses import dataclass

_LINE = re.compile(r"(?P<who>.*?)[\s:=]*(?P<seats>[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Exemption:
    """One line: who is named by code or name, and how many seats; None is no limit."""

    who: str
    seats: int | None


def exemptions_in(text: str) -> list[Exemption]:
    """Return the exceptions of a text, empty lines left out: "ZMB 9", "Kenya: 3", "CHN"."""
    found = []
    for line in text.splitlines():
        match = _LINE.fullmatch(line.strip())
        if match and match["who"]:
            seats = match["seats"]
            found.append(Exemption(match["who"], int(seats) if seats else None))
    return found
