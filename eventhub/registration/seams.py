"""What higher packages contribute to registrations."""

from collections.abc import Callable, Collection
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


@dataclass(frozen=True, slots=True)
class Way:
    """A way on from the workspace of a delegation: what it is called and its address."""

    label: str
    url: str


DELEGATION_WAYS: list[Callable[[Any, Any], Way | None]] = []
"""Given the Event and the Delegation; for who looks after it. Filled by `eventhub/parts.py`."""

UNCHECKED: list[Callable[[Any, Collection[int]], dict[int, int] | None]] = []
"""Given the Event and ids of delegations, how many names of each nobody confirmed, None where names
are not checked at this event. Filled by `eventhub/parts.py`."""
