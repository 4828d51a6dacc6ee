"""The private page, its links, and one's data on it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.events.queries import categories_of
from eventhub.passes.models import Pass
from eventhub.photos.models import Photo
from eventhub.photos.rules import PhotoState
from eventhub.photos.services import set_state
from eventhub.questionnaires.queries import answers_of
from eventhub.registration import services
from eventhub.registration.models import ChangeRequest, Registration
from eventhub.registration.queries import consents_of, registrant, token_of
from eventhub.registration.seams import PERSONAL_PANELS, Panel
from tests.browser import Browser
from tests.factories import actor_with
from tests.registration.factories import OFFICER, do, mails
from tests.registration.paths import (
    make_forum,
    make_side_event,
    photo,
    registrations,
    sent_in,
    side_register,
    start,
)
from tests.registration.test_weight import counted


def private(row: Registration, rest: str = "") -> str:
    return f"/my/{token_of(row)}{rest}"


def vouch_and_accredit(event: Event, row: Registration) -> None:
    do(services.vouch, event, [row], actor=actor_with("delegation.vouch"), tell=False)
    do(services.accredit, event, [row], actor=OFFICER, at_once=True, tell=False)


def send_back(event: Event, row: Registration, *fields: str, text: str = "") -> None:
    do(services.return_, event, [row], fields=fields, reason="unclear", text=text,
       actor=OFFICER, at_once=True, tell=False)  # fmt: skip


class TestPage:
    def test_status_phrase_reference_and_next_step_stand_first(self, browser: Browser) -> None:
        event = make_forum()
        row = sent_in(browser, event)
        page = browser.get(private(row))
        assert page.soup.select("h1")[0].get_text() == "Received, not yet confirmed"
        assert "ZMB-01" in page.text
        assert "The focal point of your delegation looks at it first" in page.text
        assert page.response.headers["Cache-Control"] == "no-store"

    def test_draft_leads_on_to_the_first_step_not_yet_saved(self, browser: Browser) -> None:
        event = make_forum()
        start(browser, event)
        page = browser.get(private(registrations(event)[0]))
        assert "Not sent yet" in page.text
        assert page.soup.select("main a.button")[0]["href"].endswith("/names")

    def test_accredited_person_has_a_pass_as_qr(self, browser: Browser) -> None:
        event = make_forum()
        row = sent_in(browser, event)
        assert not browser.get(private(row)).soup.select(".qr")
        vouch_and_accredit(event, row)
        page = browser.get(private(row))
        assert "Confirmed" in page.text
        assert page.soup.select(".qr svg title")
        with transaction():
            db.session.scalars(select(Pass)).one().state = "void"
        assert not browser.get(private(row)).soup.select(".qr")

    def test_side_event_speaks_of_no_field_that_it_does_not_ask(self, browser: Browser) -> None:
        event = make_side_event()
        side_register(browser, event)
        assert "gender" not in browser.get(private(registrations(event)[0], "/data")).text

    def test_after_the_event_no_code_is_to_be_shown(self, browser: Browser) -> None:
        event = make_forum()
        row = sent_in(browser, event)
        vouch_and_accredit(event, row)
        with clock.at(event.ends_at):
            page = browser.get(private(row))
        assert "The event is over." in page.text
        assert not page.soup.select(".qr")

    def test_the_one_thing_missing_is_the_photo(self, browser: Browser) -> None:
        event = make_forum()
        row = sent_in(browser, event)
        page = browser.get(private(row))
        assert "Your photo is missing." in page.text
        browser.get(page.soup.select(".notice a.button")[0]["href"])
        page = browser.submit(photo=photo())
        assert "Your photo was received." in page.text
        assert "missing" not in browser.get(private(row)).text
        with transaction():
            one = db.session.scalars(select(Photo)).one()
            set_state([one], PhotoState.REDO, actor=OFFICER, reason="The face is in shadow.")
        assert "The face is in shadow." in browser.get(private(row)).text

    def test_photo_page_sent_without_a_photo_says_so(self, browser: Browser) -> None:
        row = sent_in(browser, make_forum())
        page = browser.get(private(row, "/data/photo"))
        assert "(optional)" not in page.text
        page = browser.submit()
        assert page.status == 422
        assert page.errors() == ["Correct: Choose the photo that you want to send."]
        assert "received" not in page.text

    def test_who_withdrew_reads_that_they_did(self, browser: Browser) -> None:
        event = make_forum()
        row = sent_in(browser, event)
        browser.get(private(row, "/withdraw"))
        browser.submit()
        page = browser.get(private(row)).text
        assert "You withdrew on" in page
        assert "surprises you" not in page
        assert "reason" not in page

    def test_who_was_withdrawn_by_others_reads_why(self, browser: Browser) -> None:
        event = make_forum()
        row = sent_in(browser, event)
        do(services.withdraw, event, [row], reason="cannot_come", tell=False,
           actor=actor_with("delegation.vouch"))  # fmt: skip
        page = browser.get(private(row)).text
        assert "Write to the organiser if this surprises you." in page
        assert "Cannot come" in page

    def test_category_without_photo_is_not_asked_for_one(self, browser: Browser) -> None:
        event = make_forum()
        row = sent_in(browser, event)
        with transaction():
            for category in categories_of(event.id):
                category.photo_waived = True
        assert "missing" not in browser.get(private(row)).text

    @pytest.mark.parametrize("lang", ["fr", "ar", "zh"])
    def test_page_speaks_the_language_asked_for(self, browser: Browser, lang: str) -> None:
        event = make_forum(languages=["en", "fr", "ar", "zh"])
        row = sent_in(browser, event)
        page = browser.get(private(row, f"?lang={lang}"))
        assert page.soup.html is not None
        assert page.soup.html["lang"] == lang

    def test_page_speaks_the_language_of_letters_where_none_was_chosen(
        self, app: Flask, browser: Browser
    ) -> None:
        event = make_forum(languages=["en", "fr", "ar", "zh"])
        row = sent_in(browser, event, language="fr")
        page = Browser(app).get(private(row))
        assert page.soup.html is not None
        assert page.soup.html["lang"] == "fr"
        other = Browser(app)
        other.get(private(row, "?lang=ar"))
        page = other.get(private(row, "/data"))
        assert page.soup.html is not None
        assert page.soup.html["dir"] == "rtl"

    def test_eight_statements_in_every_state(self, browser: Browser) -> None:
        event = make_forum(places=1)
        first = sent_in(browser, event)
        second = sent_in(browser, event)
        assert [first.state, second.state] == ["submitted", "waitlisted"]
        states = []
        for act in (lambda: None, lambda: vouch_and_accredit(event, first),
                    lambda: _withdraw(event, first)):  # fmt: skip
            act()
            for row in registrations(event):
                token = private(row)
                with counted() as ran:
                    page = browser.get(token)
                assert page.status == 200
                assert len(ran) <= 8, (row.state, ran)
                states.append(row.state)
        assert {"submitted", "waitlisted", "accredited", "withdrawn"} <= set(states)

    def test_panels_of_higher_features_stand_on_the_page(
        self, browser: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def certificate(row: Registration) -> Panel | None:
            return Panel("Certificate", f"For {row.given_names}", (("Open it", "/c/ABC"),), 40)

        monkeypatch.setattr(
            "eventhub.registration.views.personal.PERSONAL_PANELS",
            [certificate, lambda _row: None],
        )
        page = browser.get(private(sent_in(browser, make_forum())))
        assert "For Chanda" in page.text
        assert page.soup.select("a[href='/c/ABC']")
        assert certificate not in PERSONAL_PANELS


class TestLinks:
    def test_wrong_links_are_404_and_offer_a_way_back(self, browser: Browser) -> None:
        event = make_forum()
        row = sent_in(browser, event)
        token = token_of(row)
        for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), "X" * 26, "é", row.ref):
            for rest in ("", "/data", "/withdraw", "/photo.jpg", "/correct"):
                assert browser.get(f"/my/{wrong}{rest}").status == 404
        page = browser.get("/my/XXXXXXXXXX")
        assert page.soup.select("main a[href='/']")
        assert "I lost my link" in page.text
        assert page.soup.select(f"a[href='/en/{event.slug}/find']")

    def test_lost_link_offers_events_just_over_but_none_that_is_off(self, browser: Browser) -> None:
        over, off = make_side_event(), make_side_event()
        with transaction():
            off.state = "cancelled"
        for days, offered in ((1, True), (100, False)):
            with clock.at(over.ends_at + timedelta(days=days)):
                page = browser.get("/my/XXXXXXXXXX")
            assert bool(page.soup.select(f"a[href='/en/{over.slug}/find']")) is offered
        page = browser.get("/my/XXXXXXXXXX")
        assert page.soup.select(f"a[href='/en/{over.slug}/find']")
        assert not page.soup.select(f"a[href='/en/{off.slug}/find']")

    def test_new_link_ends_the_old_one_and_is_mailed(self, browser: Browser) -> None:
        event = make_forum()
        row = sent_in(browser, event)
        old = private(row)
        browser.get(old + "/new-link")
        page = browser.submit()
        assert "This is your new private page." in page.text
        assert page.response.request.path != old
        assert browser.get(old).status == 404
        assert browser.get(private(registrations(event)[0])).status == 200
        assert mails(event)[-1] == ("link_again", row.email)

    def test_photo_is_only_for_who_has_the_link(self, browser: Browser) -> None:
        event = make_forum()
        mine, other = sent_in(browser, event), sent_in(browser, event)
        assert browser.get(private(mine, "/photo.jpg")).status == 404
        browser.get(private(mine, "/data/photo"))
        browser.submit(photo=photo())
        assert browser.get(private(mine, "/photo.jpg")).response.mimetype == "image/jpeg"
        assert browser.get(private(other, "/photo.jpg")).status == 404


class TestData:
    def test_phone_changes_at_once(self, browser: Browser) -> None:
        event = make_forum()
        row = sent_in(browser, event)
        browser.get(private(row, "/data/contact"))
        page = browser.submit(phone="+260 977 000000")
        assert "Your data are saved." in page.text
        assert registrations(event)[0].phone == "+260 977 000000"
        assert db.session.scalar(select(ChangeRequest)) is None

    def test_r1_4_name_waits_for_approval_and_the_old_one_stays(self, browser: Browser) -> None:
        event = make_forum()
        row = sent_in(browser, event)
        browser.get(private(row, "/data/names"))
        page = browser.submit(family_name="Phiri")
        assert "The old data count until it is agreed to." in page.text
        assert registrations(event)[0].family_name == "Mwila"
        assert db.session.scalars(select(ChangeRequest)).one().new["family_name"] == "Phiri"
        assert "You asked for a change" in browser.get(private(row)).text

    def test_needs_are_changed_and_erased_with_their_consent(self, browser: Browser) -> None:
        event = make_forum()
        row = sent_in(browser, event)
        browser.get(private(row, "/data/needs"))
        browser.submit(answer_diet=["halal"], needs_consent="y")
        assert answers_of(event.id, row.id) == {"diet": ["halal"]}
        assert consents_of(event.id, row.id)["needs"].is_given
        page = browser.get(private(row, "/data/needs"))
        assert page.soup.select("input[value=halal][checked]")
        browser.submit(answer_diet=[], needs_consent=None)
        assert answers_of(event.id, row.id) == {}
        assert not consents_of(event.id, row.id)["needs"].is_given

    def test_second_of_two_tabs_is_told_and_loses_nothing(self, browser: Browser) -> None:
        event = make_forum()
        row = sent_in(browser, event)
        url = private(row, "/data/contact")
        old = browser.get(url)
        browser.get(url)
        browser.submit(phone="+1 555 0100")
        hidden = {one["name"]: one["value"] for one in old.form().select("input[type=hidden]")}
        typed = {"email": row.email, "functional_title": "Director", "language": "en"}
        page = browser.post(url, {**hidden, **typed, "phone": "+1 555 0199"})
        assert page.status == 422
        assert "changed this registration meanwhile" in page.text
        assert page.soup.select("[name=phone]")[0]["value"] == "+1 555 0199"
        assert registrations(event)[0].phone == "+1 555 0100"

    def test_bad_data_are_told_at_their_field(self, browser: Browser) -> None:
        event = make_forum()
        row = sent_in(browser, event)
        browser.get(private(row, "/data/contact"))
        page = browser.submit(email="nobody", phone="12")
        assert page.status == 422
        assert len(page.errors()) == 1
        assert page.soup.select("[name=phone]")[0]["value"] == "12"

    def test_consents_are_taken_back(self, browser: Browser) -> None:
        event = make_forum()
        row = sent_in(browser, event)
        browser.get(private(row, "/consents"))
        browser.submit(photo_filming="y")
        assert consents_of(event.id, row.id)["photo_filming"].is_given
        browser.get(private(row, "/consents"))
        browser.submit(photo_filming=None)
        assert not consents_of(event.id, row.id)["photo_filming"].is_given

    def test_side_event_shows_its_four_answers(self, browser: Browser) -> None:
        event = make_side_event()
        side_register(browser, event)
        row = registrations(event)[0]
        page = browser.get(private(row, "/data"))
        assert "I have one that is valid on that day" in page.text
        assert "Needs" not in page.text
        browser.get(private(row, "/data/contact"))
        browser.submit(admission="needs_ticket")
        assert registrations(event)[0].admission == "needs_ticket"
        for group in ("needs", "photo", "nonsense"):
            assert browser.get(private(row, f"/data/{group}")).status == 404


class TestCorrection:
    def test_only_what_was_marked_is_asked_and_sent_again(self, browser: Browser) -> None:
        event = make_forum()
        row = sent_in(browser, event)
        send_back(event, row, "functional_title", text="Please write the title in full.")
        page = browser.get(private(row))
        assert "Needs your correction" in page.text
        assert "Please write the title in full." in page.text
        page = browser.get(page.soup.select("main a.button")[0]["href"])
        asked = {c["name"] for c in page.soup.select("main input:not([type=hidden]), main select")}
        assert asked == {"functional_title"}
        page = browser.submit(functional_title="Director of Technology and Science")
        assert "Your correction was received." in page.text
        row = registrations(event)[0]
        assert (row.state, row.functional_title) == (
            "submitted",
            "Director of Technology and Science",
        )

    def test_returned_names_photo_and_answers_are_asked_together(self, browser: Browser) -> None:
        event = make_forum()
        row = sent_in(browser, event)
        send_back(event, row, "family_name", "photo_id", "answers", "category_id", "entity_id")
        page = browser.get(private(row, "/correct"))
        asked = {c["name"] for c in page.soup.select("main input, main select")}
        assert {"family_name", "given_names", "photo", "answer_diet", "category"} <= asked
        page = browser.submit(family_name="", given_names="", photo=photo())
        assert page.status == 422
        assert registrations(event)[0].photo_id is not None
        page = browser.submit(family_name="Phiri", entity="CIV")
        assert "Your correction was received." in page.text
        row = registrations(event)[0]
        assert (row.family_name, row.state) == ("Phiri", "submitted")

    def test_nothing_to_correct_leads_back(self, browser: Browser) -> None:
        row = sent_in(browser, make_forum())
        assert browser.get(private(row, "/correct")).response.request.path == private(row)


class TestWithdrawing:
    def test_withdrawing_asks_once_and_frees_the_place(self, browser: Browser) -> None:
        event = make_forum()
        row = sent_in(browser, event)
        page = browser.get(private(row, "/withdraw"))
        assert "Your place goes to somebody else" in page.text
        assert registrations(event)[0].state == "submitted"
        page = browser.submit()
        assert "No longer valid" in page.text
        assert registrations(event)[0].state == "withdrawn"
        for rest in ("/withdraw", "/data/names", "/consents", "/correct"):
            assert browser.get(private(row, rest)).response.request.path == private(row)

    def test_draft_can_be_withdrawn(self, browser: Browser) -> None:
        event = make_forum()
        start(browser, event)
        row = registrations(event)[0]
        browser.get(private(row, "/withdraw"))
        browser.submit()
        assert registrations(event)[0].state == "withdrawn"


def _withdraw(event: Event, row: Registration) -> None:
    with transaction():
        services.withdraw(event.id, [row.id], actor=registrant(row), tell=False)
