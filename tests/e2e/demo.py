"""The demo, served: four events with their people, and who may sign in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.demo import loader
from eventhub.events.queries import get_event
from eventhub.registration.models import Registration
from eventhub.registration.queries import token_of
from tests.e2e.site import Site, running_site
from tools.loaded_demo import start_from_loaded
from tools.running_demo import Account


@dataclass(frozen=True)
class DemoSite:
    """A site with the demo on it, and the demo's accounts."""

    site: Site
    accounts: tuple[Account, ...]

    def account(self, role: str) -> Account:
        """Return the account whose role contains this word."""
        return next(one for one in self.accounts if role in one.role.lower())

    def private_page(self, slug: str, state: str) -> str:
        """Return the address of the private page of somebody in this state."""
        with self.site.inside():
            query = select(Registration).where(
                Registration.event_id == get_event(slug).id, Registration.state == state
            )
            row = db.session.scalars(query.order_by(Registration.id).limit(1)).one()
            return f"/my/{token_of(row)}"


@contextmanager
def running_demo_site(folder: Path, fonts: Path) -> Iterator[DemoSite]:
    """Load the demo into an empty installation, then serve its pages.

    There is no worker: it would print hundreds of documents that nobody looks at.
    """
    accounts: list[Account] = []

    def load() -> None:
        loaded = loader.load(lambda _line: None)
        accounts.extend(Account(one.role, one.email, one.password) for one in loaded)

    start_from_loaded(folder)
    with running_site(folder, fonts, load, with_worker=False) as site:
        yield DemoSite(site, tuple(accounts))
