"""Events as delegates meet them, and the way through their pages."""

from io import BytesIO
from typing import Any

from sqlalchemy import select

from eventhub.core.db import db, transaction
from eventhub.entities.models import Entity, RankLevel
from eventhub.events.models import Category, Event
from eventhub.i18n import Translated
from eventhub.questionnaires.services import make_ready
from eventhub.registration.models import Registration
from tests.browser import Browser, Page
from tests.factories import keep, make_category, make_entity, make_event
from tests.photos.pictures import sent as picture

WHO = {"entity": "ZMB"}
NAMES = {"family_name": "Mwila", "given_names": "Chanda", "name_order": "given_first"}
CONTACT = {
    "email": "chanda@example.org",
    "phone": "+260 211 123456",
    "functional_title": "Director of Technology",
    "organisation": "Ministry of Technology and Science",
    "language": "en",
}
ONE_PAGE = {
    "family_name": "Mwila",
    "given_names": "Chanda",
    "entity_name": "Zambia",
    "email": "chanda@example.org",
    "admission": "valid_pass",
}


def make_entities() -> None:
    """Make two States and an organization, and a level of rank."""
    make_entity("ZMB", "Zambia", search="\nzmb\nzambia\nrepublic of zambia\n")
    make_entity("CIV", "Côte d'Ivoire", search="\nciv\ncote d ivoire\n")
    make_entity(
        "ITU",
        "International Telecommunication Union",
        kind="specialized_agency",
        search="\nitu\ninternational telecommunication union\n",
    )
    if not db.session.scalar(select(RankLevel.id)):
        keep(
            RankLevel(level=60, code="DG", names=Translated(en="Director-General"), speaker_tier=5)
        )


def make_forum(**given: Any) -> Event:
    """Return a forum whose registration is open, with delegates and press to choose from."""
    event = _open("forum", **given)
    make_category(event, "DEL", place=1)
    make_category(event, "PRESS", names=Translated(en="Press"), mark="PR", place=2)
    make_category(event, "STF", names=Translated(en="Staff"), is_public=False, place=3)
    return event


def make_seminar(**given: Any) -> Event:
    """Return a seminar whose registration is open."""
    event = _open("seminar", switches=["badges", "roll_call", "certificates"], **given)
    make_category(event, "TRN", names=Translated(en="Participant"), approver="programme_desk")
    return event


def make_side_event(**given: Any) -> Event:
    """Return a side event, confirmed at once."""
    event = _open("side_event", switches=["speakers", "states_in_room"], **given)
    for place, code in enumerate(("DEL", "IGO")):
        make_category(event, code, vouched_by="none", approver="none", place=place)
    return event


def _open(preset: str, **given: Any) -> Event:
    event = make_event(preset=preset, **given)
    with transaction():
        make_ready(event.id, preset)
    if not db.session.scalar(select(Entity.id)):
        make_entities()
    return event


def category(event: Event, code: str = "DEL") -> str:
    """Return the ref of a category, as the form sends it."""
    query = select(Category.ref).where(Category.event_id == event.id, Category.code == code)
    return db.session.scalars(query).one()


def registrations(event: Event) -> list[Registration]:
    """Return all registrations of the event, drafts too, oldest first."""
    query = select(Registration).where(Registration.event_id == event.id).order_by(Registration.id)
    return list(db.session.scalars(query))


def photo(data: bytes | None = None, name: str = "me.jpg") -> tuple[BytesIO, str]:
    """Return a file as a form sends it; a drawn portrait by default."""
    return BytesIO(picture() if data is None else data), name


def start(browser: Browser, event: Event, lang: str = "en", **typed: Any) -> Page:
    """Send the first step of a forum or seminar."""
    browser.get(f"/{lang}/{event.slug}/register")
    who = {**WHO, **({"category": category(event)} if event.preset == "forum" else {})}
    return browser.submit(**{**who, **typed})


def to_check(browser: Browser, event: Event, lang: str = "en", **typed: Any) -> Page:
    """Go through all steps up to the page that checks the answers."""
    start(browser, event, lang)
    browser.submit(**{**NAMES, **{k: v for k, v in typed.items() if k not in CONTACT}})
    browser.submit(**{**CONTACT, **{k: v for k, v in typed.items() if k in CONTACT}})
    return browser.submit()


def register(browser: Browser, event: Event, lang: str = "en", **typed: Any) -> Page:
    """Go through all steps and send the registration."""
    to_check(browser, event, lang, **typed)
    return browser.submit()


def side_register(browser: Browser, event: Event, lang: str = "en", **typed: Any) -> Page:
    """Fill in the one page of a side event and send it."""
    browser.get(f"/{lang}/{event.slug}/register")
    return browser.submit(**{**ONE_PAGE, **typed})


def only(event: Event) -> Registration:
    """Return the event's one registration."""
    rows = registrations(event)
    assert len(rows) == 1
    return rows[0]


def hidden(page: Any) -> dict[str, str]:
    """Return what the form of the page sends unseen."""
    return {one["name"]: one["value"] for one in page.form().select("input[type=hidden]")}


def quoted(text: str) -> str:
    """Return a text as it stands in the query of an address."""
    return text.replace("%", "%25").replace("+", "%2B").replace("&", "%26").replace("=", "%3D")


def sent_in(browser: Browser, event: Event, **typed: Any) -> Registration:
    """Return a registration that was sent through the pages."""
    page = register(browser, event, **typed)
    assert page.response.request.path.endswith("/sent")
    return registrations(event)[-1]
