"""R4.12: who took which badges against signature, and what nobody has taken."""

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from eventhub.audit.models import AuditEntry
from eventhub.badges import queries, services
from eventhub.badges.models import HandOver, PrintedBadge
from eventhub.badges.personal import PERSONAL
from eventhub.core.actor import EVERYTHING, Scope
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.passes import services as passes
from eventhub.passes.models import Pass
from eventhub.people.seams import Whose
from eventhub.registration.models import Registration
from tests.badges.people import PRINTER, admit, printed, send
from tests.browser import Browser
from tests.factories import give, keep, make_account, make_event


def lay_out(event: Event, rows: list[Registration]) -> None:
    """Let the badges of these people be printed."""
    for row in rows:
        keep(PrintedBadge(event_id=event.id, pass_id=row.pass_id, issue=1))


def waiting(event: Event) -> int:
    return queries.count_waiting(event.id, EVERYTHING)


def test_r4_12_envelope_is_handed_over_against_a_typed_name(
    event: Event, browser: Browser, noon: datetime
) -> None:
    people = admit(event, 3)
    delegation = send(event, people)
    lay_out(event, people[:2])
    owner = make_account(name="K. Li")
    give(owner, "event_owner", event)
    browser.sign_in(owner)
    page = browser.get(f"/manage/{event.slug}/badges/envelopes")
    assert "Zambia" in page.text
    url = f"/manage/{event.slug}/envelopes/{delegation.ref}"
    page = browser.get(url)
    boxes = page.soup.select('input[name="badges"]')
    assert [box.has_attr("checked") for box in boxes] == [True, True], "the whole envelope"
    serial = {f"sticker-{people[0].ref}": " H-0007 "}
    page = browser.submit(page.form(action=f"/envelopes/{delegation.ref}"), taken_by="")
    assert page.status == 422
    assert "Write the name of whoever signs for the badges." in page.text
    form = page.form(action=f"/envelopes/{delegation.ref}")
    page = browser.submit(form, taken_by="A. Phiri", **serial)
    assert "2 badges are handed over." in page.text
    assert "Everything printed has been handed over." in page.text
    act = db.session.scalars(db.select(HandOver)).one()
    assert (act.taken_by, act.handed_by, act.account_id) == ("A. Phiri", "K. Li", owner.id)
    assert (act.at, act.badges, act.delegation_id) == (noon, 2, delegation.id)
    assert waiting(event) == 0
    stickers = db.session.scalars(db.select(PrintedBadge.sticker).order_by(PrintedBadge.id)).all()
    assert stickers == ["H-0007", ""]
    logged = db.session.scalars(db.select(AuditEntry).filter_by(action="badge.hand_over")).all()
    assert {one.subject_ref for one in logged} == {row.ref for row in people[:2]}


def test_r4_12_same_form_sent_twice_hands_over_once(event: Event, browser: Browser) -> None:
    people = admit(event, 1)
    delegation = send(event, people)
    lay_out(event, people)
    owner = make_account()
    give(owner, "event_owner", event)
    browser.sign_in(owner)
    page = browser.get(f"/manage/{event.slug}/envelopes/{delegation.ref}")
    form = page.form(action=f"/envelopes/{delegation.ref}")
    for _turn in range(2):
        browser.submit(form, taken_by="A. Phiri")
    assert db.session.scalar(db.select(db.func.count(HandOver.id))) == 1


def test_r4_12_what_nobody_has_taken_is_counted_by_envelope(event: Event) -> None:
    zambia, press = admit(event, 2), admit(event, 1, code="PRS")
    delegation = send(event, zambia)
    lay_out(event, [*zambia, *press])
    with transaction():
        services.hand_over(
            event.id, zambia[:1], taken_by="A. Phiri", delegation_id=delegation.id, actor=PRINTER
        )
    found = queries.envelopes_of(event, EVERYTHING)
    assert [(one.ref, one.name, one.badges, one.handed, one.waiting) for one in found] == [
        (delegation.ref, "Zambia", 2, 1, 1), (queries.OTHERS, "", 1, 0, 1),
    ]  # fmt: skip
    assert waiting(event) == 2
    limited = Scope(categories=frozenset({press[0].category_id}))
    assert [one.ref for one in queries.envelopes_of(event, limited)] == [queries.OTHERS]


def test_r4_5_new_issue_must_be_handed_over_anew(event: Event) -> None:
    [row] = admit(event)
    lay_out(event, [row])
    with transaction():
        services.hand_over(event.id, [row], taken_by="Chanda", actor=PRINTER)
        passes.reissue(
            db.session.get_one(Pass, row.pass_id), reason="lost", document="passport",
            actor=PRINTER,
        )  # fmt: skip
    assert queries.ready_of(event.id, [row]) == [], "the new issue is not printed yet"
    keep(PrintedBadge(event_id=event.id, pass_id=row.pass_id, issue=2))
    assert waiting(event) == 1


def test_printed_again_it_stays_handed_over(event: Event) -> None:
    [row] = admit(event)
    lay_out(event, [row])
    with transaction():
        services.hand_over(event.id, [row], taken_by="Chanda", actor=PRINTER)
    lay_out(event, [row])
    assert waiting(event) == 0
    assert queries.ready_of(event.id, [row])[0].taken is not None


def test_void_pass_lies_in_no_envelope(event: Event) -> None:
    [row] = admit(event)
    lay_out(event, [row])
    with transaction():
        passes.void(event.id, [row.pass_id or 0], reason="withdrawn")
    assert waiting(event) == 0


def test_refusals_say_which_badge(event: Event) -> None:
    one, other = admit(event, 2)
    lay_out(event, [one])
    with transaction(), pytest.raises(Invalid):
        services.hand_over(event.id, [], taken_by="A", actor=PRINTER)
    with transaction(), pytest.raises(Invalid):
        services.hand_over(event.id, [one], taken_by="  ", actor=PRINTER)
    with transaction(), pytest.raises(Conflict, match="is not printed"):
        services.hand_over(event.id, [other], taken_by="A", actor=PRINTER)
    with transaction():
        services.hand_over(event.id, [one], taken_by="A", actor=PRINTER)
    with transaction(), pytest.raises(Conflict, match="was handed over before"):
        services.hand_over(event.id, [one], taken_by="A", actor=PRINTER)


def test_hand_over_written_down_wrongly_is_taken_back(event: Event, browser: Browser) -> None:
    people = admit(event, 2)
    delegation = send(event, people)
    lay_out(event, people)
    with transaction():
        act = services.hand_over(
            event.id, people, taken_by="A. Phiri", delegation_id=delegation.id,
            stickers={people[0].ref: "H-1"}, actor=PRINTER,
        )  # fmt: skip
    owner = make_account()
    give(owner, "event_owner", event)
    browser.sign_in(owner)
    page = browser.get(f"/manage/{event.slug}/envelopes/{delegation.ref}")
    page = browser.submit(page.form(action="/take-back"))
    assert "The badges count as not handed over again." in page.text
    assert waiting(event) == 2
    assert set(db.session.scalars(db.select(PrintedBadge.sticker))) == {""}
    with transaction(), pytest.raises(Conflict):
        services.take_back(queries.get_hand_over(event.id, act.ref), actor=PRINTER)


def test_people_of_another_envelope_are_not_found(event: Event, browser: Browser) -> None:
    mine, others = admit(event), admit(event, code="ADV")
    delegation = send(event, mine)
    lay_out(event, [*mine, *others])
    owner = make_account()
    give(owner, "event_owner", event)
    browser.sign_in(owner)
    page = browser.get(f"/manage/{event.slug}/envelopes/{delegation.ref}")
    form = page.form(action=f"/envelopes/{delegation.ref}")
    assert browser.submit(form, badges=others[0].ref, taken_by="A").status == 404
    assert db.session.scalar(db.select(db.func.count(HandOver.id))) == 0


def test_r4_6_desk_hands_one_badge_over_with_its_sticker(event: Event, browser: Browser) -> None:
    [row] = admit(event)
    lay_out(event, [row])
    staff = make_account()
    give(staff, "badge_desk", event)
    browser.sign_in(staff)
    page = browser.get(f"/manage/{event.slug}/desk/{row.ref}")
    form = page.form(action="/badge/hand-over")
    page = browser.submit(form, sticker="H-0042")
    assert "The badge is handed over." in page.text
    assert "Handed over on" in page.text
    assert db.session.scalars(db.select(PrintedBadge.sticker)).one() == "H-0042"
    act = db.session.scalars(db.select(HandOver)).one()
    assert act.taken_by == f"{row.given_names} MWILA", "the holder, where nothing else is typed"


def test_envelope_pages_take_the_same_statements_for_1_and_30(
    event: Event, browser: Browser, statements: list[str]
) -> None:
    owner = make_account()
    give(owner, "event_owner", event)
    browser.sign_in(owner)
    counts = []
    for code, more in (("DEL", 2), ("ADV", 29)):
        people = admit(event, more, code=code)
        delegation = send(event, people)
        lay_out(event, people)
        with transaction():
            services.hand_over(
                event.id, people[:1], taken_by="A", delegation_id=delegation.id, actor=PRINTER
            )
        urls = ("badges/envelopes", f"envelopes/{delegation.ref}")
        for url in urls:
            browser.get(f"/manage/{event.slug}/{url}")
        statements.clear()
        for url in urls:
            browser.get(f"/manage/{event.slug}/{url}")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_envelopes_of_another_event_are_not_there(event: Event, browser: Browser) -> None:
    other = make_event(preset="seminar")
    people = admit(other)
    delegation = send(other, people)
    owner = make_account()
    give(owner, "event_owner", event)
    browser.sign_in(owner)
    assert browser.get(f"/manage/{event.slug}/envelopes/{delegation.ref}").status == 404


def test_erasure_forgets_who_took_the_badge(app: Flask, event: Event, fonts: Path) -> None:
    one, two = admit(event, 2)
    run = printed(app, event)
    with transaction():
        alone = services.hand_over(event.id, [one], taken_by="Chanda", actor=PRINTER).id
        PERSONAL.erase(
            Whose(one.ref, event_id=event.id, registration_id=one.id, pass_id=one.pass_id),
            actor=PRINTER,
        )
    assert db.session.get_one(HandOver, alone).taken_by == ""
    faces = dict(db.session.execute(db.select(PrintedBadge.pass_id, PrintedBadge.face)).all())
    assert faces[one.pass_id] == ""
    assert faces[two.pass_id]
    assert queries.get_run(event.id, run.ref).file_id is None
