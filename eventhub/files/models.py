"""The table of stored files."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Line, Pk, Ref


class StoredFile(Base):
    """What is known of a file; its bytes lie under `place` in the files folder."""

    __tablename__ = "stored_file"
    __table_args__ = (Index(None, "event_id", "data_class"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("event.id"))
    data_class: Mapped[Code]
    name: Mapped[Line]
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInt)
    sha256: Mapped[str] = mapped_column(String(64))
    place: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[Created]
