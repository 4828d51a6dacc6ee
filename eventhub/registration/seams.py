"""What higher packages contribute to registrations."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from eventhub.mail.seams import Attachment

ConfirmationAttachment = Callable[[int, int, str], Attachment | None]
"""Given event id, registration id and language, a file for the mail that confirms."""

CONFIRMATION_ATTACHMENTS: list[ConfirmationAttachment] = []
"""Filled by `eventhub/parts.py`."""


NO_MARKUP = Markup()


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of a person's private page: a heading, a sentence, and links (label, address)."""

    title: str
    sentence: str
    links: tuple[tuple[str, str], ...] = ()
    order: int = 50
    """Calendar 10, programme 20, badge 30, certificate 40."""
    more: tuple[str, ...] = ()
    """Further sentences, each a paragraph."""
    body: Markup = NO_MARKUP
    """What the feature draws itself, below the sentences."""


PersonalPanel = Callable[[Any], Panel | None]
"""Given the Registration, its panel in the present language; None where there is nothing."""

PERSONAL_PANELS: list[PersonalPanel] = []
"""Filled by `eventhub/parts.py`."""
