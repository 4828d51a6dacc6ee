"""Tables of accounts, persons and codes sent by mail."""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.actor import Actor
from eventhub.core.db import Base, BigInt, Code, Created, Instant, Line, Pk, Ref


class Account(UserMixin, Base):
    """Somebody who signs in. `email` is kept lower-case; `epoch` ends all sessions when raised."""

    __tablename__ = "account"

    id: Mapped[Pk]
    ref: Mapped[Ref]
    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[Line]
    password_hash: Mapped[str | None] = mapped_column(String(250))
    language: Mapped[str] = mapped_column(String(8), default="en")
    zone: Mapped[str | None] = mapped_column(String(64))
    epoch: Mapped[int] = mapped_column(default=1)
    is_demo: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None]
    last_sign_in_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    erasure_asked_at: Mapped[datetime | None]
    """When its holder asked a site administrator to erase it."""
    created_at: Mapped[Created]

    @property
    def label(self) -> str:
        """Return how pages and the audit log call the account."""
        return self.name or self.email

    def actor(self) -> Actor:
        """Return the account as an actor who holds no permission."""
        return Actor("account", self.id, self.label)

    def get_id(self) -> str:
        """Return what the session remembers: worthless once the epoch is raised."""
        return f"{self.id}.{self.epoch}"


class MailCode(Base):
    """A code of six digits sent to an address; the digits are made from the ref, not stored."""

    __tablename__ = "mail_code"
    __table_args__ = (Index(None, "email", "purpose"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    purpose: Mapped[Code]
    """sign_in, reset_password, change_email, find_registration, find_certificate, resume."""
    email: Mapped[str] = mapped_column(String(320))
    account_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("account.id"))
    expires_at: Mapped[Instant]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]
    created_at: Mapped[Created]


class Person(Base):
    """One human being across events; holds nothing but the link."""

    __tablename__ = "person"

    id: Mapped[Pk]
    ref: Mapped[Ref]
    confirmed_by: Mapped[Line]
    created_at: Mapped[Created]
