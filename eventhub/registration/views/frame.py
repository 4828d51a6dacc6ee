"""What every page of a delegate stands on: the event, its host, its colours and languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import bindparam, select

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.events.models import Category, Event
from eventhub.events.queries import categories_of, rule_of
from eventhub.events.rules import PRESETS, CategoryRule, EventState
from eventhub.events.showing import address_of, languages_of, layout, public_event
from eventhub.i18n import current
from eventhub.institutions.models import Institution
from eventhub.keys import links
from eventhub.registration.models import Registration
from eventhub.registration.queries import Setup, settings_of, token_of
from eventhub.registration.queries.finding import LINK_KIND
from eventhub.web.language import prefer, switch


@dataclass(frozen=True, slots=True)
class Frame:
    """An event as the pages of its delegates see it."""

    event: Event
    institution: Institution
    categories: list[Category]

    @property
    def fields(self) -> tuple[str, ...]:
        """Return what the event asks of people, by the words of its preset."""
        return PRESETS[self.event.preset].fields

    @property
    def is_one_page(self) -> bool:
        """Tell whether it asks so little that one page holds it all."""
        return len(self.fields) <= 7

    @property
    def is_over(self) -> bool:
        """Tell whether its last day has passed, or it is archived."""
        return clock.now() >= self.event.ends_at or self.event.state == EventState.ARCHIVED

    @property
    def is_off(self) -> bool:
        """Tell whether it is cancelled: nobody has to do or bring anything any more."""
        return self.event.state == EventState.CANCELLED

    @property
    def where(self) -> dict[str, Any]:
        """Return the parts of the event's public addresses."""
        return address_of(self.event)

    def setup(self) -> Setup:
        """Return what services need to know of the event; one statement."""
        categories = {one.id: one for one in self.categories}
        return Setup(self.event, categories, settings_of(self.event.id))

    def rule(self, category_id: int) -> CategoryRule | None:
        """Return who vouches and who approves a category, as the event's switches have it."""
        found = next((one for one in self.categories if one.id == category_id), None)
        return rule_of(self.event, found) if found else None

    def open_categories(self) -> list[Category]:
        """Return the categories that people may take themselves."""
        return [one for one in self.categories if one.is_on and one.is_public]

    def page(self) -> dict[str, Any]:
        """Return what the layout of a public page of the event reads."""
        event = self.event
        return {
            **layout(event, self.institution.names, self.categories, reference=event.title()),
            "page_languages": switch(languages_of(event)),
        }


def frame_of(slug: str) -> Frame:
    """Return the public event at this address; ends the request where there is none.

    Two statements.
    """
    event, institution = public_event(slug)
    return Frame(event, institution, categories_of(event.id))


OWN = (
    select(Registration, Event, Institution)
    .join(Event, Event.id == Registration.event_id)
    .join(Institution, Institution.id == Event.institution_id)
    .where(Registration.ref == bindparam("ref"))
)


class LostLink(NotFound):
    """A private link that is mistyped, too old, or was made anew."""


def own(token: str) -> tuple[Registration, Frame]:
    """Return whose private link it is, and the event; LostLink for a wrong or old one.

    Two statements.
    """
    return opened(token, db.session.execute(OWN, {"ref": links.ref_in(token)}).first())


def opened(token: str, found: Sequence[Any] | None) -> tuple[Registration, Frame]:
    """Return what a private link opens, of the columns of `OWN`; LostLink where it opens nothing.

    One statement.
    """
    if found is None:
        raise LostLink
    registration, event, institution = found
    if not links.holds(token, LINK_KIND, registration.ref, registration.link_number):
        raise LostLink
    prefer(registration.language)
    return registration, Frame(event, institution, categories_of(event.id))


def private_url(registration: Registration) -> str:
    """Return the address of the registration's private page, in the present language."""
    return url_for("registration.show_own", token=token_of(registration), lang=current())
