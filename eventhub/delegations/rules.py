"""What is true of delegations without asking a database: states, replies, codes."""

import re
from collections.abc import Sequence

ROLES = ("participant", "host", "co_host", "observer")

PREPARATION, OPEN = "preparation", "open"

REPLIES = ("none", "regrets", "attending", "names_received")
"""What an entity answered, as it is written down (R1.34)."""
SILENT, REGRETS, COMPLETE = "none", "regrets", "complete"
STANDINGS = (*REPLIES, COMPLETE)
"""How far an entity is: what it answered, or that nothing of its people lacks any more."""


def standing(reply: str, *, is_complete: bool) -> str:
    """Return how far an entity is (R1.34): who sent regrets is not complete, whoever is left."""
    return COMPLETE if is_complete and reply != REGRETS else reply


REVIEW, CLAIMED, CONFIRMED, ENDED = "review", "claimed", "confirmed", "ended"
"""States of a focal point; a claimed or confirmed one holds the grant."""
HOLDING = (CLAIMED, CONFIRMED)

LETTER_KINDS = ("nomination", "credentials", "note_verbale", "focal_point")
RECEIVED, VERIFIED, REFUSED, SUPERSEDED = "received", "verified", "refused", "superseded"
REFUSALS = ("unreadable", "unsigned", "other_event", "wrong_authority", "names_differ", "other")
"""Why an official letter is refused."""

FORMS = ("letter", "note_verbale")
DRAFT, CLEARED, SENT = "draft", "cleared", "sent"
WAYS = ("mail", "by_hand", "post", "bag")
"""How an invitation was sent."""

CODE_ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"
CODE_LENGTH = 10
MOST_LETTER_BYTES = 10 * 1024 * 1024


def code_from(mac: bytes) -> str:
    """Return ten characters without look-alikes from the bytes of a keyed digest."""
    number = int.from_bytes(mac[:16], "big")
    signs = []
    for _place in range(CODE_LENGTH):
        number, sign = divmod(number, len(CODE_ALPHABET))
        signs.append(CODE_ALPHABET[sign])
    return "".join(signs)


def shown_code(code: str) -> str:
    """Return the code as it is printed and read aloud: two groups of five."""
    return f"{code[:5]}-{code[5:]}"


def plain_code(typed: str) -> str:
    """Return a code as it was typed without hyphens and blanks, in capitals; "" for no code."""
    text = re.sub(r"[\s\-\u2010-\u2015]+", "", typed).upper()
    good = len(text) == CODE_LENGTH and all(sign in CODE_ALPHABET for sign in text)
    return text if good else ""


def better_reply(old: str, new: str) -> bool:
    """Tell whether what happened by itself says more than the reply so far."""
    if old == REGRETS:
        return True
    return REPLIES.index(new) > REPLIES.index(old)


_SIGNATURES = (
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
)


def kind_of_file(data: bytes) -> tuple[str, str] | None:
    """Return media type and ending of a letter by its first bytes; None for anything else."""
    for start, media_type, ending in _SIGNATURES:
        if data.startswith(start):
            return media_type, ending
    return None


def file_name(name: str, ending: str) -> str:
    """Return the file's own name with the ending that its content has."""
    stem = re.sub(r"[\x00-\x1f\x7f/\\:*?\"<>|]", "_", name).rpartition(".")[0] or name
    return (stem.strip(" .") or "letter")[:120] + ending


def reference_numbers(pattern: str, *, first: int, count: int, year: int) -> Sequence[str]:
    """Return reference numbers in a row; {n} stands for the number, {year} for the year."""
    return [
        pattern.replace("{n}", str(number)).replace("{year}", str(year))
        for number in range(first, first + count)
    ]


def note_symbol(event_code: str, revision: int) -> str:
    """Return the symbol of an issue of the information note: XIAMEN-2024/INF.1/Rev.2 (R1.35)."""
    return f"{event_code}/INF.1" + (f"/Rev.{revision}" if revision else "")
