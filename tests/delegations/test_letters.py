"""Invitations, codes, claims, replies and the information note (R1.33 to R1.35)."""

import io
from datetime import timedelta
from typing import Any

import pytest
from docx import Document
from flask import Flask
from PIL import Image
from sqlalchemy import select

from eventhub.access.queries import grants_of
from eventhub.access.services import take_role
from eventhub.core import clock
from eventhub.core.actor import EVERYTHING, SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.delegations import queries, services
from eventhub.delegations.codes import code_of, find_by_code
from eventhub.delegations.information import issue_note, symbol
from eventhub.delegations.letter_docx import letters_docx
from eventhub.delegations.letters import letters_out
from eventhub.delegations.models import Delegation, FocalPoint, Invitation, OfficialLetter
from eventhub.delegations.rules import CODE_ALPHABET, shown_code
from eventhub.events.models import Event
from eventhub.mail.models import OutboxMail
from eventhub.mail.seams import MESSAGES
from eventhub.rehearsals.scanned import scanned_letter
from tests.factories import make_account, make_entity, make_event

PDF = scanned_letter(["Note verbale"])
SWITCHES = ["delegations", "letters", "seats"]


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum with Letters on."""
    return make_event(switches=SWITCHES)


def opened(event: Event, code: str = "ZMB", name: str = "Zambia") -> Delegation:
    entity = make_entity(code, name)
    with transaction():
        return services.get_or_open(event.id, entity.id, actor=SYSTEM)


def invited(event: Event, *delegations: Delegation, **given: str) -> list[Invitation]:
    values = {"form": "note_verbale", "language": "en", **given}
    with transaction():
        rows = services.prepare_invitations(event, delegations, actor=SYSTEM, **values)
        services.clear_invitations(rows, actor=SYSTEM)
        return services.mark_sent(rows, how="post", actor=SYSTEM)


def claimed(invitation: Invitation, email: str = "phiri@example.org") -> FocalPoint:
    with transaction():
        return services.claim(
            invitation, email=email, name="A. Phiri", phone="+260 1", language="en"
        )


def received(delegation: Delegation, data: bytes = PDF, **given: Any) -> OfficialLetter:
    with transaction():
        return services.receive_letter(delegation, data, name="note.pdf", actor=SYSTEM, **given)


def test_r1_33_a_code_has_ten_signs_without_look_alikes_and_is_not_stored(event: Event) -> None:
    row = invited(event, opened(event))[0]
    code = code_of(row)
    assert len(code) == 10
    assert set(code) <= set(CODE_ALPHABET)
    assert not set("01OIAEUY") & set(CODE_ALPHABET)
    stored = db.session.execute(select(Invitation.__table__)).mappings().one()
    assert code not in {str(value) for value in stored.values()}
    assert find_by_code(event.id, shown_code(code).lower()) is row
    assert find_by_code(event.id, " " + code[:4] + " " + code[4:]) is row


def test_r1_33_a_code_ends_at_the_deadline_and_follows_it(event: Event) -> None:
    row = invited(event, opened(event))[0]
    code = code_of(row)
    with clock.at(event.registration_closes_at + timedelta(seconds=1)):
        assert find_by_code(event.id, code) is None
    with transaction():
        event.registration_closes_at += timedelta(days=2)
        services.follow_deadline(event, frozenset({"registration_closes"}))
    with clock.at(event.registration_closes_at - timedelta(seconds=1)):
        assert find_by_code(event.id, code) is not None


def test_r1_33_a_code_opens_nothing_at_another_event_or_when_made_anew(event: Event) -> None:
    row = invited(event, opened(event))[0]
    code = code_of(row)
    assert find_by_code(make_event(switches=SWITCHES).id, code) is None
    with transaction():
        services.renew_code(row, event=event, actor=SYSTEM)
    assert find_by_code(event.id, code) is None
    assert find_by_code(event.id, code_of(row)) is row


def test_r1_33_the_first_claim_works_in_preparation_the_second_goes_to_review(
    event: Event,
) -> None:
    zambia = opened(event)
    row = invited(event, zambia)[0]
    first, second = claimed(row), claimed(row, "other@example.org")
    assert (first.state, second.state) == ("claimed", "review")
    assert (zambia.readiness, zambia.reply) == ("preparation", "attending")
    assert grants_of(first.account_id, event_id=event.id)
    assert not grants_of(second.account_id, event_id=event.id)
    assert claimed(row).id == first.id


def test_r1_33_a_code_claimed_where_somebody_looks_after_it_already_goes_to_review(
    event: Event,
) -> None:
    zambia = opened(event)
    account = make_account()
    with transaction():
        services.name_focal_point(zambia, account, actor=SYSTEM)
    row = invited(event, zambia)[0]
    point = claimed(row)
    assert point.state == "review"
    assert zambia.readiness == "open"
    assert not grants_of(point.account_id, event_id=event.id)


def test_r1_33_a_verified_letter_ends_preparation_and_confirms_the_claim(event: Event) -> None:
    zambia = opened(event)
    point = claimed(invited(event, zambia)[0])
    letter = received(zambia, point=point)
    with transaction():
        services.verify_letter(letter, actor=SYSTEM)
    assert (zambia.readiness, point.state, letter.state) == ("open", "confirmed", "verified")


def test_a_refused_letter_says_why_and_leaves_the_delegation_in_preparation(event: Event) -> None:
    zambia = opened(event)
    claimed(invited(event, zambia)[0])
    letter = received(zambia)
    with pytest.raises(Invalid), transaction():
        services.refuse_letter(letter, reason="because", actor=SYSTEM)
    with transaction():
        services.refuse_letter(letter, reason="unsigned", actor=SYSTEM)
    assert (zambia.readiness, letter.state) == ("preparation", "refused")
    with pytest.raises(Conflict), transaction():
        services.verify_letter(letter, actor=SYSTEM)


def test_a_focal_point_replaced_loses_the_delegation_the_names_stay(event: Event) -> None:
    zambia = opened(event)
    row = invited(event, zambia)[0]
    first, second = claimed(row), claimed(row, "successor@example.org")
    with transaction():
        services.confirm_focal_point(second, actor=SYSTEM, replacing=True, slug=event.slug)
    assert (first.state, second.state, second.is_primary) == ("ended", "confirmed", True)
    assert not grants_of(first.account_id, event_id=event.id)
    assert grants_of(second.account_id, event_id=event.id)


def test_a_backup_becomes_the_first_when_the_first_ends(event: Event) -> None:
    zambia, accounts = opened(event), (make_account(), make_account())
    with transaction():
        for account in accounts:
            services.name_focal_point(zambia, account, actor=SYSTEM)
    one, two = queries.focal_points_of(event.id, [zambia.id])[zambia.id]
    assert (one.point.is_primary, two.point.is_primary) == (True, False)
    with transaction():
        services.end_focal_point(one.point, reason="moved", actor=SYSTEM)
    assert two.point.is_primary
    with pytest.raises(Conflict), transaction():
        services.end_focal_point(two.point, reason="moved", actor=SYSTEM, must_stay=True)


def test_taking_the_role_away_ends_the_focal_point(event: Event) -> None:
    zambia, account = opened(event), make_account()
    with transaction():
        grant = services.name_focal_point(zambia, account, actor=SYSTEM)
        take_role(grant, actor=SYSTEM)
    assert not queries.focal_points_of(event.id, [zambia.id])[zambia.id]


def picture(kind: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(data, kind)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [(PDF, "application/pdf"), (picture("JPEG"), "image/jpeg"), (picture("PNG"), "image/png")],
)
def test_a_letter_is_what_its_content_says(event: Event, data: bytes, media_type: str) -> None:
    letter = received(opened(event), data)
    stored = services.file_of(event.id, letter.file_id)
    assert stored.media_type == media_type
    assert stored.name.startswith("note.")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"MZ\x90\x00program", b"<html><script>alert(1)</script>", b"PK\x03\x04zip",
        b"%PDF-1.7 and nothing more", picture("JPEG")[:60], b"\x89PNG\r\n\x1a\nbroken",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-" + b" " * (10 * 1024 * 1024 + 1),
    ],
    ids=("empty", "exe", "html", "zip", "half a PDF", "half a JPEG", "no PNG", "svg", "large"),
)  # fmt: skip
def test_a_letter_that_is_not_what_its_name_says_is_refused(event: Event, data: bytes) -> None:
    zambia = opened(event)
    with pytest.raises(Invalid) as refused:
        received(zambia, data)
    assert refused.value.field == "file"
    assert queries.letters_of(event.id, zambia.id) == []


def test_a_later_version_supersedes_once_it_is_verified(event: Event) -> None:
    zambia = opened(event)
    first = received(zambia)
    with transaction():
        services.verify_letter(first, actor=SYSTEM)
    second = received(zambia, supersedes=first)
    assert (first.state, second.version) == ("verified", 2)
    with transaction():
        services.verify_letter(second, actor=SYSTEM)
    assert first.state == "superseded"


def test_r1_34_replies_are_tracked_and_names_say_more_than_silence(event: Event) -> None:
    zambia, kenya = opened(event), opened(event, "KEN", "Kenya")
    with transaction():
        services.set_reply(event.id, [kenya.id], "attending", actor=SYSTEM)
        services.names_came(event.id, [zambia.id, kenya.id])
    assert (zambia.reply, kenya.reply) == ("names_received", "names_received")
    for nonsense in ("perhaps", "complete"):
        with pytest.raises(Invalid), transaction():
            services.set_reply(event.id, [zambia.id], nonsense, actor=SYSTEM)


def test_r1_34_a_reminder_that_was_answered_meanwhile_is_not_sent(event: Event) -> None:
    zambia = opened(event)
    row = invited(event, zambia)[0]
    with transaction():
        services.add_contacts(zambia, [{"email": "mission@example.org"}], actor=SYSTEM)
        run = services.start_run(event, [row], form="mail", kind="reminder", actor=SYSTEM)
        services.mail_letter(run, row, PDF, stem="zmb", kind="reminder")
    mail = db.session.scalars(select(OutboxMail)).one()
    assert (mail.message, mail.to) == ("delegations.reminder", "mission@example.org")
    assert row.reminders == 1
    letter = MESSAGES[mail.message](event.id, mail.ids)
    assert letter is not None
    assert letter.attachments[0].data == PDF
    assert code_of(row) not in str(mail.ids)
    with transaction():
        services.set_reply(event.id, [zambia.id], "regrets", actor=SYSTEM)
    assert MESSAGES[mail.message](event.id, mail.ids) is None


def test_what_is_not_cleared_is_not_mailed(event: Event) -> None:
    zambia = opened(event)
    with transaction():
        rows = services.prepare_invitations(event, [zambia], form="letter", actor=SYSTEM)
    with pytest.raises(Conflict), transaction():
        services.start_run(event, rows, form="mail", actor=SYSTEM)


def test_a_word_letter_has_headings_runs_from_the_right_and_numbers_lines(event: Event) -> None:
    row = invited(event, opened(event), language="ar")[0]
    letters = letters_out(event, [row])
    document = Document(io.BytesIO(letters_docx(letters, for_clearance=True)))
    xml = document.element.xml
    assert "w:bidi" in xml
    assert "w:rtl" in xml
    assert "w:lnNumType" in xml
    assert [p.style.name for p in document.paragraphs].count("Heading 1") == 1
    assert letters[0].code in {p.text for p in document.paragraphs}
    assert letters[0].words["clearance"] in document.sections[0].header.paragraphs[0].text
    plain = Document(io.BytesIO(letters_docx(letters)))
    assert "w:lnNumType" not in plain.element.xml


def test_r1_35_the_information_note_is_frozen_in_numbered_issues(event: Event) -> None:
    with transaction():
        first = issue_note(event, actor=SYSTEM)
    assert symbol(event, first.revision) == f"{event.code}/INF.1"
    frozen = first.sha256
    with pytest.raises(Conflict), transaction():
        issue_note(event, actor=SYSTEM)
    with transaction():
        event.contact_email = "new@example.org"
        second = issue_note(event, actor=SYSTEM)
    assert symbol(event, second.revision).endswith("/INF.1/Rev.1")
    assert first.sha256 == frozen
    assert "new@example.org" not in str(first.content)
    assert set(second.content) == set(event.languages)


def test_the_list_of_invitations_asks_no_more_for_many(event: Event, statements: list[str]) -> None:
    rows = [opened(event, code, code) for code in ("ZMB", "KEN", "NER")]
    invited(event, *rows)
    db.session.refresh(event)
    statements.clear()
    assert len(queries.invitation_lines(event, EVERYTHING, "en")) == 3
    assert len(statements) <= 12
