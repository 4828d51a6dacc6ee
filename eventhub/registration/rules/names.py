"""Names as their owners write them (R1.29, R2.11, R2.17).

Nobody must have two names, nothing is split at blanks, no letter is made small. Capitals are made
by the name's language, unless the owner wrote their own.
"""

import unicodedata
from dataclasses import dataclass

from eventhub.core.text import fold

_TURKIC = frozenset({"tr", "az"})
_ONLY_TURKIC = frozenset("ıİğĞ")
_ACUTE = "\u0301"


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a name; any of them may be empty, but not all."""

    family_name: str = ""
    given_names: str = ""
    honorific: str = ""
    name_order: str = "given_first"
    display_name: str = ""
    display_caps: str = ""
    name_local: str = ""
    name_local_language: str = ""
    language: str = ""

    @property
    def is_there(self) -> bool:
        """Tell whether any part is filled: one is enough."""
        return bool(self.family_name or self.given_names or self.display_name)

    @property
    def family_caps(self) -> str:
        """Return the family name in capitals, as its owner writes them or by its language."""
        return self.display_caps or capitals(self.family_name, self.language)

    @property
    def full(self) -> str:
        """Return the name as its owner wants it read, without honorific or capitals."""
        return self.display_name or self._in_order(self.family_name)

    @property
    def lines(self) -> tuple[str, str]:
        """Return the two lines of a badge in reading order; one is "" for a single name."""
        if not self.family_name:
            return (self.given_names or self.display_name, "")
        lines = (self.given_names, self.family_caps)
        return lines if self.name_order == "given_first" else (lines[1], lines[0])

    def printed(self, language: str = "") -> str:
        """Return the name for a list: honorific, given names, FAMILY NAME, in the owner's order.

        In a language that has the owner's own script, that name stands, and in Chinese the form
        of address follows it.
        """
        if language and self.name_local and self.name_local_language == language:
            return self.name_local + (self.honorific if _is_chinese(self.honorific) else "")
        name = self.on_screen
        if _is_chinese(self.honorific):
            return name + self.honorific if _is_chinese(name) else name
        return f"{self.honorific} {name}".strip()

    @property
    def on_screen(self) -> str:
        """Return the name for a video meeting: given names, FAMILY NAME, in the owner's order."""
        return self.display_name or self._in_order(self.family_caps)

    def with_title(self, title: str, language: str = "") -> str:
        """Return honorific, given names, FAMILY NAME, title; Chinese: name, then title (R2.17)."""
        name = self.printed(language)
        if not title:
            return name
        return f"{name} {title}" if _is_chinese(name) else f"{name}{_comma(title)} {title}"

    def _in_order(self, family: str) -> str:
        first, second = self.given_names, family
        if self.name_order == "family_first":
            first, second = second, first
        join = "" if _is_chinese(first) and _is_chinese(second) else " "
        return join.join(part for part in (first, second) if part)


def capitals(text: str, language: str = "", *, sharp_s: str = "ẞ") -> str:
    """Return the text in capitals by the rules of its language.

    Turkish and Azerbaijani keep i and ı apart (also where only letters of theirs tell the
    language), French and Vietnamese keep accents, Greek drops its acute, and German ß becomes
    `sharp_s`, which may be "SS".
    """
    text = unicodedata.normalize("NFC", text)
    if language in _TURKIC or _ONLY_TURKIC & set(text):
        text = text.replace("i", "İ").replace("ı", "I")
    if language == "el":
        bare = unicodedata.normalize("NFD", text).replace(_ACUTE, "")
        text = unicodedata.normalize("NFC", bare)
    return text.replace("ß", sharp_s).upper()


def name_key(name: Name) -> tuple[str, str]:
    """Return what a list of persons sorts by: family name, or the given names of who has none."""
    family = name.family_name or name.given_names or name.display_name
    return fold(family), fold(name.given_names)


def _is_chinese(text: str) -> bool:
    return bool(text) and all("\u3400" <= letter <= "\u9fff" for letter in text)


def _comma(text: str) -> str:
    """Return the comma of the script in which the text is written."""
    is_arabic = any("\u0600" <= letter <= "\u06ff" for letter in text)
    return "\u060c" if is_arabic else ","
