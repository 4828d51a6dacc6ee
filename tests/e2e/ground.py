"""Events made by the services, for tests that are about something else than making them."""

from datetime import timedelta
from typing import Any

from eventhub.access.services import give_role
from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.events.queries import get_event
from eventhub.events.services import create_event, publish_event
from eventhub.i18n import Translated
from eventhub.institutions.services import create_institution
from eventhub.people.services import create_account
from tests.e2e.site import Site

PASSWORD = "tall-cedar-at-noon-27"  # of accounts that exist for one test run


def publish(
    site: Site, preset: str, title: str, languages: tuple[str, ...] = ("en",), **given: Any
) -> str:
    """Publish an event that people can register for, and return its slug.

    What else is given is what `create_event` takes.
    """
    first = (clock.now() + timedelta(days=60)).date()
    with site.inside(), transaction():
        host = create_institution(
            Translated(en="Ministry of Rural Affairs"),
            kind="ministry",
            zone="Africa/Lusaka",
            contact_email="host@ministry.example.org",
            country="ZMB",
            city="Lusaka",
            languages=list(languages),
            actor=SYSTEM,
        )
        event = create_event(
            preset=preset,
            institution_id=host.id,
            title=title,
            starts_on=first,
            ends_on=first,
            city="Lusaka",
            actor=SYSTEM,
            **given,
        )
        publish_event(event, actor=SYSTEM)
        return str(event.slug)


def employ(site: Site, slug: str, email: str, role: str) -> None:
    """Make an account with the password of this module and a role at the event."""
    with site.inside(), transaction():
        account = create_account(email, "Olga Organiser", password=PASSWORD, actor=SYSTEM)
        give_role(account.id, role, event_id=get_event(slug).id, actor=SYSTEM)
