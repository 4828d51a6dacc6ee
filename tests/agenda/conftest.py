"""A forum in Xiamen, and who edits its programme."""

import pytest
from flask import Flask

from eventhub.events.models import Event
from tests.agenda.programmes import make_xiamen
from tests.browser import Browser
from tests.factories import give, make_account


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum on 2 and 3 April 2026 in Xiamen."""
    return make_xiamen()


@pytest.fixture
def editor(event: Event, browser: Browser) -> Browser:
    """Return the browser of an agenda editor."""
    account = make_account()
    give(account, "agenda_editor", event)
    return browser.sign_in(account)
