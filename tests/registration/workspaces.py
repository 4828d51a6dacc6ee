"""Hands for the workspace of a delegation: its browser, its addresses, the people in it."""

from collections.abc import Sequence

from flask import Flask

from eventhub.core.db import db
from eventhub.delegations.models import Delegation
from eventhub.registration.models import Registration
from tests.browser import Browser
from tests.factories import give, make_account
from tests.registration.world import World


def signed_in(app: Flask, world: World, delegation: Delegation, name: str) -> Browser:
    account = make_account(name=name)
    give(account, "focal_point", world.event, scope={"delegations": [delegation.id]})
    return Browser(app).sign_in(account)


def url(world: World, delegation: Delegation, rest: str = "") -> str:
    return f"/manage/{world.event.slug}/delegations/{delegation.ref}{rest}"


def people(world: World) -> list[Registration]:
    db.session.rollback()
    rows = db.session.query(Registration).filter_by(event_id=world.event.id)
    return list(rows.order_by(Registration.id))


def names(page_names: Sequence[Registration]) -> list[str]:
    return [f"{row.given_names} {row.family_name}".strip() for row in page_names]


def line(at: int, **cells: str) -> dict[str, str]:
    return {f"lines-{at}-{name}": value for name, value in cells.items()}
