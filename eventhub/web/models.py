"""Forms that were sent, so that sending one again does the thing once."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, Created


class SentForm(Base):
    """The answer that a form got when it was first sent."""

    __tablename__ = "sent_form"
    __table_args__ = (Index(None, "created_at"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer: Mapped[str] = mapped_column(String(250))
    created_at: Mapped[Created]
