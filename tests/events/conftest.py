"""An institution, its organiser, and events made by the services themselves."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask

from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.events import services
from eventhub.events.models import Event
from eventhub.institutions.models import Institution
from eventhub.people.models import Account
from tests.browser import Browser
from tests.factories import give, make_account, make_institution

Maker = Callable[..., Event]


@pytest.fixture
def institution(app: Flask, noon: datetime) -> Institution:
    """Return an institution in Shanghai time; the clock stands at noon on 1 March 2026."""
    return make_institution(languages=["zh", "en"])


@pytest.fixture
def organiser(institution: Institution) -> Account:
    """Return an account that may create events for the institution."""
    account = make_account(name="Aya Kouassi")
    give(account, "institution_organiser", institution_id=institution.id)
    return account


@pytest.fixture
def make(institution: Institution) -> Maker:
    """Return a function that creates a forum in Xiamen in June 2026, as a draft."""

    def create(**given: Any) -> Event:
        values = {
            "preset": "forum",
            "institution_id": institution.id,
            "title": "Digital Forum",
            "starts_on": date(2026, 6, 2),
            "ends_on": date(2026, 6, 3),
            "city": "Xiamen",
            "actor": SYSTEM,
        }
        with transaction():
            return services.create_event(**{**values, **given})

    return create


@pytest.fixture
def owner(make: Maker, app: Flask) -> Callable[[Event], Browser]:
    """Return a function that signs in the owner of an event."""

    def sign_in(event: Event) -> Browser:
        account = make_account(name="Event Owner")
        give(account, "event_owner", event)
        return Browser(app).sign_in(account)

    return sign_in
