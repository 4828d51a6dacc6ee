"""Pages of invitations and claims, in a browser without JavaScript."""

import io
from datetime import timedelta

import pytest
from flask import Flask

from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.delegations import queries, services
from eventhub.delegations.codes import code_of
from eventhub.delegations.information import content_of, issue_note, make_note_files
from eventhub.delegations.jobs import make_letters
from eventhub.delegations.letter_text import default_texts
from eventhub.delegations.models import Delegation, Invitation, LetterRun
from eventhub.delegations.wordings import Owner, texts_of
from eventhub.events.models import Event
from eventhub.events.services import change_setting
from eventhub.institutions.models import Institution
from eventhub.keys.links import digits
from eventhub.people.models import MailCode
from eventhub.rehearsals.scanned import scanned_letter
from tests.browser import Browser
from tests.delegations.test_letter_pdf import Still
from tests.factories import give, make_account, make_category, make_entity, make_event

PDF = scanned_letter(["Note verbale"])


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum with Letters on and one category."""
    event = make_event(switches=["delegations", "letters", "seats"])
    make_category(event)
    return event


@pytest.fixture
def zambia(event: Event) -> Delegation:
    """Return the delegation of Zambia."""
    entity = make_entity()
    with transaction():
        return services.get_or_open(event.id, entity.id, actor=SYSTEM)


@pytest.fixture
def invitation(event: Event, zambia: Delegation) -> Invitation:
    """Return the invitation of Zambia, sent."""
    with transaction():
        rows = services.prepare_invitations(event, [zambia], form="note_verbale", actor=SYSTEM)
        services.clear_invitations(rows, actor=SYSTEM)
        return services.mark_sent(rows, how="post", actor=SYSTEM)[0]


@pytest.fixture
def secretariat(app: Flask, event: Event) -> Browser:
    """Return the browser of the secretariat."""
    account = make_account()
    give(account, "secretariat", event)
    return Browser(app).sign_in(account)


def claim(browser: Browser, event: Event, code: str, email: str = "phiri@example.org") -> None:
    browser.get(f"/en/{event.slug}/delegation")
    browser.submit(code=code, name="A. Phiri", email=email, phone="+260 1")


def prove(browser: Browser) -> None:
    row = db.session.query(MailCode).order_by(MailCode.id.desc()).first()
    browser.submit(code=digits("mail_code", row.ref, 6))


def test_r1_33_a_focal_point_claims_and_sends_the_letter(
    browser: Browser, event: Event, zambia: Delegation, invitation: Invitation
) -> None:
    claim(browser, event, code_of(invitation))
    assert "phiri@example.org" in browser.page.text
    prove(browser)
    assert "Send a letter" in browser.page.text
    form = browser.page.form(action="/letters")
    browser.submit(
        form, file=(io.BytesIO(PDF), "note.pdf"), kind="nomination", reference_no="114/2026"
    )
    assert browser.page.status == 200
    letter = queries.letters_of(event.id, zambia.id)[0]
    point = queries.focal_points_of(event.id, [zambia.id])[zambia.id][0].point
    assert (letter.reference_no, point.letter_id) == ("114/2026", letter.id)


def test_r1_33_wrong_unknown_and_used_codes_get_one_answer(
    app: Flask, event: Event, zambia: Delegation, invitation: Invitation
) -> None:
    first = Browser(app)
    claim(first, event, code_of(invitation))
    prove(first)
    answers = set()
    for code in ("BBBBBBBBBB", "nonsense", "2345", code_of(invitation)):
        other = Browser(app)
        claim(other, event, code, "somebody@example.org")
        assert other.page.status == 422
        answers.add(other.page.errors()[0])
    assert len(answers) == 1
    points = queries.focal_points_of(event.id, [zambia.id], waiting=True)[zambia.id]
    assert [one.point.state for one in points] == ["claimed", "review"]


def test_r1_33_guessing_codes_is_throttled(app: Flask, event: Event, zambia: Delegation) -> None:
    browser = Browser(app)
    for _turn in range(10):
        claim(browser, event, "BBBBBBBBBB")
        assert browser.page.status == 422
    claim(browser, event, "BBBBBBBBBB")
    assert browser.page.status == 429


def test_r1_33_a_code_that_exists_is_never_answered_otherwise(
    app: Flask, event: Event, invitation: Invitation
) -> None:
    first, code = Browser(app), code_of(invitation)
    claim(first, event, code)
    prove(first)
    answers = set()
    for turn in range(7):
        other = Browser(app)
        claim(other, event, code, f"somebody{turn}@example.org")
        answers.add((other.page.status, other.page.errors()[0]))
    unknown = Browser(app)
    claim(unknown, event, "BBBBBBBBBB")
    assert answers == {(unknown.page.status, unknown.page.errors()[0])}


@pytest.mark.parametrize("way", ["expires", "is renewed"])
def test_r1_33_a_code_that_ends_before_it_is_proved_opens_nothing(
    browser: Browser, event: Event, zambia: Delegation, invitation: Invitation, way: str
) -> None:
    claim(browser, event, code_of(invitation))
    with transaction():
        row = db.session.get_one(Invitation, invitation.id)
        if way == "expires":
            row.code_expires_at = clock.now() - timedelta(seconds=1)
        else:
            services.renew_code(row, event=event, actor=SYSTEM)
    prove(browser)
    assert browser.page.status == 422
    assert "opens no delegation" in browser.page.errors()[0]
    assert queries.focal_points_of(event.id, [zambia.id], waiting=True)[zambia.id] == []


def test_r1_34_reminders_are_made_for_the_silent_alone(
    secretariat: Browser, event: Event, zambia: Delegation, invitation: Invitation, fonts: object
) -> None:
    kenya = make_entity("KEN", "Kenya")
    with transaction():
        other = services.get_or_open(event.id, kenya.id, actor=SYSTEM)
        rows = services.prepare_invitations(event, [other], form="note_verbale", actor=SYSTEM)
        services.clear_invitations(rows, actor=SYSTEM)
        services.mark_sent(rows, how="bag", actor=SYSTEM)
        services.set_reply(event.id, [other.id], "attending", actor=SYSTEM)
    secretariat.get(f"/manage/{event.slug}/invitations")
    secretariat.submit(secretariat.page.form(action="/remind"), press="act=docx")
    run = db.session.query(LetterRun).one()
    assert (run.what["kind"], run.what["invitations"]) == ("reminder", [invitation.id])
    make_letters(Still.__new__(Still), run.id)
    assert db.session.get_one(LetterRun, run.id).letters == 1
    secretariat.get(f"/manage/{event.slug}/invitations")
    secretariat.submit(secretariat.page.form(action="/remind"), press="act=pdf")
    with transaction():
        services.set_reply(event.id, [zambia.id], "regrets", actor=SYSTEM)
    late = db.session.query(LetterRun).order_by(LetterRun.id.desc()).first()
    make_letters(Still.__new__(Still), late.id)
    late = db.session.get_one(LetterRun, late.id)
    assert (late.state, late.letters, late.file_id) == ("done", 0, None)


def test_without_the_switch_there_is_nothing_to_claim(app: Flask) -> None:
    event = make_event()
    assert Browser(app).get(f"/en/{event.slug}/delegation").status == 404


def test_a_letter_that_is_no_letter_is_told_beside_its_field(
    secretariat: Browser, event: Event, zambia: Delegation
) -> None:
    secretariat.get(f"/manage/{event.slug}/delegations/{zambia.ref}/letters")
    form = secretariat.page.form(action="/letters")
    secretariat.submit(form, file=(io.BytesIO(b"MZ program"), "note.pdf"), kind="nomination")
    assert secretariat.page.status == 422
    assert "PDF, JPEG or PNG" in secretariat.page.errors()[0]


def test_the_secretariat_prepares_clears_and_notes_replies(
    secretariat: Browser, event: Event, zambia: Delegation
) -> None:
    url = f"/manage/{event.slug}/invitations"
    secretariat.get(url)
    form = secretariat.page.form(action="/invitations")
    secretariat.submit(form, press="act=prepare", who=[zambia.ref])
    assert "1 invitation was prepared" in secretariat.page.text
    form = secretariat.page.form(action="/invitations")
    secretariat.submit(form, press="act=clear", who=[zambia.ref])
    form = secretariat.page.form(action="/invitations")
    secretariat.submit(form, press="act=sent", who=[zambia.ref], how="bag")
    row = queries.invitation_of(event.id, zambia.id)
    assert row is not None
    assert (row.state, row.how) == ("sent", "bag")
    assert "1 delegation was invited and is silent" in secretariat.page.text
    form = secretariat.page.form(action="/invitations")
    secretariat.submit(form, press="act=reply", who=[zambia.ref], reply="regrets")
    assert "is silent" not in secretariat.page.text


def test_r1_13_each_state_is_invited_in_a_language_of_its_own(
    secretariat: Browser, event: Event, zambia: Delegation
) -> None:
    spoken = {"ZM": "en", "SN": "fr", "BR": "pt", "EG": "ar", "CN": "zh", "MX": "es", "KZ": "ru",
              "JP": "en", "CH": "fr"}  # fmt: skip
    states = {iso2: make_entity(f"{iso2}X", iso2, iso2=iso2).id for iso2 in spoken}
    with transaction():
        opened = {
            iso2: services.get_or_open(event.id, one, actor=SYSTEM) for iso2, one in states.items()
        }
    secretariat.get(f"/manage/{event.slug}/invitations")
    refs = [zambia.ref, *(one.ref for one in opened.values())]
    secretariat.submit(secretariat.page.form(action="/invitations"), press="act=prepare", who=refs)
    said = {
        iso2: invited.language
        for iso2, one in opened.items()
        if (invited := queries.invitation_of(event.id, one.id)) is not None
    }
    assert said == spoken


def test_the_secretariat_writes_calls_down_and_verifies_a_letter(
    secretariat: Browser, event: Event, zambia: Delegation, invitation: Invitation
) -> None:
    url = f"/manage/{event.slug}/invitations/{zambia.ref}"
    assert "no address" in secretariat.get(url).text
    calls = secretariat.page.soup.find("a", string="Contacts, calls and notes")["href"]
    secretariat.get(calls)
    secretariat.submit(
        secretariat.page.form(action="/calls"), press="act=note",
        kind="call", text="Names by Friday", next_step="Call again",
    )  # fmt: skip
    assert "Call again" in secretariat.page.text
    contact = {"name": "Mission", "email": "mission@example.org"}
    form = next(one for one in secretariat.page.soup.select("form") if one.select("[name=email]"))
    secretariat.submit(form, press="act=contact", **contact)
    page = secretariat.get(url)
    assert "mission@example.org" in page.text
    assert "Call again" in page.text
    secretariat.get(calls)
    secretariat.submit(secretariat.page.form(action="/remove"))
    assert "The contact is removed" in secretariat.page.text
    assert "mission@example.org" not in secretariat.get(url).text
    with transaction():
        letter = services.receive_letter(zambia, PDF, name="n.pdf", actor=SYSTEM)
    secretariat.get(f"/manage/{event.slug}/letters/{letter.ref}")
    secretariat.submit(secretariat.page.form(action="/letters"), press="act=verify")
    assert "The letter is verified" in secretariat.page.text
    opened = secretariat.get(f"/manage/{event.slug}/letters/{letter.ref}/file")
    assert opened.response.data == PDF
    assert opened.response.mimetype == "application/pdf"


def test_a_stranger_reaches_no_letter(
    app: Flask, event: Event, zambia: Delegation, invitation: Invitation
) -> None:
    with transaction():
        letter = services.receive_letter(zambia, PDF, name="n.pdf", actor=SYSTEM)
    kenya = make_entity("KEN", "Kenya")
    with transaction():
        other = services.get_or_open(event.id, kenya.id, actor=SYSTEM)
    account = make_account()
    give(account, "focal_point", event, scope={"delegations": [other.id]})
    stranger = Browser(app).sign_in(account)
    for path in (f"letters/{letter.ref}/file", f"letters/{letter.ref}", "invitations",
                 f"delegations/{zambia.ref}/letters", f"invitations/{zambia.ref}"):  # fmt: skip
        assert stranger.get(f"/manage/{event.slug}/{path}").status == 404


def test_texts_show_unknown_fields_beside_the_text(
    secretariat: Browser, event: Event, zambia: Delegation
) -> None:
    secretariat.get(f"/manage/{event.slug}/invitations/texts/letter?language=en")
    secretariat.submit(text_en="Dear {entitty}", press="act=save")
    assert secretariat.page.status == 422
    assert "{entitty}" in secretariat.page.errors()[0]
    page = secretariat.submit(text_en="Dear {entity}, come to {event}.", press="act=show")
    assert page.status == 200
    assert f"Dear Zambia, come to {event.title()}." in page.text
    assert "without the code" in page.text
    assert texts_of(Owner.of(event))["letter"]["en"] != "Dear {entity}, come to {event}."
    secretariat.submit(press="act=save")
    assert "The text is saved" in secretariat.page.text
    assert texts_of(Owner.of(event))["letter"]["en"] == "Dear {entity}, come to {event}."
    page = secretariat.submit(press="act=reset")
    assert "The standard text counts again" in page.text
    assert texts_of(Owner.of(event)) == dict(default_texts())


def test_an_institution_words_its_letters_and_previews_them(
    app: Flask, event: Event, zambia: Delegation, fonts: object
) -> None:
    host = db.session.get_one(Institution, event.institution_id)
    account = make_account()
    give(account, "institution_administrator", institution_id=host.id)
    browser = Browser(app).sign_in(account)
    browser.get(f"/manage/institutions/{host.ref}")
    page = browser.get(browser.page.soup.find("a", string="Texts of letters")["href"])
    assert "Zambia" in page.text
    page = browser.submit(text_en="{host} asks {entity}: {code}", press="act=pdf")
    run = db.session.query(LetterRun).one()
    assert page.response.request.path.endswith(f"/letter-previews/{run.ref}")
    assert page.response.headers["Refresh"] == "2"
    make_letters(Still.__new__(Still), run.id)
    assert browser.get(page.response.request.path).response.data.startswith(b"%PDF")
    browser.get(f"/manage/institutions/{host.ref}/letter-texts/note_verbale?language=ar")
    page = browser.submit(text_ar="{host} {entity} {code}", press="act=save")
    assert page.soup.select_one("textarea")["dir"] == "rtl"
    assert texts_of(Owner.of(event))["note_verbale"]["ar"] == "{host} {entity} {code}"
    other = make_event(switches=["delegations", "letters"])
    stranger = db.session.get_one(Institution, other.institution_id)
    for path in ("letter-texts/letter", f"letter-previews/{run.ref}"):
        assert browser.get(f"/manage/institutions/{stranger.ref}/{path}").status == 404
    assert browser.get(f"/manage/institutions/{host.ref}/letter-previews/nonsense").status == 404


def test_the_page_of_a_text_asks_no_more_for_many(
    secretariat: Browser, event: Event, zambia: Delegation, statements: list[str]
) -> None:
    url = f"/manage/{event.slug}/invitations/texts/note_verbale"
    secretariat.get(url)
    statements.clear()
    secretariat.get(url)
    few = len(statements)
    entities = [make_entity(f"E{n}", f"Entity {n}") for n in range(20)]
    with transaction():
        for entity in entities:
            services.get_or_open(event.id, entity.id, actor=SYSTEM)
    statements.clear()
    secretariat.get(url)
    assert len(statements) == few <= 15


def test_r1_35_a_focal_point_reads_the_note_and_does_not_issue_it(
    app: Flask, event: Event, zambia: Delegation, fonts: object
) -> None:
    with transaction():
        note = issue_note(event, actor=SYSTEM)
    make_note_files(note.id)
    account = make_account()
    give(account, "focal_point", event, scope={"delegations": [zambia.id]})
    browser = Browser(app).sign_in(account)
    browser.get(f"/manage/{event.slug}/delegations/{zambia.ref}")
    address = browser.page.soup.select_one("a[href*=information-note]")["href"]
    assert browser.get(address).response.data.startswith(b"%PDF")
    assert browser.get(f"/manage/{event.slug}/information-note").status == 404


def test_r1_35_an_issue_is_listed(secretariat: Browser, event: Event) -> None:
    secretariat.get(f"/manage/{event.slug}/information-note")
    secretariat.submit(secretariat.page.form(action="/information-note"))
    assert f"{event.code}/INF.1" in secretariat.page.text


def test_the_page_of_invitations_asks_no_more_for_many(
    secretariat: Browser, event: Event, zambia: Delegation, statements: list[str]
) -> None:
    url = f"/manage/{event.slug}/invitations"
    secretariat.get(url)
    statements.clear()
    secretariat.get(url)
    few = len(statements)
    entities = [make_entity(f"E{n}", f"Entity {n}") for n in range(20)]
    with transaction():
        for entity in entities:
            services.get_or_open(event.id, entity.id, actor=SYSTEM)
    statements.clear()
    secretariat.get(url)
    assert len(statements) == few <= 15


def test_r1_35_ready_headings_stand_in_the_note_in_each_language(
    secretariat: Browser, event: Event
) -> None:
    address = f"/manage/{event.slug}/information-note"
    secretariat.get(f"{address}/practical")
    first, second = event.languages[:2]
    secretariat.submit(
        **{f"electricity_{first}": "220 V, plugs I", f"electricity_{second}": "220 V, prises I"}
    )
    assert secretariat.page.response.request.path == address
    content = content_of(event)
    found = {
        code: [row["html"].strip() for row in rows if "220" in row.get("html", "")]
        for code, rows in content.items()
    }
    assert found[first] == ["<p>220 V, plugs I</p>"]
    assert found[second] == ["<p>220 V, prises I</p>"]
    headings = [row["heading"] for row in content["en"]]
    assert "Electricity and plugs" in headings
    assert "Climate" not in headings, "a heading without a text is left out"


def test_r1_35_a_text_too_long_is_told_and_nothing_typed_is_lost(
    secretariat: Browser, event: Event
) -> None:
    secretariat.get(f"/manage/{event.slug}/information-note/practical")
    first = event.languages[0]
    page = secretariat.submit(**{f"health_{first}": "x" * 3001, f"climate_{first}": "Mild"})
    assert page.status == 422
    assert page.errors()
    assert "Mild" in page.soup.find("textarea", {"name": f"climate_{first}"}).text


def test_r1_35_later_deadlines_are_facts_of_the_note(event: Event) -> None:
    with transaction():
        change_setting(event, "registration", {"photos_until": "2026-05-20T18:00"}, actor=SYSTEM)
    facts = dict(content_of(event)["en"][0]["facts"])
    assert "20 May 2026" in facts["Photos until"]
    assert "Official letters until" not in facts
