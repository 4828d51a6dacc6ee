"""Entities, groups of entities with dates, and levels of rank."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventhub.core import clock
from eventhub.core.db import Base, BigInt, Code, Instant, Long, Pk
from eventhub.entities import rules
from eventhub.i18n import Translated, TranslatedText, current


class Entity(Base):
    """A State or organization that can be represented at an event.

    `code` is ISO 3166 alpha-3 for States and the usual English acronym for organizations.
    `region`, `subregion` and `intermediate` are M49 codes, `un_group` is a code of a regional
    group; `queries.region_name` says them all. `ranks` maps a language to the place in its list
    of States, from 1. `search` holds all names folded, each between line feeds.
    """

    __tablename__ = "entity"

    id: Mapped[Pk]
    code: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[Code] = mapped_column(index=True)
    names: Mapped[Translated] = mapped_column(TranslatedText)
    formal_names: Mapped[Translated] = mapped_column(TranslatedText, default=Translated)
    """Names that letters and name plates have where there is one: "Republic of Zambia" (R2.1)."""
    language: Mapped[str] = mapped_column(String(8), default="")
    """In which it wants to be written to; empty is the official one of its country (R1.13)."""
    iso2: Mapped[str | None] = mapped_column(String(2))
    iso3: Mapped[str | None] = mapped_column(String(3))
    m49: Mapped[str | None] = mapped_column(String(3))
    region: Mapped[str | None] = mapped_column(String(3))
    subregion: Mapped[str | None] = mapped_column(String(3))
    intermediate: Mapped[str | None] = mapped_column(String(3))
    un_group: Mapped[str | None] = mapped_column(String(10))
    lldc: Mapped[bool] = mapped_column(default=False)
    sids: Mapped[bool] = mapped_column(default=False)
    ranks: Mapped[dict[str, Any]] = mapped_column(default=dict)
    is_reference: Mapped[bool] = mapped_column(default=False)
    is_listed: Mapped[bool] = mapped_column(default=True)
    """Whether it is offered everywhere; one that is extra at an event is offered only there."""
    search: Mapped[Long] = mapped_column(default="")
    changed_at: Mapped[Instant] = mapped_column(default=clock.now)

    def name(self, language: str | None = None) -> str:
        """Return the name in this language (the present one by default), else in English."""
        return self.names.pick(language)

    def listed(self, language: str | None = None) -> rules.Listed:
        """Return what the rules of order need to know, for a list in this language."""
        spoken = language or current()
        return rules.Listed(
            id=self.id,
            code=self.code,
            kind=rules.Kind(self.kind),
            name=self.name(spoken),
            rank=self.ranks.get(rules.rank_language(spoken)),
        )


class EntityGroup(Base):
    """Entities that are invited, filtered and counted together; own ones are not reference.

    A group belongs to an institution, or to all of them where it names none.
    """

    __tablename__ = "entity_group"

    id: Mapped[Pk]
    code: Mapped[Code] = mapped_column(unique=True)
    names: Mapped[Translated] = mapped_column(TranslatedText)
    is_reference: Mapped[bool] = mapped_column(default=False)
    institution_id: Mapped[int | None] = mapped_column(
        BigInt, ForeignKey("institution.id"), index=True
    )

    def name(self, language: str | None = None) -> str:
        """Return the name in this language (the present one by default), else in English."""
        return self.names.pick(language)


class GroupMembership(Base):
    """One period in which an entity belongs to a group.

    `since` is the first day, None if it always did; `until` is the first day on which it no
    longer does, None if it still does. `scheduled` marks an `until` that is decided, not past.
    """

    __tablename__ = "group_membership"
    __table_args__ = (
        Index(None, "group_id", "entity_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    group_id: Mapped[int] = mapped_column(ForeignKey("entity_group.id"))
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id"), index=True)
    since: Mapped[date | None]
    until: Mapped[date | None]
    scheduled: Mapped[bool] = mapped_column(default=False)

    entity: Mapped[Entity] = relationship()


class RankLevel(Base):
    """A level of personal rank, the lowest number first in precedence.

    `speaker_tier` is the place of the level on a list of speakers, 1 speaking first.
    """

    __tablename__ = "rank_level"

    id: Mapped[Pk]
    level: Mapped[int] = mapped_column(unique=True)
    code: Mapped[Code] = mapped_column(unique=True)
    names: Mapped[Translated] = mapped_column(TranslatedText)
    speaker_tier: Mapped[int]

    def name(self, language: str | None = None) -> str:
        """Return the name in this language (the present one by default), else in English."""
        return self.names.pick(language)
