"""Calendar files: what they say, of whom, and that they follow every change."""

from datetime import UTC, datetime
from functools import partial

from flask import Flask

from eventhub.agenda import services as agenda
from eventhub.calendars import queries, services
from eventhub.calendars.models import Star
from eventhub.calendars.parts import attachment, panel
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.events.services import cancel_event, postpone_event, publish_event
from eventhub.i18n import Translated
from eventhub.mail.seams import MESSAGES
from eventhub.registration.models import Pool, Registration, SessionSeat
from eventhub.registration.permissions import DECIDE, REINSTATE
from eventhub.registration.queries import registrant, token_of
from eventhub.registration.services import accredit, reinstate, revoke, withdraw
from tests.agenda.programmes import (
    EDITOR,
    change,
    make_room,
    make_session,
    make_speaker,
    name_speakers,
    publish,
    wall,
)
from tests.browser import Browser
from tests.calendars.reading import FEED, entries, fetched, walk
from tests.factories import actor_with, keep, make_category, make_event, make_registration

OWNER = actor_with("event.cancel", "event.publish", "event.edit")


def test_before_the_programme_the_event_alone_in_its_zone(browser: Browser, event: Event) -> None:
    make_session(event)
    page = browser.get(FEED)
    assert b"BEGIN:VTIMEZONE" in page.response.data
    assert b"TZID=Asia/Shanghai" in page.response.data
    (entry,) = entries(page.response.data).values()
    assert entry["SUMMARY"] == "The forum"
    assert walk(entry, "DTSTART") == datetime(2026, 4, 1, 16, tzinfo=UTC)
    assert walk(entry, "DTEND") == datetime(2026, 4, 3, 16, tzinfo=UTC)
    assert entry["TRANSP"] == "TRANSPARENT"


def test_r3_6_vectors_and_both_sides_of_the_clock_change(browser: Browser, app: Flask) -> None:
    for slug, zone, starts, utc in (
        ("a-2024", "Asia/Shanghai", "2024-04-02T09:00", datetime(2024, 4, 2, 1, tzinfo=UTC)),
        ("b-2025", "America/New_York", "2025-05-06T13:15",
         datetime(2025, 5, 6, 17, 15, tzinfo=UTC)),
        ("c-2026", "America/New_York", "2026-03-06T09:00", datetime(2026, 3, 6, 14, tzinfo=UTC)),
        ("d-2026", "America/New_York", "2026-03-09T09:00", datetime(2026, 3, 9, 13, tzinfo=UTC)),
    ):  # fmt: skip
        event = make_event(slug=slug, zone=zone, starts_on=wall(starts).date())
        make_session(event, titles=Translated(en="Opening"), starts=wall(starts))
        publish(event)
        entry = fetched(browser, f"/en/{slug}/calendar.ics")["Opening"]
        assert walk(entry, "DTSTART") == utc, slug
        assert entry["DTSTART"].params["TZID"] == zone


def test_r3_6_changed_and_cancelled_keep_uid_and_raise_sequence(
    browser: Browser, event: Event
) -> None:
    room = make_room(event, "Haicang Hall")
    moved = make_session(event, titles=Translated(en="Track 3"))
    gone = make_session(event, titles=Translated(en="Dinner"))
    make_session(event, titles=Translated(en="Plenary"))
    with clock.at(datetime(2026, 3, 1, tzinfo=UTC)):
        publish(event)
    before = fetched(browser)
    change(event, moved, room_id=room.id)
    with transaction():
        agenda.cancel_session(event, gone, actor=EDITOR)
    publish(event)
    after = fetched(browser)
    assert {name: e["UID"] for name, e in after.items()} == {n: e["UID"] for n, e in before.items()}
    assert {name: e["SEQUENCE"] for name, e in after.items()} == {
        "Track 3": 1,
        "Dinner": 1,
        "Plenary": 0,
    }
    assert after["Dinner"]["STATUS"] == "CANCELLED"
    assert after["Track 3"]["STATUS"] == "CONFIRMED"
    assert "Haicang Hall" in after["Track 3"]["LOCATION"]
    assert after["Track 3"]["LAST-MODIFIED"].dt > before["Track 3"]["LAST-MODIFIED"].dt
    assert after["Plenary"]["LAST-MODIFIED"].dt == before["Plenary"]["LAST-MODIFIED"].dt


def test_cancelled_event_cancels_every_entry(browser: Browser, event: Event) -> None:
    make_session(event, titles=Translated(en="Plenary"))
    publish(event)
    before = fetched(browser)["Plenary"]
    with transaction():
        cancel_event(event, notice=Translated(en="A typhoon is near."), actor=OWNER)
    after = fetched(browser)["Plenary"]
    assert after["STATUS"] == "CANCELLED"
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert "A typhoon is near." in after["DESCRIPTION"]


def test_postponed_event_is_tentative(browser: Browser, event: Event) -> None:
    make_session(event, titles=Translated(en="Plenary"))
    publish(event)
    with transaction():
        postpone_event(event, notice=Translated(), actor=OWNER)
    assert fetched(browser)["Plenary"]["STATUS"] == "TENTATIVE"


def test_made_once_and_answered_by_304(
    browser: Browser, event: Event, statements: list[str]
) -> None:
    make_session(event)
    publish(event)
    first = browser.get(FEED).response
    second = browser.get(FEED).response
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]
    assert "Set-Cookie" not in first.headers
    assert first.headers["Content-Disposition"] == 'inline; filename="xiamen-2026.ics"'
    statements.clear()
    again = browser.get(FEED, **{"If-None-Match": first.headers["ETag"]})
    assert again.status == 304
    assert len(statements) == 2


def test_feed_speaks_the_language_of_its_address(browser: Browser, event: Event) -> None:
    make_session(event, titles=Translated(en="Opening", fr="Ouverture"))
    publish(event)
    assert set(fetched(browser, "/fr/xiamen-2026/calendar.ics")) == {"Ouverture"}


def test_one_session_and_one_day(browser: Browser, event: Event) -> None:
    one = make_session(event, titles=Translated(en="One"))
    make_session(event, titles=Translated(en="Two"), starts=wall("2026-04-03T09:00"))
    publish(event)
    day = "/en/xiamen-2026/programme/2026-04-03.ics"
    assert set(fetched(browser, day)) == {"Two"}
    assert set(fetched(browser, f"/en/xiamen-2026/programme/sessions/{one.ref}.ics")) == {"One"}
    for missing in ("2026-04-04.ics", "sessions/NOTHERE.ics"):
        assert browser.get(f"/en/xiamen-2026/programme/{missing}").status == 404


def _r3_2(event: Event) -> dict[str, str]:
    speaker = make_speaker(event, "Ms. Ama TETTEH")
    refs = {}
    for title, access, admit in (
        ("Open", "open", ()),
        ("Closed for heads", "closed", ("HOD",)),
        ("Closed for delegates", "closed", ("DEL",)),
        ("Private", "private", ("DEL",)),
        ("Private of nobody", "private", ()),
    ):
        session = make_session(
            event,
            titles=Translated(en=title),
            descriptions=Translated(en="What is at stake"),
            access=access,
            admit=admit,
        )
        name_speakers(session, (speaker, "chair"))
        refs[title] = session.ref
    publish(event)
    return refs


def test_r3_2_public_feed_holds_no_private_session_and_only_titles_of_closed_ones(
    browser: Browser, event: Event
) -> None:
    refs = _r3_2(event)
    found = fetched(browser)
    assert set(found) == {"Open", "Closed for heads", "Closed for delegates"}
    assert "stake" in found["Open"]["DESCRIPTION"]
    assert "stake" not in found["Closed for heads"]["DESCRIPTION"]
    assert "TETTEH" not in found["Closed for heads"]["DESCRIPTION"]
    private = f"/en/xiamen-2026/programme/sessions/{refs['Private']}.ics"
    assert browser.get(private).status == 404


def test_r3_2_personal_feed_holds_what_the_category_is_admitted_to(
    browser: Browser, event: Event, delegate: Registration, own: str
) -> None:
    _r3_2(event)
    found = fetched(browser, own)
    assert set(found) == {"Open", "Closed for delegates", "Private"}
    assert "stake" in found["Closed for delegates"]["DESCRIPTION"]
    assert found["Private"]["CLASS"] == "PRIVATE"


def test_who_is_not_yet_accredited_sees_open_sessions_alone(
    browser: Browser, event: Event, delegate: Registration, own: str
) -> None:
    _r3_2(event)
    with transaction():
        delegate.state = "submitted"
    assert set(fetched(browser, own)) == {"Open"}


def test_who_has_left_is_told_that_all_is_cancelled(
    browser: Browser, event: Event, delegate: Registration, own: str
) -> None:
    make_session(event, titles=Translated(en="Open"))
    publish(event)
    before = fetched(browser, own)["Open"]
    with transaction():
        delegate.state = "withdrawn"
    after = fetched(browser, own)["Open"]
    assert after["STATUS"] == "CANCELLED"
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_r3_6_sequence_rises_when_somebody_leaves_comes_back_and_leaves_again(
    browser: Browser, event: Event, delegate: Registration, own: str
) -> None:
    make_session(event, titles=Translated(en="Open"))
    publish(event)
    officer = actor_with(DECIDE, REINSTATE)
    told = [fetched(browser, own)["Open"]]
    for act in (
        partial(withdraw, actor=registrant(delegate)),
        partial(reinstate, actor=officer),
        partial(accredit, actor=officer, at_once=True),
        partial(revoke, reason="other", text="Why", actor=officer),
    ):
        with transaction():
            act(event.id, [delegate.id], tell=False)
        told.append(fetched(browser, own)["Open"])
    said = [(entry["STATUS"], entry["SEQUENCE"]) for entry in told]
    assert [status for status, _n in said] == [
        "CONFIRMED", "CANCELLED", "CONFIRMED", "CONFIRMED", "CANCELLED",
    ]  # fmt: skip
    assert [number for _status, number in said] == [0, 1, 2, 2, 3]


def test_starred_sessions_alone_once_any_is_starred(
    browser: Browser, event: Event, delegate: Registration, own: str
) -> None:
    refs = _r3_2(event)
    browser.get(f"/my/{token_of(delegate)}/programme")
    assert "Private of nobody" not in browser.page.text
    page = browser.submit(sessions=[refs["Open"]])
    assert "Your calendar now shows the sessions you chose." in page.text
    assert set(fetched(browser, own)) == {"Open"}
    browser.get(f"/my/{token_of(delegate)}/programme")
    page = browser.submit(sessions=None)
    assert "every session that is open to you" in page.text
    assert len(fetched(browser, own)) == 3


def test_session_of_another_event_cannot_be_starred(event: Event, delegate: Registration) -> None:
    other = make_session(make_event())
    with transaction():
        assert services.choose_sessions(delegate, [other.ref], actor=OWNER) == 0
    assert queries.starred_by(delegate) == frozenset()


def test_nobody_stars_what_is_closed_to_them(
    browser: Browser, event: Event, delegate: Registration, own: str
) -> None:
    refs = _r3_2(event)
    with transaction():
        services.choose_sessions(delegate, [refs["Closed for heads"]], actor=OWNER)
    assert "Closed for heads" not in fetched(browser, own)


def test_personal_feed_answers_304_and_changes_with_the_stars(
    browser: Browser, event: Event, delegate: Registration, own: str, statements: list[str]
) -> None:
    refs = _r3_2(event)
    first = browser.get(own).response
    assert first.headers["Cache-Control"] == "private, no-cache"
    etag = first.headers["ETag"]
    statements.clear()
    assert browser.get(own, **{"If-None-Match": etag}).status == 304
    assert len(statements) <= 4
    with transaction():
        services.choose_sessions(delegate, [refs["Open"]], actor=OWNER)
    assert browser.get(own, **{"If-None-Match": etag}).status == 200


def test_secret_address_can_be_reset(
    browser: Browser, event: Event, delegate: Registration, own: str
) -> None:
    page = browser.get(f"/my/{token_of(delegate)}/calendar")
    assert own in str(page.soup)
    page = browser.submit(page.form(action="reset"))
    assert "Your calendar has a new address." in page.text
    assert browser.get(own).status == 404
    assert browser.get(f"/my/{queries.feed_token(delegate)}/calendar.ics").status == 200


def test_feed_token_opens_no_page_and_page_token_no_feed(
    browser: Browser, event: Event, delegate: Registration
) -> None:
    assert browser.get(f"/my/{token_of(delegate)}/calendar.ics").status == 404
    feed = queries.feed_token(delegate)
    for page in ("programme", "calendar"):
        assert browser.get(f"/my/{feed}/{page}").status == 404
    assert browser.get("/my/FORGED/calendar.ics").status == 404


def test_feeds_ask_the_same_for_1_and_30_sessions(
    browser: Browser, event: Event, own: str, statements: list[str]
) -> None:
    speaker = make_speaker(event)
    counts = []
    for more in (1, 29):
        for _number in range(more):
            name_speakers(make_session(event), (speaker, "chair"))
        publish(event)
        for url in (FEED, own):
            statements.clear()
            assert browser.get(url).status == 200
            counts.append(len(statements))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 8


def test_confirmation_carries_the_event(event: Event, delegate: Registration) -> None:
    make_session(event, starts=wall("2026-04-02T09:00"))
    publish(event)
    found = attachment(event.id, delegate.id, "fr")
    assert found is not None
    assert found.name == "xiamen-2026.ics"
    assert b"METHOD:PUBLISH" in found.data
    assert b"BEGIN:VTIMEZONE" in found.data
    entry = entries(found.data)["Le forum"]
    assert entry["SEQUENCE"] == 1
    assert "host@example.org" in entry["ORGANIZER"]
    assert "ATTENDEE" not in entry
    assert walk(entry, "DTSTART") == datetime(2026, 4, 2, 1, tzinfo=UTC)


def test_confirmation_and_feed_name_the_event_by_one_uid(
    browser: Browser, event: Event, delegate: Registration
) -> None:
    found = attachment(event.id, delegate.id, "en")
    assert found is not None
    assert entries(found.data)["The forum"]["UID"] == fetched(browser)["The forum"]["UID"]


def test_panel_leads_to_programme_and_calendar(
    browser: Browser, event: Event, delegate: Registration, app: Flask
) -> None:
    with app.test_request_context():
        shown = panel(delegate)
        delegate.state = "withdrawn"
        assert panel(delegate) is None
    assert shown is not None
    for _label, url in shown.links:
        assert browser.get(url).status == 200


def test_help_page_offers_the_address(browser: Browser, event: Event) -> None:
    page = browser.get("/en/xiamen-2026/calendar")
    assert "webcal://localhost/en/xiamen-2026/calendar.ics" in str(page.soup)
    assert browser.get("/ar/xiamen-2026/calendar").soup.html["dir"] == "rtl"  # type: ignore[index]


def test_draft_event_has_no_calendar(browser: Browser, event: Event) -> None:
    with transaction():
        event.state = "draft"
    assert browser.get(FEED).status == 404


def test_mails_of_an_event_that_stops_and_goes_on_move_its_entry(event: Event) -> None:
    delegate = make_registration(event, make_category(event))
    confirmed = attachment(event.id, delegate.id, "en")
    assert confirmed
    [(uid, before)] = entries(confirmed.data).items()
    sequences = [before["SEQUENCE"]]
    for act, name, status, words in (
        (postpone_event, "postponed", "TENTATIVE", {"notice": Translated()}),
        (publish_event, "resumed", "CONFIRMED", {}),
        (cancel_event, "cancelled", "CANCELLED", {"notice": Translated()}),
    ):
        with transaction():
            act(event, actor=OWNER, **words)
        made = MESSAGES[f"events.{name}"](event.id, {})
        assert made
        [file] = made.attachments
        assert b"METHOD:PUBLISH" in file.data
        [(same, after)] = entries(file.data).items()
        assert (same, after["STATUS"]) == (uid, status)
        sequences.append(after["SEQUENCE"])
    assert sequences == sorted(set(sequences)), "a calendar takes only what is newer"


def test_personal_feed_holds_the_seats_given_by_name_and_the_parts_spoken(
    browser: Browser, event: Event, delegate: Registration, own: str
) -> None:
    plenary = make_session(event, code="1", titles=Translated(en="Plenary"))
    room = make_session(event, code="2", titles=Translated(en="Small room"))
    other = make_session(event, code="3", titles=Translated(en="Other room"))
    panel = make_session(
        event, code="4", titles=Translated(en="Speaks here"), access="by_invitation"
    )
    for session, given in ((room, True), (other, False)):
        pool = keep(Pool(event_id=event.id, code=session.code, scope="per_session", seats=1,
                         session_id=session.id))  # fmt: skip
        if given:
            seat = {"pool_id": pool.id, "registration_id": delegate.id}
            keep(SessionSeat(event_id=event.id, **seat))
    speaker = make_speaker(event)
    name_speakers(panel, (speaker, "panellist"))
    with transaction():
        delegate.speaker_id = speaker.id
    publish(event)
    text = browser.client.get(own).text
    assert "Plenary" in text
    assert "Small room" in text
    assert "Speaks here" in text
    assert "Other room" not in text, "others have its seats"
    keep(Star(registration_id=delegate.id, session_id=plenary.id, event_id=event.id))
    db.session.rollback()
    assert "Small room" in browser.client.get(own).text, "a seat stays, whatever is starred"
