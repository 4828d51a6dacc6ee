"""The table of institutions."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Json, Pk, Ref, Version
from eventhub.i18n import Translated, TranslatedText


class Institution(Base):
    """A host of events. `zone` and `languages` are what its new events start from."""

    __tablename__ = "institution"

    id: Mapped[Pk]
    ref: Mapped[Ref]
    names: Mapped[Translated] = mapped_column(TranslatedText)
    kind: Mapped[Code]
    """ministry, mission, institute, organization."""
    country_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("entity.id"))
    city: Mapped[str] = mapped_column(String(120), default="")
    zone: Mapped[str] = mapped_column(String(64))
    languages: Mapped[list[str]] = mapped_column(Json, default=lambda: ["en"])
    contact_email: Mapped[str] = mapped_column(String(320))
    version: Mapped[Version]
    created_at: Mapped[Created]


class Letterhead(Base):
    """What stands at the head and foot of an institution's letters, and who signs them."""

    __tablename__ = "letterhead"

    id: Mapped[Pk]
    institution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("institution.id"), unique=True)
    headings: Mapped[Translated] = mapped_column(TranslatedText)
    addresses: Mapped[Translated] = mapped_column(TranslatedText)
    """Lines of the address, one below the other."""
    footers: Mapped[Translated] = mapped_column(TranslatedText)
    signatories: Mapped[Translated] = mapped_column(TranslatedText)
    signatory_titles: Mapped[Translated] = mapped_column(TranslatedText)
    logo_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    version: Mapped[Version]
