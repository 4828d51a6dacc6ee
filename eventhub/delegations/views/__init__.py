"""Pages of invitations, claims, letters and notes."""

from eventhub.delegations.views import (
    claim,
    focal_points,
    information,
    invitations,
    one,
    sent_letters,
    texts,
)
from eventhub.delegations.views.blueprint import bp

__all__ = [
    "bp", "claim", "focal_points", "information", "invitations", "one", "sent_letters", "texts",
]  # fmt: skip
