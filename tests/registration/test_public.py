"""The delegate's path, without JavaScript: four steps or one page, and everything typed kept."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.demo import content
from eventhub.events.models import Event
from eventhub.events.queries import categories_of
from eventhub.keys import links
from eventhub.mail.models import OutboxMail
from eventhub.photos.models import Photo
from eventhub.questionnaires.queries import answers_of
from eventhub.registration.models import Pool, Registration
from eventhub.registration.queries import consents_of, resume_token, token_of
from tests.browser import Browser, Page, filled
from tests.photos.pictures import drawn, png_bomb
from tests.photos.pictures import sent as picture
from tests.registration.factories import mails
from tests.registration.paths import (
    CONTACT,
    NAMES,
    ONE_PAGE,
    category,
    make_forum,
    make_seminar,
    make_side_event,
    photo,
    register,
    registrations,
    side_register,
    start,
    to_check,
)

DIFFICULT = content.people()
"""The persons with difficult names that the demo brings."""


def only(event: Event) -> Registration:
    rows = registrations(event)
    assert len(rows) == 1
    return rows[0]


class TestPath:
    def test_forum_goes_in_four_steps_and_a_check(self, browser: Browser) -> None:
        event = make_forum()
        browser.get(f"/en/{event.slug}")
        assert f"/en/{event.slug}/register" in str(browser.page.soup)
        page = start(browser, event)
        assert "Step 2 of 4" in page.text
        assert "Step 3 of 4" in browser.submit(**NAMES).text
        assert "Step 4 of 4" in browser.submit(**CONTACT).text
        page = browser.submit(answer_diet=["vegan"], needs_consent="y")
        assert "Nothing is sent yet" in page.text
        assert only(event).state == "draft"
        page = browser.submit(list_of_participants="y")
        assert "Received, not yet confirmed" in page.text
        assert "This is not yet a confirmation." in page.text
        assert "ZMB-01" in page.text
        row = only(event)
        assert (row.state, row.family_name, row.given_names) == ("submitted", "Mwila", "Chanda")
        assert row.functional_title == CONTACT["functional_title"]
        assert answers_of(event.id, row.id) == {"diet": ["vegan"]}
        given = {purpose: one.is_given for purpose, one in consents_of(event.id, row.id).items()}
        assert given == {
            "needs": True,
            "photo_filming": False,
            "list_of_participants": True,
            "partners": False,
            "next_events": False,
        }
        assert mails(event) == [("received", CONTACT["email"])]

    def test_seminar_asks_neither_category_nor_rank(self, browser: Browser) -> None:
        event = make_seminar()
        page = browser.get(f"/en/{event.slug}/register")
        assert not page.soup.select("[name=category]")
        start(browser, event)
        page = browser.submit(**NAMES)
        assert not page.soup.select("[name=rank]")
        browser.submit(**CONTACT)
        browser.submit()
        assert "Received" in browser.submit().text
        assert only(event).state == "nominated"

    def test_side_event_is_one_page_of_four_fields_and_confirms_at_once(
        self, browser: Browser
    ) -> None:
        event = make_side_event()
        page = browser.get(f"/en/{event.slug}/register")
        names = {c["name"] for c in page.soup.select("main input:not([type=hidden]), main select")}
        assert names == {"family_name", "given_names", "entity_name", "email", "admission"}
        page = browser.submit(**ONE_PAGE)
        assert "Expected" in page.text
        assert "not yet a confirmation" not in page.text
        row = only(event)
        assert (row.state, row.admission) == ("accredited", "valid_pass")
        assert row.pass_id is not None

    def test_r1_27_hybrid_side_event_asks_no_fifth_question(self, browser: Browser) -> None:
        event = make_side_event(mode="hybrid")
        page = browser.get(f"/en/{event.slug}/register")
        names = {c["name"] for c in page.soup.select("main input:not([type=hidden]), main select")}
        assert names == {"family_name", "given_names", "entity_name", "email", "admission"}
        browser.submit(**{**ONE_PAGE, "admission": "remote"})
        row = only(event)
        assert (row.state, row.admission, row.mode) == ("accredited", "remote", "remote")

    @pytest.mark.parametrize(("lang", "first"), [("en", "given_names"), ("zh", "family_name")])
    def test_name_is_asked_in_the_order_of_the_readers_language(
        self, browser: Browser, lang: str, first: str
    ) -> None:
        event = make_side_event(languages=["en", "zh"])
        page = browser.get(f"/{lang}/{event.slug}/register")
        fields = [one["name"] for one in page.soup.select("main input[type=text]")]
        assert fields[0] == first

    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            ("Zambia", "DEL"),
            ("republic of ZAMBIA", "DEL"),
            ("ITU", "IGO"),
            ("cote d'ivoire", "DEL"),
        ],
    )
    def test_category_follows_from_what_one_represents(
        self, browser: Browser, typed: str, code: str
    ) -> None:
        event = make_side_event()
        side_register(browser, event, entity_name=typed)
        row = only(event)
        assert row.entity_id is not None
        assert row.category_id == _category_id(event, code)

    def test_no_screen_asks_more_than_seven_things(self, browser: Browser) -> None:
        event = make_forum()
        start(browser, event)
        base = browser.page.response.request.path.removesuffix("/names")
        for step in ("who", "names", "contact", "needs", "check"):
            page = browser.get(f"{base}/{step}")
            asked = {
                control["name"]
                for control in page.soup.select("main input:not([type=hidden]), main select")
            }
            assert 0 < len(asked) <= 7, (step, asked)

    def test_nothing_is_ticked_beforehand(self, browser: Browser) -> None:
        event = make_forum()
        to_check(browser, event)
        assert not browser.page.soup.select("input[type=checkbox][checked]")
        base = browser.page.response.request.path.removesuffix("/check")
        page = browser.get(f"{base}/needs")
        assert not page.soup.select("input[type=checkbox][checked]")
        assert not browser.get(f"/en/{event.slug}/register").soup.select("input[checked]")

    @pytest.mark.parametrize("lang", ["zh", "ar", "fr", "es", "ru", "pt"])
    def test_path_goes_in_every_language(self, browser: Browser, lang: str) -> None:
        event = make_forum(languages=["en", "fr", "zh", "ar"])
        page = register(browser, event, lang, language="fr")
        assert page.soup.html is not None
        assert page.soup.html["lang"] == lang
        assert page.soup.html["dir"] == ("rtl" if lang == "ar" else "ltr")
        assert only(event).language == "fr"

    def test_badge_name_is_shown_in_the_order_chosen(self, browser: Browser) -> None:
        event = make_forum()
        start(browser, event)
        page = browser.submit(**{**NAMES, "name_order": "family_first"})
        assert "On your badge: MWILA Chanda" in page.text
        page = browser.get(page.soup.select(".notice a")[0]["href"])
        labels = [label.get_text() for label in page.soup.select(".choices.inline label")]
        assert labels == ["Chanda MWILA", "MWILA Chanda"]

    def test_answers_can_be_changed_from_the_check(self, browser: Browser) -> None:
        event = make_forum()
        page = to_check(browser, event)
        link = next(
            a["href"] for a in page.soup.select("main a") if "/contact?check=1" in a["href"]
        )
        browser.get(link)
        page = browser.submit(functional_title="Director General")
        assert page.response.request.path.endswith("/check")
        assert "Director General" in page.text

    def test_what_lacks_is_told_before_sending(self, browser: Browser) -> None:
        event = make_forum()
        start(browser, event)
        base = browser.page.response.request.path.removesuffix("/names")
        page = browser.get(f"{base}/check")
        assert "Your name is missing." in page.text
        assert "Your e-mail address is missing." in page.text
        assert not page.soup.select("button.primary")
        assert browser.submit().status == 200
        assert only(event).state == "draft"

    def test_after_sending_the_steps_lead_to_the_private_page(self, browser: Browser) -> None:
        event = make_forum()
        register(browser, event)
        base = browser.page.response.request.path.removesuffix("/sent")
        assert browser.get(f"{base}/names").response.request.path.startswith("/my/")
        assert browser.get(f"{base}/check").response.request.path.endswith("/sent")


class TestNames:
    @pytest.mark.parametrize("who", DIFFICULT, ids=lambda one: one.id)
    def test_r1_29_every_difficult_name_passes_both_ways(self, browser: Browser, who: Any) -> None:
        names = {
            "family_name": who.family_name,
            "given_names": who.given_names,
            "name_order": who.name_order,
            "honorific": who.honorific,
            "name_local": who.name_local or "",
            "name_local_language": who.local_language or "",
        }
        forum = make_forum()
        page = register(browser, forum, **names)
        assert page.response.request.path.endswith("/sent"), page.errors()
        row = only(forum)
        assert {name: getattr(row, name) for name in names} == names
        side = make_side_event()
        side_register(browser, side, family_name=who.family_name, given_names=who.given_names)
        row = only(side)
        assert (row.family_name, row.given_names) == (who.family_name, who.given_names)

    def test_scenario_14_one_name_is_enough_and_none_is_not(self, browser: Browser) -> None:
        event = make_side_event()
        page = side_register(browser, event, family_name="", given_names="")
        assert page.status == 422
        assert "one of them is enough" in page.errors()[0]
        page = browser.submit(given_names="Sriwahyuni")
        assert "Expected" in page.text

    @pytest.mark.parametrize(
        "name",
        [
            "N" * 200,
            "Ж" * 200,
            "陈" * 200,
            "Zoë 🙂👩🏽‍🚀",
            "O'Brien-<b>Smith</b> & Sons",
            "ⵣ",
            "𞤀𞤣",
        ],
    )
    def test_long_names_emoji_and_odd_scripts_are_accepted(
        self, browser: Browser, name: str
    ) -> None:
        event = make_side_event()
        page = side_register(browser, event, family_name=name)
        assert "Expected" in page.text
        assert only(event).family_name == name

    @pytest.mark.parametrize("bad", ["Mwi\x00la", "Mwi\x07la", "\x1b[31m"])
    def test_control_characters_are_refused_by_their_field(
        self, browser: Browser, bad: str
    ) -> None:
        event = make_side_event()
        page = side_register(browser, event, family_name=bad, functional_title="x")
        assert page.status == 422
        assert "cannot be printed" in page.errors()[0]
        assert page.soup.select("#family_name")[0]["aria-invalid"] == "true"
        assert page.soup.select("[name=email]")[0]["value"] == ONE_PAGE["email"]
        assert registrations(event) == []

    @pytest.mark.parametrize("raw", [b"%ED%A0%80", b"%ED%BF%BFx", b"Mwila%00"])
    @pytest.mark.parametrize("field", ["family_name", "email", "entity_name"])
    def test_lone_surrogates_and_nul_are_refused(
        self, browser: Browser, raw: bytes, field: str
    ) -> None:
        event = make_side_event()
        page = browser.get(f"/en/{event.slug}/register")
        typed = {**ONE_PAGE, **_hidden(page)}
        typed.pop(field)
        body = "&".join(f"{k}={_quoted(v)}" for k, v in typed.items()).encode()
        page = browser._request(
            "POST",
            f"/en/{event.slug}/register",
            follow=True,
            data=body + b"&" + field.encode() + b"=" + raw,
            content_type="application/x-www-form-urlencoded",
        )
        assert page.status == 422
        assert page.errors()
        assert registrations(event) == []

    def test_name_too_long_is_told_and_kept(self, browser: Browser) -> None:
        event = make_forum()
        start(browser, event)
        page = browser.submit(**{**NAMES, "family_name": "N" * 251})
        assert page.status == 422
        assert "at most 250" in page.errors()[0]
        assert page.soup.select("#family_name")[0]["value"] == "N" * 251

    def test_name_in_another_script_needs_its_language(self, browser: Browser) -> None:
        event = make_forum()
        start(browser, event)
        page = browser.submit(**NAMES, name_local="欧海哲然")
        assert page.status == 422
        assert page.soup.select("details[open] [name=name_local]")[0]["value"] == "欧海哲然"
        page = browser.submit(name_local_language="zh")
        assert "Step 3 of 4" in page.text


class TestLettersThatCannotBePrinted:
    @pytest.fixture(autouse=True)
    def _with_fonts(self, app: Flask, fonts_dir: Path) -> None:
        """Let the installation have its fonts, as after set-up."""
        settings = app.extensions["eventhub.settings"]
        app.extensions["eventhub.settings"] = replace(settings, fonts_dir=fonts_dir)

    def test_they_are_told_when_typed_and_block_nothing(self, browser: Browser) -> None:
        event = make_forum()
        start(browser, event)
        page = browser.submit(**{**NAMES, "family_name": "Mwila 🙂"})
        assert "These letters cannot be printed: 🙂." in page.text
        assert "Add your name in Latin letters" in page.text
        browser.submit(**CONTACT)
        page = browser.submit()
        assert "These letters cannot be printed: 🙂." in page.text
        assert "Received" in browser.submit().text

    def test_latin_form_stands_in_for_them(self, browser: Browser) -> None:
        event = make_forum()
        start(browser, event)
        page = browser.submit(**{**NAMES, "family_name": "ⵎⵡⵉⵍⴰ"}, passport_latin="MWILA CHANDA")
        assert "The badge shows your name in Latin letters instead." in page.text

    @pytest.mark.parametrize(
        "name", ["Işıkçı", "Nguyễn Hoàng", "欧海哲然", "نادية", "Верховцев", "ተወድሮስ"]
    )
    def test_scripts_that_are_promised_are_not_complained_of(
        self, browser: Browser, name: str
    ) -> None:
        event = make_forum()
        start(browser, event)
        page = browser.submit(**{**NAMES, "family_name": name})
        assert "cannot be printed" not in page.text


def test_without_fonts_nothing_is_said_of_letters(browser: Browser) -> None:
    event = make_forum()
    start(browser, event)
    page = browser.submit(**{**NAMES, "family_name": "Mwila 🙂"})
    assert "Step 3 of 4" in page.text
    assert "cannot be printed" not in page.text


class TestRefusals:
    def test_every_fault_is_told_at_its_field_and_at_the_top(self, browser: Browser) -> None:
        event = make_side_event()
        browser.get(f"/en/{event.slug}/register")
        page = browser.submit(email="chanda@", given_names="Chanda")
        assert page.status == 422
        assert len(page.errors()) == 3
        linked = [a["href"].removeprefix("#") for a in page.soup.select(".errors a")]
        assert all(page.soup.find(id=one) for one in linked)
        assert page.soup.select("[name=email]")[0]["value"] == "chanda@"
        assert page.soup.select("[name=given_names]")[0]["value"] == "Chanda"

    def test_errors_are_in_the_readers_language_and_direction(self, browser: Browser) -> None:
        event = make_side_event(languages=["en", "ar"])
        browser.get(f"/ar/{event.slug}/register")
        page = browser.submit()
        assert page.status == 422
        assert page.soup.html is not None
        assert page.soup.html["dir"] == "rtl"

    def test_unknown_choice_is_refused(self, browser: Browser) -> None:
        event, other = make_forum(), make_forum()
        browser.get(f"/en/{event.slug}/register")
        for typed in (
            {"category": category(other), "entity": "ZMB"},
            {"category": category(event, "STF"), "entity": "ZMB"},
            {"category": category(event), "entity": "NOWHERE"},
        ):
            assert browser.submit(**typed).status == 422
        assert registrations(event) == []

    def test_unknown_organization_is_asked_about_then_kept_or_taken(self, browser: Browser) -> None:
        event = make_side_event()
        page = side_register(browser, event, entity_name="telecommunication union")
        assert page.status == 422
        labels = [label.get_text() for label in page.soup.select("#similar label")]
        assert labels == [
            "International Telecommunication Union",
            "None of them: keep what I wrote",
        ]
        assert "Expected" in browser.submit(similar="ITU").text
        assert only(event).entity_id is not None
        event = make_side_event()
        side_register(browser, event, entity_name="telecommunication union")
        assert "Expected" in browser.submit(similar="-").text
        row = only(event)
        assert (row.entity_id, row.organisation) == (None, "telecommunication union")

    def test_formal_name_of_a_state_is_asked_about(self, browser: Browser) -> None:
        event = make_side_event()
        page = side_register(browser, event, entity_name="Government of Zambia")
        assert page.status == 422
        assert page.soup.select("#similar label")[0].get_text() == "Zambia"
        browser.submit(similar="ZMB")
        assert only(event).entity_id is not None

    def test_organization_unlike_any_other_is_taken_as_written(self, browser: Browser) -> None:
        event = make_forum()
        page = start(browser, event, entity="", other_entity="Quill & Harrow Weekly")
        assert "Step 2 of 4" in page.text
        assert only(event).organisation == "Quill & Harrow Weekly"

    def test_form_without_its_token_is_refused(self, browser: Browser) -> None:
        event = make_side_event()
        assert browser.post(f"/en/{event.slug}/register", ONE_PAGE).status == 400
        assert registrations(event) == []

    def test_answers_need_their_consent(self, browser: Browser) -> None:
        event = make_forum()
        start(browser, event)
        browser.submit(**NAMES)
        browser.submit(**CONTACT)
        page = browser.submit(answer_diet=["halal"], answer_access_other="A seat by the door")
        assert page.status == 422
        assert page.soup.select("input[value=halal][checked]")
        assert page.soup.select("[name=answer_access_other]")[0]["value"] == "A seat by the door"
        assert answers_of(event.id, only(event).id) == {}
        assert "Nothing is sent yet" in browser.submit(needs_consent="y").text
        assert set(answers_of(event.id, only(event).id)) == {"diet", "access_other"}

    def test_draft_and_unknown_events_are_not_there(self, browser: Browser) -> None:
        draft = make_forum(state="draft")
        for slug in (draft.slug, "nowhere-2030"):
            for page in ("register", "find"):
                assert browser.get(f"/en/{slug}/{page}").status == 404

    def test_link_of_one_event_opens_nothing_at_another(self, browser: Browser) -> None:
        event, other = make_forum(), make_forum()
        start(browser, event)
        token = token_of(only(event))
        assert browser.get(f"/en/{other.slug}/register/{token}/names").status == 404
        assert browser.get(f"/en/{event.slug}/register/{token}/nonsense").status == 404

    def test_many_from_one_network_are_asked_to_wait_and_lose_nothing(
        self, browser: Browser
    ) -> None:
        event = make_side_event(places=1000)
        page = browser.get(f"/en/{event.slug}/register")
        for _ in range(60):
            data = {**ONE_PAGE, **_hidden(page), "key": clock.now().isoformat()}
            assert browser.post(f"/en/{event.slug}/register", data).status == 200
        page = side_register(browser, event)
        assert page.status == 422
        assert "Wait a few minutes" in page.text
        assert page.soup.select("[name=email]")[0]["value"] == ONE_PAGE["email"]


class TestPhoto:
    def at_needs(self, browser: Browser) -> Event:
        event = make_forum()
        start(browser, event)
        browser.submit(**NAMES)
        browser.submit(**CONTACT)
        return event

    def test_photo_is_kept_even_where_another_answer_is_wrong(self, browser: Browser) -> None:
        event = self.at_needs(browser)
        page = browser.submit(photo=photo(), answer_diet=["vegan"])
        assert page.status == 422
        assert "Photo received." in page.text
        assert only(event).photo_id is not None
        small = browser.client.get(page.soup.select("img.photo")[0]["src"])
        assert small.mimetype == "image/jpeg"
        assert small.headers["Cache-Control"] == "no-store"
        page = browser.submit(needs_consent="y")
        assert "Photo received." in page.text
        assert only(event).photo_id is not None

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"", "empty"),
            (b"%PDF-1.7", "JPEG, PNG or WebP"),
            (png_bomb(), "too many pixels"),
            (picture(drawn(200, 200)), "at least 413"),
            (picture()[:9000], "cannot be read"),
        ],
        ids=["empty", "wrong type", "bomb", "small", "truncated"],
    )
    def test_bad_photo_is_told_at_its_field_and_the_rest_is_kept(
        self, browser: Browser, data: bytes, sentence: str
    ) -> None:
        event = self.at_needs(browser)
        page = browser.submit(photo=photo(data), answer_diet_other="lupin")
        assert page.status == 422
        assert any(sentence in error for error in page.errors())
        assert page.soup.select("[name=answer_diet_other]")[0]["value"] == "lupin"
        assert only(event).photo_id is None

    def test_photo_over_the_limit_of_a_file_loses_nothing_that_was_typed(
        self, browser: Browser
    ) -> None:
        event = self.at_needs(browser)
        file = FileStorage(BytesIO(picture() + b"\x00" * (13 << 20)), "me.jpg")
        form = browser.page.form()
        typed = {**filled(form), "answer_diet_other": "lupin", "needs_consent": "y", "photo": file}
        boundary, body = encode_multipart(typed)
        answer = browser.client.post(
            str(form["action"]),
            data=body,
            content_type=f"multipart/form-data; boundary={boundary}",
        )
        page = Page(answer)
        assert page.status == 422
        assert page.errors() == ["Correct: Choose a photo of at most 10 MB."]
        assert page.soup.select("[name=answer_diet_other]")[0]["value"] == "lupin"
        assert only(event).photo_id is None

    def test_missing_photo_never_blocks_sending(self, browser: Browser) -> None:
        event = make_forum()
        page = to_check(browser, event)
        assert "No photo yet." in page.text
        page = browser.submit()
        assert "Your photo can follow" in page.text
        assert only(event).state == "submitted"

    def test_another_photo_takes_the_place_of_the_first(self, browser: Browser) -> None:
        event = self.at_needs(browser)
        browser.submit(photo=photo(), answer_diet=["vegan"])
        browser.submit(photo=photo(), answer_diet=["vegan"])
        assert [one.id for one in db.session.scalars(select(Photo))] == [only(event).photo_id]


class TestOnce:
    def test_form_sent_twice_is_one_registration(self, browser: Browser) -> None:
        event = make_side_event()
        page = browser.get(f"/en/{event.slug}/register")
        data = {**ONE_PAGE, **_hidden(page)}
        first = browser.post(f"/en/{event.slug}/register", data)
        second = browser.post(f"/en/{event.slug}/register", data)
        assert first.response.request.path == second.response.request.path
        assert only(event).state == "accredited"
        assert len(mails(event)) == 1

    def test_first_step_sent_twice_is_one_draft_and_a_step_twice_is_no_conflict(
        self, browser: Browser
    ) -> None:
        event = make_forum()
        page = browser.get(f"/en/{event.slug}/register")
        data = {"category": category(event), "entity": "ZMB", **_hidden(page)}
        browser.post(f"/en/{event.slug}/register", data)
        page = browser.post(f"/en/{event.slug}/register", data)
        assert only(event).state == "draft"
        data, url = {**NAMES, **_hidden(page)}, page.response.request.path
        browser.post(url, data)
        assert "Step 3 of 4" in browser.post(url, data).text

    def test_sending_twice_sends_once(self, browser: Browser) -> None:
        event = make_forum()
        page = to_check(browser, event)
        url, data = page.response.request.path, _hidden(page)
        browser.post(url, data)
        assert browser.post(url, data).response.request.path.endswith("/sent")
        assert len(mails(event)) == 1

    def test_two_people_with_the_same_names_are_two(self, browser: Browser) -> None:
        event = make_side_event()
        side_register(browser, event)
        side_register(browser, event)
        assert [row.number for row in registrations(event)] == [1, 2]

    def test_second_of_two_tabs_is_told_and_loses_nothing(self, browser: Browser) -> None:
        event = make_forum()
        start(browser, event)
        url = browser.page.response.request.path
        old = browser.get(url)
        browser.get(url)
        browser.submit(**NAMES)
        page = browser.post(url, {**_hidden(old), **NAMES, "given_names": "Mutale"})
        assert page.status == 422
        assert "changed in another window" in page.text
        assert page.soup.select("[name=given_names]")[0]["value"] == "Mutale"
        assert only(event).given_names == "Chanda"
        browser.submit()
        assert only(event).given_names == "Mutale"


class TestLater:
    def test_r1_28_link_by_mail_opens_the_draft_on_another_device(
        self, app: Flask, browser: Browser
    ) -> None:
        event = make_forum()
        start(browser, event)
        page = browser.submit(**NAMES, press="later=1")
        assert "Continue later" in page.text
        page = browser.submit(email="chanda@example.org")
        assert "on its way to chanda@example.org" in page.text
        row = only(event)
        assert (row.email, row.given_names) == ("chanda@example.org", "Chanda")
        assert mails(event) == [("resume", "chanda@example.org")]
        until = (clock.now() + timedelta(days=14)).date()
        (letter,) = db.session.query(OutboxMail).filter_by(event_id=event.id)
        assert letter.ids["until"] == until.isoformat()
        link = f"/en/{event.slug}/resume/{until:%Y%m%d}/{resume_token(row, until)}"
        page = Browser(app).get(link)
        assert "Step 3 of 4" in page.text
        assert "Chanda MWILA" in page.text

    def test_link_ends_after_fourteen_days_and_cannot_be_stretched(
        self, app: Flask, browser: Browser
    ) -> None:
        event = make_forum(registration_closes_at=clock.now() + timedelta(days=60))
        start(browser, event)
        row = only(event)
        until = (clock.now() + timedelta(days=14)).date()
        token = resume_token(row, until)
        later = until + timedelta(days=1)
        good = f"/en/{event.slug}/resume/{until:%Y%m%d}/{token}"
        assert browser.get(f"/en/{event.slug}/resume/{later:%Y%m%d}/{token}").status == 404
        assert browser.get(f"/en/{event.slug}/resume/nonsense/{token}").status == 404
        assert browser.get(good).status == 200
        with clock.at(datetime.combine(later, datetime.min.time(), UTC)):
            page = browser.get(good)
        assert page.status == 404
        assert "I lost my link" in page.text

    def test_forged_links_open_nothing(self, browser: Browser) -> None:
        event = make_forum()
        start(browser, event)
        row = only(event)
        forged = row.ref + "A" * 16
        other_kind = links.token("badge", row.ref, row.link_number)
        for token in (forged, other_kind, row.ref, "", "é" * 26, "\u0000" * 26):
            page = browser.get(f"/en/{event.slug}/register/{token}/names")
            assert page.status == 404


class TestWindow:
    CLOSES = datetime(2026, 3, 1, 15, 59, tzinfo=UTC)
    """23:59 in Shanghai."""

    def forum(self, **given: Any) -> Event:
        return make_forum(
            starts_on=datetime(2026, 4, 1, tzinfo=UTC).date(),
            registration_closes=datetime(2026, 3, 1, 23, 59),  # noqa: DTZ001  (wall time)
            registration_closes_at=self.CLOSES,
            **given,
        )

    def test_closed_not_yet_open_and_stopped_say_so(self, browser: Browser) -> None:
        event = self.forum()
        with clock.at(self.CLOSES + timedelta(minutes=1)):
            page = browser.get(f"/en/{event.slug}/register")
        assert "Registration is closed" in page.text
        assert "23:59" in page.text
        opens = self.forum(registration_opens_at=self.CLOSES - timedelta(days=1))
        with clock.at(self.CLOSES - timedelta(days=2)):
            assert "not open yet" in browser.get(f"/en/{opens.slug}/register").text
        stopped = self.forum(state="postponed")
        with clock.at(self.CLOSES - timedelta(days=2)):
            assert "stopped" in browser.get(f"/en/{stopped.slug}/register").text

    def test_scenario_13_begun_at_23_58_and_sent_at_00_10_is_accepted_and_marked(
        self, browser: Browser
    ) -> None:
        event = self.forum()
        with clock.at(self.CLOSES - timedelta(minutes=1)):
            start(browser, event)
            browser.submit(**NAMES)
        with clock.at(self.CLOSES + timedelta(minutes=11)):
            browser.submit(**CONTACT)
            browser.submit()
            page = browser.submit()
        assert "Received" in page.text
        assert only(event).is_late

    def test_scenario_13_at_00_16_it_is_late(self, browser: Browser) -> None:
        event = self.forum()
        with clock.at(self.CLOSES - timedelta(minutes=1)):
            start(browser, event)
            browser.submit(**NAMES)
        with clock.at(self.CLOSES + timedelta(minutes=17)):
            page = browser.submit(**CONTACT)
        assert page.status == 422
        assert "Registration has closed." in page.text
        (email,) = page.soup.select("[name=email]")
        assert email["value"] == CONTACT["email"], "what was typed is kept"
        assert only(event).state == "draft"

    def test_r1_14_one_page_handed_out_in_time_is_taken_within_the_grace(
        self, browser: Browser
    ) -> None:
        event = make_side_event(registration_closes_at=self.CLOSES)
        url = f"/en/{event.slug}/register"
        with clock.at(self.CLOSES - timedelta(seconds=30)):
            page = browser.get(url)
        data = {**ONE_PAGE, **_hidden(page)}
        with clock.at(self.CLOSES + timedelta(minutes=16)):
            late = browser.post(url, data)
            assert (late.status, "Registration has closed." in late.text) == (422, True)
            assert "It closed on" in late.text
            assert "is open until" not in late.text
            assert late.soup.select(f"[name=family_name][value={ONE_PAGE['family_name']}]")
        with clock.at(self.CLOSES + timedelta(minutes=14)):
            assert browser.post(url, {**data, "issued": "1772380700." + "0" * 32}).status == 422
            assert browser.post(url, {**data, "issued": ""}).status == 422
            assert "Expected" in browser.post(url, data).text
        assert only(event).is_late

    def test_stamp_of_another_event_counts_for_nothing(self, browser: Browser) -> None:
        event = make_side_event(registration_closes_at=self.CLOSES)
        other = make_side_event(registration_closes_at=self.CLOSES)
        with clock.at(self.CLOSES - timedelta(seconds=30)):
            data = {**ONE_PAGE, **_hidden(browser.get(f"/en/{other.slug}/register"))}
        with clock.at(self.CLOSES + timedelta(minutes=5)):
            page = browser.post(f"/en/{event.slug}/register", data)
            assert (page.status, "Registration has closed." in page.text) == (422, True)


class TestFull:
    def test_full_event_lets_people_wait_and_says_their_place(self, browser: Browser) -> None:
        event = make_side_event(places=1)
        side_register(browser, event)
        page = browser.get(f"/en/{event.slug}/register")
        assert "All places are taken" in page.text
        page = browser.submit(**{**ONE_PAGE, "given_names": "Mutale"})
        assert "Waiting list, place 1" in page.text
        assert [row.state for row in registrations(event)] == ["accredited", "waitlisted"]

    def test_full_event_without_waiting_list_refuses(self, browser: Browser) -> None:
        event = make_side_event(places=1)
        before = browser.get(f"/en/{event.slug}/register")
        data = {**ONE_PAGE, **_hidden(before)}
        side_register(browser, event)
        with transaction():
            db.session.execute(
                update(Pool).where(Pool.event_id == event.id).values(when_full="refuse")
            )
        page = browser.get(f"/en/{event.slug}/register")
        assert "All places are taken" in page.text
        assert not page.soup.select("main form")
        page = browser.post(f"/en/{event.slug}/register", data)
        assert page.status == 422
        assert "All places are taken." in page.text
        assert len(registrations(event)) == 1


def test_pages_of_drafts_are_kept_by_no_cache(browser: Browser) -> None:
    start(browser, make_forum())
    assert browser.page.response.headers["Cache-Control"] == "no-store"


def _hidden(page: Any) -> dict[str, str]:
    return {one["name"]: one["value"] for one in page.form().select("input[type=hidden]")}


def _quoted(text: str) -> str:
    return text.replace("%", "%25").replace("+", "%2B").replace("&", "%26").replace("=", "%3D")


def _category_id(event: Event, code: str) -> int:
    return next(one.id for one in categories_of(event.id) if one.code == code)
