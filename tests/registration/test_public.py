"""The delegate's path, without JavaScript: four steps or one page, and everything typed kept."""

from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.events.queries import categories_of
from eventhub.photos.models import Photo
from eventhub.questionnaires.queries import answers_of
from eventhub.registration.queries import consents_of, token_of
from tests.browser import Browser, Page, filled
from tests.photos.pictures import drawn, png_bomb
from tests.photos.pictures import sent as picture
from tests.registration.factories import mails
from tests.registration.paths import (
    CONTACT,
    NAMES,
    ONE_PAGE,
    category,
    hidden,
    make_forum,
    make_seminar,
    make_side_event,
    only,
    photo,
    register,
    registrations,
    side_register,
    start,
    to_check,
)


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
            data = {**ONE_PAGE, **hidden(page), "key": clock.now().isoformat()}
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


def _category_id(event: Event, code: str) -> int:
    return next(one.id for one in categories_of(event.id) if one.code == code)
