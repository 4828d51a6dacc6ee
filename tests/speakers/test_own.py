"""The speaker's own page: answers to each part, corrections, times, needs."""

import io
from datetime import timedelta

import pytest

from eventhub.agenda.models import Session, Speaker
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.i18n import LANGUAGES
from eventhub.jobs.runner import HANDLERS, Work
from eventhub.mail.models import OutboxMail
from eventhub.mail.services import mails_of
from eventhub.people.seams import Whose
from eventhub.speakers import personal, services
from eventhub.speakers.models import SpeakerInvitation
from eventhub.speakers.queries import Row, get_row, needs_of, windows_of
from eventhub.speakers.services.tidying import events_to_purge
from tests.agenda.programmes import EDITOR
from tests.browser import Browser
from tests.photos.pictures import png_bomb, sent
from tests.speakers.conftest import MANAGE, letter_of, link


def row_of(event: Event, speaker: Speaker) -> Row:
    db.session.expire_all()
    return get_row(event, speaker.ref)


def test_speaker_in_three_sessions_declines_one(
    browser: Browser, event: Event, invited: Speaker
) -> None:
    page = browser.get(link(event, invited))
    assert "Le forum" in page.text, "in the language of the letters"
    names = [part.name for part in row_of(event, invited).parts]
    page = browser.submit(
        **{f"comes_{names[0]}": "yes", f"comes_{names[1]}": "no", f"comes_{names[2]}": "yes",
           f"note_{names[1]}": "I leave at noon."}
    )  # fmt: skip
    assert page.status == 200
    row = row_of(event, invited)
    assert [part.slot.answer for part in row.parts] == ["confirmed", "declined", "confirmed"]
    assert row.parts[1].slot.answer_note == "I leave at noon."
    assert row.state == "confirmed"
    [mail] = refusals(event)
    assert mail.to == event.contact_email
    letter = letter_of(mail)
    assert letter is not None
    assert invited.printed_name in letter.subject
    assert "I leave at noon." in letter.text
    assert letter.text.count("(UTC+8)") == 1, "only the part that was declined"
    assert f"/programme/speakers/{invited.ref}" in letter.html
    browser.submit(**{f"comes_{names[0]}": "no"})
    assert row_of(event, invited).parts[0].slot.answer == "withdrawn"
    assert len(refusals(event)) == 2, "who withdraws is told of too"
    browser.submit(**{f"comes_{names[1]}": "yes"})
    assert letter_of(mail) is None, "nothing to tell of where they come after all"


def refusals(event: Event) -> list[OutboxMail]:
    return [mail for mail in mails_of(event.id) if mail.message == "speakers.declined"]


def test_own_page_shows_both_clocks_role_and_place(
    browser: Browser, event: Event, invited: Speaker
) -> None:
    page = browser.get(link(event, invited) + "?lang=en")
    assert "Chair: Opening" in page.text
    assert "Thu 2 April 2026, 09:00 in Xiamen (UTC+8; 03:00 in Lusaka)" in page.text
    assert page.soup.select_one("meta[name=robots][content=noindex]") is not None
    assert page.response.headers["Cache-Control"] == "no-store"


def test_what_the_speaker_corrects_is_kept_and_the_team_sees_what_was_before(
    browser: Browser, editor: Browser, event: Event, invited: Speaker
) -> None:
    url = link(event, invited) + "/printed"
    browser.get(url + "?lang=en")
    assert browser.submit(printed_name="H.E. Ms. Ama TETTEH").status == 422, "consent is asked"
    page = browser.submit(
        printed_name="H.E. Ms. Ama TETTEH",
        posts_fr="Ministre",
        biographies_en="Chairs *everything*.",
        biographies_fr="Préside tout.",
        links="https://example.org/ama\nhttps://example.org/council",
        publishes="yes",
        portrait=(io.BytesIO(sent()), "me.jpg"),
    )
    assert page.status == 200
    row = row_of(event, invited)
    assert row.speaker.printed_name == "H.E. Ms. Ama TETTEH"
    assert row.speaker.publishes is True
    assert row.speaker.links == ["https://example.org/ama", "https://example.org/council"]
    assert row.speaker.sort_name == "ms ama tetteh", "the order stays the team's"
    assert set(row.missing) == {"confirmation"}
    assert browser.get(link(event, invited) + "/portrait.jpg").response.mimetype == "image/jpeg"
    seen = editor.get(f"{MANAGE}/{invited.ref}").text
    assert "Corrected by the speaker" in seen
    assert "before: Ms. Ama TETTEH" in seen
    browser.get(url)
    browser.submit(printed_name="Ms. A. TETTEH")
    news = row_of(event, invited).invitation.news  # type: ignore[union-attr]
    assert news["printed_name"] == "Ms. Ama TETTEH", "what was there when the team last looked"


def test_locked_lines_are_not_changed(browser: Browser, event: Event, invited: Speaker) -> None:
    url = link(event, invited) + "/printed"
    browser.get(url)
    form = browser.page.form()
    invitation = row_of(event, invited).invitation
    assert invitation is not None
    with transaction():
        services.set_lock(invitation, invited, is_locked=True, actor=EDITOR)
    page = browser.submit(form, printed_name="Somebody ELSE", publishes="yes")
    assert page.status == 409
    assert row_of(event, invited).speaker.printed_name == "Ms. Ama TETTEH"
    assert not browser.get(url).soup.select("input[name=printed_name]")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"links": "http://example.org"}, "links"),
        ({"links": "\n".join(["https://example.org"] * 4)}, "links"),
        ({"biographies_en": "x" * 3001}, "biographies_en"),
        ({"printed_name": ""}, "printed_name"),
        ({"portrait": (io.BytesIO(png_bomb()), "bomb.png")}, "portrait"),
        ({"portrait": (io.BytesIO(b"no picture"), "x.jpg")}, "portrait"),
    ],
)
def test_what_is_wrong_stands_by_its_field_and_nothing_is_lost(
    browser: Browser, event: Event, invited: Speaker, given: dict[str, object], field: str
) -> None:
    browser.get(link(event, invited) + "/printed?lang=en")
    page = browser.submit(**{"posts_en": "Minister of Trade", "publishes": "yes", **given})
    assert page.status == 422
    assert page.soup.select_one(f"#{field}[aria-invalid]") is not None
    assert page.soup.select_one("[name=posts_en]")["value"] == "Minister of Trade"  # type: ignore[index]
    assert row_of(event, invited).speaker.posts.get("en") == "Minister"


def _times(browser: Browser, event: Event, invited: Speaker, **given: str) -> int:
    browser.get(link(event, invited) + "/times?lang=en")
    return browser.submit(**given).status


def test_speaker_says_when_in_their_own_zone(
    browser: Browser, event: Event, invited: Speaker
) -> None:
    browser.get(link(event, invited) + "/times?lang=en")
    zone = browser.page.soup.select_one("select[name=zone] option[selected]")
    assert zone is not None
    assert zone["value"] == "Africa/Lusaka", "guessed from the country"
    browser.submit(
        presence="remote", needs="A step-free way", can_2="no",
        starts_2="2026-04-02T08:00", ends_2="2026-04-02T12:00",
    )  # fmt: skip
    row = row_of(event, invited)
    assert row.invitation is not None
    (window,) = windows_of(row.speaker)
    assert window.starts_at.isoformat() == "2026-04-02T06:00:00+00:00"
    assert row.invitation.presence == "remote"
    assert needs_of(row.invitation) == "A step-free way"
    assert b"step-free" not in (row.invitation.sealed or b"")
    page = browser.get(link(event, invited) + "/times")
    assert page.soup.select_one("[name=starts_1]")["value"] == "2026-04-02T08:00"  # type: ignore[index]


def test_time_that_no_clock_shows_is_refused_with_the_reason(
    browser: Browser, event: Event, invited: Speaker
) -> None:
    status = _times(
        browser, event, invited, zone="America/New_York", can_1="yes",
        starts_2="2026-03-08T02:30", ends_2="2026-03-08T05:00",
    )  # fmt: skip
    assert status == 422
    assert "put forward from 01:59 to 03:00" in " ".join(browser.page.errors())
    assert browser.page.soup.select_one("#starts_2[aria-invalid]") is not None
    assert row_of(event, invited).speaker.windows == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"starts_1": "2026-04-02T09:00", "ends_1": "2026-04-02T08:00"}, "ends_1"),
        ({"starts_1": "2026-04-02T09:00"}, "ends_1"),
        ({"ends_2": "2026-04-02T09:00"}, "starts_2"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"presence": "astral"}, "presence"),
        ({"needs": "x" * 1001}, "needs"),
    ],
)
def test_half_and_impossible_times_are_told(
    browser: Browser, event: Event, invited: Speaker, given: dict[str, str], field: str
) -> None:
    assert _times(browser, event, invited, **given) == 422
    assert browser.page.soup.select_one(f"#{field}[aria-invalid]") is not None


def test_second_tab_with_old_times_is_told(
    browser: Browser, event: Event, invited: Speaker
) -> None:
    browser.get(link(event, invited) + "/times?lang=en")
    form = browser.page.form()
    assert browser.submit(form, needs="first").status == 200
    assert browser.submit(form, needs="second").status == 409
    invitation = row_of(event, invited).invitation
    assert needs_of(invitation) == "first"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["", "/printed", "/times"])
def test_own_pages_weigh_under_40_kb_in_every_language(
    browser: Browser, event: Event, invited: Speaker, language: str, page: str
) -> None:
    answer = browser.client.get(
        f"{link(event, invited)}{page}?lang={language}", headers={"Accept-Encoding": "gzip"}
    )
    assert answer.status_code == 200
    assert len(answer.data) < 20 * 1024, "the rest is for the style sheets"


def test_statements_of_own_pages_are_few_and_do_not_grow(
    browser: Browser, event: Event, sessions: list[Session], invited: Speaker,
    statements: list[str],
) -> None:  # fmt: skip
    for page in ("", "/printed", "/times"):
        url = link(event, invited) + page
        statements.clear()
        browser.get(url)
        assert len(statements) <= 8, page


def test_needs_and_times_go_a_week_after_the_event(
    browser: Browser, event: Event, invited: Speaker
) -> None:
    _times(browser, event, invited, needs="Ramp", starts_1="2026-04-02T08:00",
           ends_1="2026-04-02T09:00")  # fmt: skip
    with clock.at(event.ends_at + timedelta(days=6)):
        assert events_to_purge() == []
    with clock.at(event.ends_at + timedelta(days=7)):
        assert HANDLERS["speakers.purge"](Work(1, "test", None)) == {"events": 1}
        assert events_to_purge() == []
    row = row_of(event, invited)
    assert (row.speaker.windows, needs_of(row.invitation)) == ([], "")


def test_erasing_ends_the_link_and_blanks_what_was_said(
    browser: Browser, event: Event, invited: Speaker
) -> None:
    _times(browser, event, invited, needs="Ramp", starts_1="2026-04-02T08:00",
           ends_1="2026-04-02T09:00")  # fmt: skip
    whose = Whose("X", event_id=event.id, speaker_id=invited.id)
    (told,) = personal.held(whose).rows["speaker_invitation"]
    assert told["needs"] == "Ramp"
    assert len(told["windows"]) == 1
    old = link(event, invited)
    with transaction():
        personal.erase(whose, actor=EDITOR)
    assert browser.get(old).status == 404
    left = db.session.query(SpeakerInvitation).one()
    assert (left.sealed, left.zone, left.news) == (None, "", {})
    assert row_of(event, invited).speaker.windows == []
