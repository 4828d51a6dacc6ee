"""The accounts of the demo, and which roles they hold."""

import os
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from eventhub.access.services import give_role
from eventhub.core.actor import SYSTEM, Actor
from eventhub.delegations.services import get_or_open, name_focal_point
from eventhub.entities.queries import get_entity
from eventhub.events.models import Event
from eventhub.events.queries import categories_of, rule_of
from eventhub.i18n import Translated
from eventhub.people.models import Account
from eventhub.people.queries import find_account
from eventhub.people.services import create_account, find_by_password, set_password
from eventhub.web.access import actor_for
from eventhub.web.seams import Place

FILE = "demo-accounts.txt"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
OF_FOCAL_POINT = "ZMB"
"""Whose delegation the focal point of the demo looks after."""


@dataclass(frozen=True, slots=True)
class Post:
    """A demo account: what it is called, and the roles it holds at every event."""

    key: str
    name: str
    roles: tuple[str, ...] = ()


POSTS = (
    Post("administrator", "Site administrator"),
    Post("organiser", "Organiser", ("event_owner",)),
    Post(
        "officer",
        "Accreditation officer",
        ("secretariat", "programme_desk", "media_desk", "civil_society_desk", "host_security"),
    ),
    Post("protocol", "Protocol officer", ("protocol",)),
    Post("focal-point", "Focal point of Zambia"),
    Post("liaison", "Liaison officer of Zambia"),
    Post("editor", "Programme editor", ("agenda_editor",)),
    Post("door", "Door staff", ("door_staff",)),
    Post("observer", "Observer", ("observer",)),
)


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody to sign in as."""

    key: str
    role: str
    email: str
    password: str


Crew = Mapping[str, Account]
"""The accounts by the key of their post."""


def email_of(post: Post) -> str:
    """Return the address with which somebody signs in to a post."""
    return f"{post.key}@demo.example.org"


def keep_passwords(folder: Path) -> list[DemoAccount]:
    """Return all posts with their passwords, kept in a file that its owner alone can read.

    A password that the file lacks is made and added.
    """
    path = folder / FILE
    known = _read(path)
    accounts = [
        DemoAccount(post.key, post.name, email_of(post), known.get(email_of(post), _password()))
        for post in POSTS
    ]
    if any(account.email not in known for account in accounts):
        _write(path, accounts)
    return accounts


def open_accounts(accounts: Iterable[DemoAccount]) -> Crew:
    """Make the accounts that are missing, give the others the passwords that we print."""
    crew = {}
    for one in accounts:
        account = find_account(one.email)
        if account is None:
            account = create_account(
                one.email, one.role, password=one.password, actor=SYSTEM, is_demo=True
            )
        elif find_by_password(one.email, one.password) is None:
            set_password(account, one.password, actor=SYSTEM)
        crew[one.key] = account
    give_role(crew["administrator"].id, "site_administrator", actor=SYSTEM, lasting=True)
    return crew


def employ(crew: Crew, institution_ids: Iterable[int]) -> None:
    """Let the organiser create events at these institutions."""
    for institution_id in institution_ids:
        give_role(
            crew["organiser"].id,
            "institution_organiser",
            institution_id=institution_id,
            actor=SYSTEM,
            lasting=True,
        )


def appoint(crew: Crew, event: Event) -> None:
    """Give everybody their roles at an event; they do not end with it (R1.37)."""
    for post in POSTS:
        for role in post.roles:
            account_id = crew[post.key].id
            give_role(account_id, role, event_id=event.id, actor=SYSTEM, lasting=True)
    if "delegations" in event.switches:
        entity = get_entity(OF_FOCAL_POINT)
        delegation = get_or_open(event.id, entity.id, actor=SYSTEM)
        name_focal_point(delegation, crew["focal-point"], actor=SYSTEM)


def acting(account: Account, event: Event) -> Actor:
    """Return the account as it acts at an event, with the rights that it has there."""
    categories = categories_of(event.id)

    def of_desk(desk: str) -> frozenset[int]:
        return frozenset(one.id for one in categories if rule_of(event, one).approver == desk)

    place = Place(
        slug=event.slug,
        title=event.titles,
        institution_id=event.institution_id,
        institution_name=Translated(),
        event_id=event.id,
        ends_at=event.ends_at,
        desk_categories=of_desk,
    )
    return actor_for(account, place)


def _password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def _read(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = (re.split(r"\s{2,}", line.strip()) for line in path.read_text("utf-8").splitlines())
    return {email: password for _role, email, password in lines}


def _write(path: Path, accounts: Iterable[DemoAccount]) -> None:
    lines = [f"{one.role:<32}  {one.email:<34}  {one.password}\n" for one in accounts]
    draft = path.with_suffix(".part")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(lines)
    draft.rename(path)
