"""Tables of ticket lists and of whose names went out in which."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Created, Line, Pk, Ref


class TicketList(Base):
    """One file that went out: the first list, or a supplement to it."""

    __tablename__ = "ticket_list"
    __table_args__ = (UniqueConstraint("event_id", "number"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    number: Mapped[int]
    """1 is the list, 2 the first supplement."""
    file_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    """None once somebody named in it was forgotten."""
    names: Mapped[int]
    is_late: Mapped[bool] = mapped_column(default=False)
    made_by: Mapped[Line]
    created_at: Mapped[Created]


class TicketLine(Base):
    """That somebody's name went out in a list; each goes out once."""

    __tablename__ = "ticket_line"
    __table_args__ = (
        UniqueConstraint("event_id", "registration_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    list_id: Mapped[int] = mapped_column(BigInt, ForeignKey("ticket_list.id"))
    registration_id: Mapped[int] = mapped_column(BigInt, ForeignKey("registration.id"))
