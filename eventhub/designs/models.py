"""The table of designs."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Json, Line, Pk, Ref, Version


class BadgeDesign(Base):
    """A badge or name plate, of one event or kept by an institution for its events to copy."""

    __tablename__ = "badge_design"
    __table_args__ = (
        CheckConstraint("(event_id IS NULL) <> (institution_id IS NULL)", name="one_owner"),
        Index(None, "event_id", "kind"),
        Index(None, "institution_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("event.id"))
    institution_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("institution.id"))
    kind: Mapped[Code]
    """badge, name_plate."""
    name: Mapped[Line]
    size: Mapped[Code]
    layout: Mapped[dict[str, Any]] = mapped_column(Json, deferred=True)
    """As `Layout.as_json` writes it."""
    is_default: Mapped[bool] = mapped_column(default=False)
    """Whether it is for everybody who has no other design; at most one of each kind at an event."""
    category_ids: Mapped[list[int]] = mapped_column(Json, default=list)
    """The categories whose badges it is; a category is in one design at most."""
    version: Mapped[Version]
    created_at: Mapped[Created]
    changed_at: Mapped[datetime]
