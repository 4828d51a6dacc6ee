"""What the document says beside the standing; serials and codes. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

HOLDERS_WISH = "holder"
"""Why a certificate was withdrawn: its holder wanted nothing kept (R5.6)."""


class WithdrawalState(StrEnum):
    """What became of a proposal to withdraw a certificate (R5.7)."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


def refusal_to_propose(state: str, reason: str, *, is_pending: bool) -> str:
    """Return why a withdrawal cannot be proposed: not_valid, pending, no_reason; else ""."""
    if state != "valid":
        return "not_valid"
    if is_pending:
        return "pending"
    return "" if reason.strip() else "no_reason"


def refusal_to_decide(state: str, *, is_pending: bool, is_own: bool) -> str:
    """Return why a proposal cannot be decided on: not_valid, not_pending, second_person; or ""."""
    if state != "valid":
        return "not_valid"
    if not is_pending:
        return "not_pending"
    return "second_person" if is_own else ""


BASE37 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
BASE36 = BASE37[:36]


MOST_SIGNATORIES = 3


@dataclass(frozen=True, slots=True)
class Design:
    """What an event decides for its documents."""

    languages: tuple[str, ...] = ("en",)
    layout: str = "landscape"
    """landscape or portrait."""
    credits: tuple[tuple[str, str], ...] = ()
    """(language, text) of an accredited body's credits; off by default (R5.4)."""
    on_request: bool = False
    """Whether the holders ask for it themselves once the event is over (R5.3)."""


@dataclass(frozen=True, slots=True)
class OpenDesign(Design):
    """What forums and side events do as long as they decide nothing else (R5.3)."""

    on_request: bool = True


STATED = ("name", "name_local", "entity", "event", "starts_on", "ends_on", "level", "quarter_hours",
          "sessions")  # fmt: skip
"""What a certificate states. Where that changed it is issued anew; another layout, signatory or
colour replaces nothing that was given out."""


def says_the_same(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Tell whether what was frozen states all that would be frozen now."""
    return all((before.get(name) or "") == (after.get(name) or "") for name in STATED)


def may_use(*, has_file: bool, permitted_by: str) -> bool:
    """Tell whether a scanned signature may be printed: only with a recorded permission (R5.8)."""
    return has_file and bool(permitted_by.strip())


def check_character(text: str) -> str:
    """Return the ISO 7064 MOD 37,36 check character of letters and digits (R5.5).

    It catches every single wrong character and nearly every swap of neighbours.
    """
    product = 36
    for character in text.upper():
        if character not in BASE36:
            continue
        total = (product + BASE36.index(character)) % 36 or 36
        product = total * 2 % 37
    return BASE36[(37 - product) % 36]


def serial(code: str, number: int) -> str:
    """Return the serial of a certificate, such as SEM-2024-00042-C."""
    body = f"{code}-{number:05d}"
    return f"{body}-{check_character(body)}"


def is_serial(text: str) -> bool:
    """Tell whether the serial's check character is right."""
    body, _dash, check = text.strip().upper().rpartition("-")
    return bool(body) and check == check_character(body)


def grouped(code: str) -> str:
    """Return a verification code in groups of four, as people read it aloud."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def plain_code(text: str) -> str:
    """Return a verification code as typed by somebody: capitals, without dashes and blanks."""
    return "".join(c for c in text.upper() if c.isalnum())[:40]
