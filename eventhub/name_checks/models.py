"""The table of confirmed names."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Instant, Pk


class NameConfirmation(Base):
    """That the forms of a person's name are right: who said so, when, and of which forms."""

    __tablename__ = "name_confirmation"
    __table_args__ = (UniqueConstraint("registration_id"), Index(None, "event_id"))

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    registration_id: Mapped[int] = mapped_column(BigInt, ForeignKey("registration.id"))
    digest: Mapped[str] = mapped_column(String(64))
    """Of the forms that were seen: see `rules.Forms`."""
    by: Mapped[Code]
    """person, focal_point, staff."""
    account_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("account.id"))
    """Who said it for the person; None where the person did."""
    at: Mapped[Instant]
