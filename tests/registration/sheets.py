"""Sheets of people, and a desk in a test that imports them."""

from dataclasses import replace

from sqlalchemy import select

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.delegations import services as delegations
from eventhub.questionnaires.queries import questions_of
from eventhub.registration import services
from eventhub.registration.forms.sheet_fields import fields_of
from eventhub.registration.forms.sheet_rows import columns_of, head_row, lines_of
from eventhub.registration.models import Registration
from eventhub.registration.queries import setup_of
from eventhub.registration.rules.importing import digest_of
from eventhub.sheets.reading import read_table
from tests.factories import make_account
from tests.registration.factories import (
    focal_point_of,
)
from tests.sheets.files import workbook

HEADS = ["Reference", "Category", "Family name", "Given names", "Title of the post",
         "E-mail address"]  # fmt: skip


class Desk:
    """A focal point's desk: what a file would do, and what it does."""

    def __init__(self, world, actor=None, *, of_all=False):
        self.world, self.event = world, world.event
        with transaction():
            self.delegation = delegations.get_or_open(world.event.id, world.zambia.id, actor=SYSTEM)
        someone = actor or focal_point_of(self.delegation.id)
        self.actor = replace(someone, id=make_account().id)
        self.where = None if of_all else self.delegation
        self.setup = setup_of(world.event.id)

    def fields(self):
        return fields_of(
            self.event,
            categories=[one for one in self.setup.categories.values() if one.is_on],
            asked=questions_of(self.event.id),
            with_entity=self.where is None,
        )

    def lines(self, rows, heads=HEADS):
        table = read_table(workbook([heads, *rows]))
        fields = self.fields()
        head = head_row(table, fields)
        self.columns = columns_of(head, fields, {})
        return lines_of(table, head, fields, self.columns)

    def plan(self, rows, heads=HEADS):
        return services.plan_import(
            setup_of(self.event.id), self.lines(rows, heads), delegation=self.where,
            actor=self.actor,
        )  # fmt: skip

    def outcomes(self, rows, heads=HEADS):
        return [str(one.outcome) for one in self.plan(rows, heads)]

    def faults(self, rows, heads=HEADS):
        return [
            (one.line.number, fault.field, fault.sentence)
            for one in self.plan(rows, heads)
            for fault in one.faults
        ]

    def keep(self):
        with transaction():
            return services.keep_import(
                self.event.id, self.where, data=b"x", name="people.xlsx", actor=self.actor
            )

    def apply(self, rows, heads=HEADS, *, only_good=False, informed=True, seen=None):
        seen = seen or digest_of(self.plan(rows, heads))
        kept, lines = self.keep(), self.lines(rows, heads)
        with transaction():
            return services.apply_import(
                kept, lines, delegation=self.where, only_good=only_good, is_informed=informed,
                seen=seen, text_version=1, actor=self.actor,
            )  # fmt: skip

    def people(self):
        query = select(Registration).where(Registration.event_id == self.event.id)
        return list(db.session.scalars(query.order_by(Registration.id)))


def rows_of(*names, category="Delegate"):
    return [["", category, family, given, "Director", ""] for given, family in names]


SEVEN = [("Mary", "Banda"), ("John", "Phiri"), ("Ruth", "Zulu"), ("Peter", "Mwale"),
         ("Grace", "Tembo"), ("Paul", "Lungu"), ("Agnes", "Sakala")]  # fmt: skip
