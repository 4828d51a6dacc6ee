"""The designer's pages."""

import io
import json
from pathlib import Path

import pytest
from flask import Flask

from eventhub.audit.models import AuditEntry
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Invalid
from eventhub.designs import queries, services
from eventhub.designs.models import BadgeDesign
from eventhub.designs.ready import ready
from eventhub.events.models import Event
from eventhub.events.queries import categories_of
from eventhub.events.services import copy_event
from tests.browser import Browser, filled
from tests.factories import actor_with, give, make_account, make_category, make_event
from tests.registration.factories import accredited

DESIGNER = actor_with("badge.design", "event.copy")


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event(preset="forum", switches=["badges"])


@pytest.fixture
def organiser(event: Event, browser: Browser, fonts: Path) -> Browser:
    owner = make_account()
    give(owner, "event_owner", event)
    return browser.sign_in(owner)


def add(event: Event, key: str = "forum") -> BadgeDesign:
    """Return a copy of a ready design at the event."""
    with transaction():
        return services.add_design(event, ready(key), actor=DESIGNER)


def address(event: Event, design: BadgeDesign, more: str = "") -> str:
    return f"/manage/{event.slug}/badge-designs/{design.ref}{more}"


def front(design: BadgeDesign, key: str) -> dict[str, object]:
    """Return the stored JSON of an element of the front."""
    db.session.rollback()
    layout = queries.get_design(design.event_id, design.ref).layout  # type: ignore[arg-type]
    return next(e for e in layout["faces"]["front"] if e["id"] == key)


def test_ready_design_is_copied_with_what_its_back_says(event: Event, organiser: Browser) -> None:
    page = organiser.get(f"/manage/{event.slug}/badge-designs")
    assert "ready designs" in page.text
    form = organiser.get(f"/manage/{event.slug}/badge-designs/new").form()
    done = organiser.submit(form, start="forum", name="Delegates", emergency="+86 110")
    assert done.errors() == []
    design = queries.designs_of(event.id)[0]
    assert (design.name, design.is_default, design.size) == ("Delegates", True, "a6")
    assert queries.layout_of(queries.get_design(event.id, design.ref)).has_back
    actions = set(db.session.scalars(db.select(AuditEntry.action)))
    assert "badge_design.add" in actions


def test_element_is_moved_by_typing_millimetres(event: Event, organiser: Browser) -> None:
    design = add(event)
    form = organiser.get(address(event, design)).form()
    organiser.submit(form, **{"front.photo.x": "7,5", "front.photo.y": "39"})
    assert (front(design, "photo")["x"], front(design, "photo")["y"]) == (7.5, 39.0)


def test_bad_number_stands_at_its_field_and_nothing_typed_is_lost(
    event: Event, organiser: Browser
) -> None:
    design = add(event)
    form = organiser.get(address(event, design)).form()
    page = organiser.submit(form, **{"front.photo.x": "seven", "front.qr.y": "40.5"})
    assert page.status == 422
    field = page.soup.find(id="front.photo.x")
    assert field["value"] == "seven"
    assert "number" in page.soup.find(id="front.photo.x-error").text
    assert page.soup.find(id="front.qr.y")["value"] == "40.5"
    assert front(design, "photo")["x"] == 6


def test_two_people_do_not_overwrite_each_other(event: Event, organiser: Browser) -> None:
    design = add(event)
    first = organiser.get(address(event, design)).form()
    second = organiser.get(address(event, design)).form()
    organiser.submit(first, **{"front.photo.x": "7"})
    page = organiser.submit(second, **{"front.photo.x": "9"})
    assert page.status in (409, 422)
    assert "meanwhile" in page.text
    assert front(design, "photo")["x"] == 7


def test_preview_draws_what_the_form_holds_and_keeps_nothing(
    event: Event, organiser: Browser
) -> None:
    design = add(event)
    form = organiser.get(address(event, design)).form()
    sent = {**filled(form), "front.photo.x": "80"}
    seen = organiser.post(address(event, design, "/preview"), sent).response.json
    assert seen["drawings"]["front"].startswith("<svg")
    told = {(one["place"], one["text"]) for one in seen["findings"]}
    assert ("front.photo", "It leaves the card.") in told
    assert any(place == "front.photo" and "QR" in text for place, text in told)
    assert front(design, "photo")["x"] == 6


def test_r4_2_name_that_does_not_fit_is_told_while_designing(
    event: Event, organiser: Browser
) -> None:
    accredited(event, make_category(event), given_names="Chanda", family_name="Mwila" * 9)
    design = add(event)
    page = organiser.get(address(event, design))
    assert "does not fit at 14 points" in page.text
    assert "MWILA" in page.text, "the event's own names are tried"


def test_design_is_for_its_categories(event: Event, organiser: Browser) -> None:
    delegates, press = make_category(event, "DEL"), make_category(event, "PRESS")
    usual, own = add(event), add(event, "label")
    form = organiser.get(address(event, own)).form(action="/use")
    organiser.submit(form, categories=[press.ref])
    found = queries.layouts_for(event, [delegates, press])
    assert (found[delegates.ref].size, found[press.ref].size) == ("a6", "label_80x50")
    with transaction():
        services.remove_design(event, queries.get_design(event.id, own.ref), actor=DESIGNER)
    assert queries.design_for(event, press).size == "a6"
    assert [row.id for row in queries.designs_of(event.id)] == [usual.id]


def test_exported_design_is_imported_and_a_spoiled_one_told_field_by_field(
    event: Event, organiser: Browser
) -> None:
    design = add(event)
    data = organiser.get(address(event, design, ".json")).response.text
    page = organiser.get(f"/manage/{event.slug}/badge-designs/import")
    organiser.submit(page.form(), file=(io.BytesIO(data.encode()), "design.json"))
    assert len(queries.designs_of(event.id)) == 2
    spoiled = json.loads(data)
    spoiled["faces"]["front"][0]["x"] = "far"
    page = organiser.get(f"/manage/{event.slug}/badge-designs/import")
    sent = io.BytesIO(json.dumps(spoiled).encode())
    told = organiser.submit(page.form(), file=(sent, "design.json"))
    assert told.status == 422
    assert "front.host.x" in told.text


def test_kept_design_starts_another_event_of_the_institution(
    event: Event, organiser: Browser
) -> None:
    design = add(event)
    with transaction():
        kept = services.keep_design(event, queries.get_design(event.id, design.ref), actor=DESIGNER)
    form = organiser.get(f"/manage/{event.slug}/badge-designs/new").form()
    organiser.submit(form, start=f"kept.{kept.ref}", name="Again")
    assert [row.name for row in queries.designs_of(event.id)] == ["Forum", "Again"]


def test_copy_of_an_event_has_its_designs_for_its_own_categories(event: Event) -> None:
    category = make_category(event, "DEL")
    design = add(event)
    with transaction():
        services.use_design(
            event, queries.get_design(event.id, design.ref), [category.ref], is_default=True,
            version=None, actor=DESIGNER,
        )  # fmt: skip
        copy = copy_event(event, starts_on=event.starts_on, actor=SYSTEM)
    copied = queries.designs_of(copy.id)[0]
    own = {c.code: c.id for c in categories_of(copy.id)}
    assert (copied.category_ids, copied.is_default) == ([own["DEL"]], True)
    assert copied.category_ids != [category.id]


def test_stranger_finds_no_design(event: Event, browser: Browser) -> None:
    design = add(event)
    browser.sign_in(make_account())
    assert browser.get(address(event, design)).status == 404


def test_seventh_picture_is_refused_and_the_design_stays_whole(event: Event) -> None:
    ref = add(event).ref
    dot = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    for _number in range(6):
        with transaction():
            design = queries.get_design(event.id, ref)
            services.add_picture(event, design, "front", dot, kind="logo", actor=DESIGNER)
    design = queries.get_design(event.id, ref)
    db.session.rollback()
    with transaction(), pytest.raises(Invalid):
        services.add_picture(event, design, "front", dot, kind="logo", actor=DESIGNER)
    assert len(queries.layout_of(queries.get_design(event.id, ref)).pictures) == 6
