"""What the pages of an import know: whose people, by whom, which columns, and the file's rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import select

from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.delegations import permissions as delegations
from eventhub.delegations.models import Delegation
from eventhub.delegations.queries import get_delegation
from eventhub.entities.models import Entity
from eventhub.events.models import Category, Event
from eventhub.i18n import _
from eventhub.protocol.queries import names_at
from eventhub.questionnaires.queries import questions_of
from eventhub.registration import queries
from eventhub.registration.forms.sheet_fields import REF, SheetField, fields_of
from eventhub.registration.forms.sheet_rows import columns_of, head_row, lines_of
from eventhub.registration.models import PeopleImport, Registration
from eventhub.registration.permissions import ENTER, VOUCH
from eventhub.registration.queries.imports import get_import
from eventhub.registration.rules import ENDED, State
from eventhub.registration.rules.importing import Line
from eventhub.registration.views.queue import event_here
from eventhub.sheets.writing import Column, Sheet
from eventhub.web.access import current_actor
from eventhub.web.import_desk import Opened, stored_table, table_to_fill

File = Opened[SheetField, Line]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who imports people of whom: of one delegation, or of all within reach."""

    event: Event
    actor: Actor
    delegation: Delegation | None
    entity: Entity | None
    name: str
    """Of the delegation, as the event has it; "" for all."""
    categories: Sequence[Category]
    offered: frozenset[int]
    """Ids of the categories in which the actor may enter people."""

    @property
    def delegation_id(self) -> int | None:
        """Return the id of the delegation, None for all."""
        return self.delegation.id if self.delegation else None

    def url(self, page: str, **more: Any) -> str:
        """Return the address of a page of this import: people, table, check or undo."""
        if self.delegation is None:
            return url_for(f"registration.{page}_all", slug=self.event.slug, **more)
        return url_for(
            f"registration.{page}_people", slug=self.event.slug, ref=self.delegation.ref, **more
        )

    @property
    def back_url(self) -> str:
        """Return the address of the page that the import was opened from."""
        slug = self.event.slug
        if self.delegation is None:
            return url_for("registration.list_people", slug=slug)
        return url_for("registration.show_delegation", slug=slug, ref=self.delegation.ref)

    def fields(self) -> list[SheetField]:
        """Return the columns that people of these categories have."""
        return fields_of(
            self.event,
            categories=self.categories,
            asked=questions_of(self.event.id),
            with_entity=self.delegation is None,
            offered=self.offered,
        )

    def find(self, ref: str) -> PeopleImport:
        """Return an import of this desk by its ref."""
        return get_import(self.event.id, ref, self.delegation_id, self.actor.id)


def desk_of(ref: str | None) -> Desk:
    """Return the desk of the present address; NotFound outside the actor's reach."""
    event, actor = event_here(), current_actor()
    setup = queries.setup_of(event.id)
    categories = setup.categories.values()
    on = sorted((one for one in categories if one.is_on), key=lambda one: (one.place, one.code))
    if ref is None:
        reach = actor.scope(ENTER).categories
        mine = [one for one in on if reach is None or one.id in reach]
        return Desk(event, actor, None, None, "", mine, frozenset(one.id for one in mine))
    sent = get_delegation(event.id, ref, actor.scope(delegations.VOUCH))
    own = on if actor.may(ENTER) else setup.of_focal_points(sent.entity.kind)
    offered = frozenset(one.id for one in own)
    return Desk(event, actor, sent.delegation, sent.entity, sent.name, on, offered)


def opened(desk: Desk, row: PeopleImport) -> File:
    """Read the stored file of an import, its columns as chosen or guessed."""
    table = stored_table(desk.event.id, row.file_id, row.encoding)
    fields = desk.fields()
    head = head_row(table, fields)
    columns = columns_of(head, fields, row.columns)
    return Opened(table, head, fields, columns, lines_of(table, head, fields, columns))


def prefilled(desk: Desk) -> list[Sheet]:
    """Return the spreadsheet to fill in: who is there with their reference, and empty rows.

    Answers about health or belief are left out, whoever asks; empty cells keep them.
    """
    fields = desk.fields()
    rows = _people(desk)
    references = queries.numbers_of(rows)
    names: dict[int, str] = {}
    if desk.delegation is None:
        ids = {row.entity_id for row in rows if row.entity_id is not None}
        names = names_at(desk.event.id, ids)

    def cell(row: Registration, one: SheetField) -> str:
        if one.code == REF:
            return references[row.id]
        if one.code == "entity_id":
            return names.get(row.entity_id or 0, "")
        return one.said(getattr(row, one.code)) if hasattr(row, one.code) else ""

    columns = [Column(one.heading, one.note, one.words, one.width) for one in fields]
    cells = ([cell(row, one) for one in fields] for row in rows)
    return table_to_fill(_("People"), columns, cells, map(_note, fields))


def _note(one: SheetField) -> str:
    if 0 < len(one.words) <= 12:
        return f"{one.note} {' · '.join(one.words)}".strip()
    return one.note


def _people(desk: Desk) -> list[Registration]:
    permission = ENTER if desk.delegation is None else VOUCH
    scope = desk.actor.scope(permission)
    query = select(Registration).where(
        Registration.event_id == desk.event.id,
        Registration.state.not_in(ENDED),
        (Registration.state != State.DRAFT) | (Registration.source != "self"),
        queries.within([scope]),
    )
    if desk.delegation is not None:
        query = query.where(Registration.delegation_id == desk.delegation.id)
    return list(db.session.scalars(query.order_by(Registration.entity_id, Registration.number,
                                                  Registration.id)))  # fmt: skip
