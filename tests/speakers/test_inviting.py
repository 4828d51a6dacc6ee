"""Inviting speakers by a link of their own: letters, links, reminders."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from eventhub.agenda.models import Session, Speaker
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict
from eventhub.events.models import Event
from eventhub.mail.services import mails_of
from eventhub.people.models import Account
from eventhub.speakers import services
from eventhub.speakers.queries import get_row
from tests.agenda.programmes import EDITOR, make_speaker, name_speakers
from tests.browser import Browser
from tests.speakers.conftest import MANAGE, letter_of, link


def answer_all(event: Event, speaker: Speaker, *, comes: bool = True) -> None:
    row = get_row(event, speaker.ref)
    said = {part.name: (comes, "") for part in row.parts}
    with transaction():
        services.answer_parts(speaker, row.parts, said, invitation=row.invitation, actor=EDITOR)


def test_organiser_invites_those_chosen_in_their_language(
    editor: Browser, event: Event, sessions: list[Session], ama: Speaker
) -> None:
    without = make_speaker(event, "Mr. No ADDRESS")
    nobody = make_speaker(event, "Ms. No PART", email="nopart@example.org")
    name_speakers(sessions[0], (ama, "chair"), (without, "speaker"))
    editor.get(f"{MANAGE}/invite?who={ama.ref}&who={without.ref}&who={nobody.ref}")
    assert "Invite 2 speakers to confirm" in editor.page.text
    assert "Left out" in editor.page.text
    preview = editor.page.soup.select_one("details .letter[lang=fr]")
    assert preview is not None
    assert "Panel fr" in preview.text
    assert "/speaker/" not in preview.text
    page = editor.submit()
    assert "1 speaker is written to." in page.text
    assert "1 speaker has no address" in page.text
    (mail,) = mails_of(event.id)
    assert (mail.to, mail.language, mail.message) == ("ama@example.org", "fr", "speakers.invited")
    letter = letter_of(mail)
    assert letter is not None
    assert "Le forum" in letter.subject
    assert "Panel fr" in letter.text
    assert "09:00" in letter.text
    assert "UTC+8" in letter.text
    assert "03:00" in letter.text, "the speaker's own clock, guessed from the country"
    assert link(event, ama) in letter.text
    assert link(event, ama) in letter.html
    assert link(event, ama).rpartition("/")[2] not in str(mail.ids), "no link lies in the outbox"


def test_form_sent_twice_writes_once(editor: Browser, event: Event, ama: Speaker) -> None:
    editor.get(f"{MANAGE}/invite?who={ama.ref}")
    form = editor.page.form()
    editor.submit(form)
    editor.submit(form)
    assert len(mails_of(event.id)) == 1


def test_only_the_silent_are_reminded(
    editor: Browser, event: Event, sessions: list[Session], invited: Speaker
) -> None:
    said, never = (
        make_speaker(event, "A", email="a@x.org"),
        make_speaker(event, "N", email="n@x.org"),
    )
    name_speakers(sessions[0], (invited, "chair"), (said, "speaker"), (never, "speaker"))
    with transaction():
        services.invite(event, [said.ref], actor=EDITOR)
    answer_all(event, said)
    page = editor.get(MANAGE)
    assert "1 speaker was invited and is silent" in page.text
    page = editor.submit(page.form(action="remind"))
    assert "1 speaker is reminded." in page.text
    reminders = [m.to for m in mails_of(event.id) if m.message == "speakers.reminded"]
    assert reminders == ["ama@example.org"]
    answer_all(event, invited)
    (mail,) = [m for m in mails_of(event.id) if m.message == "speakers.reminded"]
    assert letter_of(mail) is None, "who answered meanwhile is not written to"
    with pytest.raises(Conflict), transaction():
        services.remind(event, actor=EDITOR)


def test_reminder_names_the_parts_that_are_not_answered_alone(
    event: Event, sessions: list[Session], invited: Speaker
) -> None:
    row = get_row(event, invited.ref)
    with transaction():
        services.answer_parts(
            invited, row.parts, {row.parts[0].name: (True, "")}, invitation=row.invitation,
            actor=EDITOR,
        )  # fmt: skip
        services.remind(event, [invited.ref], actor=EDITOR)
    letter = letter_of(mails_of(event.id)[0])
    assert letter is not None
    assert "Opening fr" not in letter.text
    assert "Panel fr" in letter.text


def test_new_link_makes_the_old_one_worthless(
    editor: Browser, event: Event, invited: Speaker
) -> None:
    old = link(event, invited)
    assert editor.get(old).status == 200
    editor.get(f"{MANAGE}/{invited.ref}")
    forms = [f for f in editor.page.soup.find_all("form") if f.find("input", value="renew")]
    editor.submit(forms[0])
    assert link(event, invited) != old
    assert editor.get(old).status == 404
    assert editor.get(link(event, invited)).status == 200


def test_link_made_after_the_event_works_and_an_ended_one_says_so(
    editor: Browser, event: Event, invited: Speaker
) -> None:
    page = f"{MANAGE}/{invited.ref}"
    with clock.at(event.ends_at + timedelta(days=30)):
        editor.sign_in(db.session.scalars(select(Account)).one())
        assert editor.get(link(event, invited)).status == 404
        assert "and opens nothing any more" in editor.get(page).text
        forms = [f for f in editor.page.soup.find_all("form") if f.find("input", value="renew")]
        editor.submit(forms[0])
        assert "It works until" in editor.page.text
        assert editor.get(link(event, invited)).status == 200
    with clock.at(event.ends_at + timedelta(days=43, hours=23)):
        assert editor.get(link(event, invited)).status == 200
    with clock.at(event.ends_at + timedelta(days=44, minutes=1)):
        assert editor.get(link(event, invited)).status == 404


def test_link_ends_with_the_event_and_is_answered_like_a_wrong_one(
    browser: Browser, event: Event, invited: Speaker
) -> None:
    good = link(event, invited)
    with clock.at(event.ends_at - timedelta(minutes=1)):
        assert browser.get(good).status == 200
    with clock.at(event.ends_at):
        late = browser.get(good)
    wrong = browser.get(good[:-1] + ("A" if good[-1] != "A" else "B"))
    unknown = browser.get("/speaker/XXXXXXXXXXAAAAAAAAAAAAAAAA")
    assert late.status == wrong.status == unknown.status == 404
    assert late.text == wrong.text == unknown.text
    assert "This link does not work" in late.text


def test_guessing_links_is_slowed_down(browser: Browser, event: Event) -> None:
    codes = {browser.get(f"/speaker/XXXXXXXXXXAAAAAAAAAAAA{n:04}").status for n in range(61)}
    assert codes == {404, 429}


def test_speaker_without_a_part_cannot_be_invited(event: Event) -> None:
    alone = make_speaker(event)
    with pytest.raises(Conflict), transaction():
        services.invite(event, [alone.ref], actor=EDITOR)


def test_removing_a_speaker_takes_the_invitation_along(
    editor: Browser, event: Event, sessions: list[Session], invited: Speaker
) -> None:
    page = editor.post(f"{MANAGE}/{invited.ref}/remove", _token(editor, invited))
    assert "still has a part" in page.text
    assert get_row(event, invited.ref).invitation is not None, "nothing was taken away"
    for session in sessions:
        db.session.refresh(session)
        name_speakers(session)
    page = editor.post(f"{MANAGE}/{invited.ref}/remove", _token(editor, invited))
    assert "is removed" in page.text


def _token(editor: Browser, speaker: Speaker) -> dict[str, str]:
    form = editor.get(f"{MANAGE}/{speaker.ref}/change").form(action="remove")
    return {"csrf_token": str(form.find("input", {"name": "csrf_token"})["value"])}  # type: ignore[index]
