"""What letters say: the ready texts, an institution's own, an event's own."""

import io
from collections.abc import Mapping
from urllib.parse import quote_plus

import pytest
from docx import Document
from flask import Flask
from sqlalchemy import select

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.delegations import services
from eventhub.delegations.information import content_of, issue_note, make_note_files
from eventhub.delegations.jobs import make_letters
from eventhub.delegations.letter_docx import letters_docx
from eventhub.delegations.letter_pdf import linked
from eventhub.delegations.letter_text import KINDS, default_texts, paragraphs, unknown_fields
from eventhub.delegations.letters import letters_out, sample_letter
from eventhub.delegations.models import Delegation, Invitation, LetterRun, LetterText
from eventhub.delegations.parts import copy_texts
from eventhub.delegations.wordings import Owner, standard_of, texts_of
from eventhub.entities.describing import describe_entity
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.i18n import LANGUAGES, Translated
from eventhub.institutions.models import Institution
from eventhub.mail.models import OutboxMail
from eventhub.mail.seams import MESSAGES
from eventhub.protocol.models import EventEntity
from eventhub.protocol.queries import languages_at
from eventhub.protocol.services import change_order, place_entity
from eventhub.venues.models import Venue
from tests.delegations.test_letter_pdf import Still
from tests.factories import keep, make_category, make_entity, make_event
from tests.registration.factories import make_pool

COURTESIES = {
    "en": ("presents its compliments to", "the assurances of its highest consideration."),
    "fr": ("présente ses compliments", "les assurances de sa très haute considération."),
    "es": ("saluda atentamente", "las seguridades de su más alta y distinguida consideración."),
    "ru": ("свидетельствует свое уважение", "уверения в своем весьма высоком уважении."),
    "pt": ("apresenta os seus cumprimentos", "os protestos da sua mais alta consideração."),
    "zh": ("致意", "顺致最崇高的敬意。"),
    "ar": ("أطيب تحياتها", "عن فائق تقديرها واحترامها."),
}
FOCAL_POINT = {
    "en": "focal point", "fr": "point focal", "es": "punto focal", "ru": "Координатор",
    "pt": "ponto focal", "zh": "联络人", "ar": "جهة الاتصال",
}  # fmt: skip


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum with Letters on, its host a ministry with a name in two languages."""
    event = make_event(switches=["delegations", "letters", "seats"])
    host = db.session.get_one(Institution, event.institution_id)
    with transaction():
        host.names = Translated(en="Ministry of Trade", fr="Ministère du commerce")
    return event


def opened(event: Event, code: str, names: Mapping[str, str]) -> Delegation:
    entity = make_entity(code, names["en"], names=Translated(names))
    with transaction():
        return services.get_or_open(event.id, entity.id, actor=SYSTEM)


def prepared(event: Event, delegation: Delegation, **given: str) -> Invitation:
    values = {"form": "note_verbale", "language": "en", **given}
    with transaction():
        return services.prepare_invitations(event, [delegation], actor=SYSTEM, **values)[0]


def saved(event: Event, owner: Owner, kind: str, version: int = 0, **texts: str) -> LetterText:
    with transaction():
        return services.save_texts(owner, kind, texts, version=version, actor=SYSTEM)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_r1_33_every_ready_text_exists_with_known_fields_and_the_code(
    kind: str, language: str
) -> None:
    text = default_texts()[kind][language]
    assert unknown_fields(kind, text) == []
    assert ("\n{code}\n" in text) == (kind != "information_note")
    if kind != "information_note":
        assert all(f"{{{one}}}" in text for one in ("deadline", "address", "contact"))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_note_opens_and_ends_with_the_courtesies_of_its_language(language: str) -> None:
    opening, closing = COURTESIES[language]
    for kind in ("note_verbale", "reminder"):
        parts = paragraphs(default_texts()[kind][language], {}, language)
        assert opening in parts[0]
        assert parts[-1].endswith(closing)
    assert FOCAL_POINT[language] in default_texts()["note_verbale"][language]


def test_r2_1_letters_have_the_formal_name_where_there_is_one(event: Event) -> None:
    zambia = opened(event, "ZMB", {"en": "Zambia", "fr": "Zambie"})
    entity = db.session.get_one(Entity, zambia.entity_id)
    row = prepared(event, zambia)
    with transaction():
        describe_entity(
            entity, formal_names={"en": "Republic of Zambia"}, language="", actor=SYSTEM
        )
    english = letters_out(event, [row])[0]
    assert english.addressee == "Republic of Zambia"
    assert "authorities of the Republic of Zambia" in english.paragraphs[0]
    with transaction():
        row.language = "fr"
    french = letters_out(event, [row])[0]
    assert french.addressee == "Zambie", "no formal name in French: the usual one, never another"
    with transaction():
        place_entity(event, entity, names={}, formal_names={"fr": "République de Zambie"},
                     actor=SYSTEM)  # fmt: skip
    french = letters_out(event, [row])[0]
    assert french.addressee == "République de Zambie"
    assert "de la République de Zambie" in french.paragraphs[0]
    with transaction():
        change_order(event, {"formal_names": False}, actor=SYSTEM)
    assert letters_out(event, [row])[0].addressee == "Zambie"


def test_r1_13_each_is_written_to_in_its_own_language(event: Event) -> None:
    senegal = opened(event, "SEN", {"en": "Senegal"})
    zambia = opened(event, "ZMB", {"en": "Zambia"})
    mission = opened(event, "XYZ", {"en": "Institute"})
    by_code = {}
    with transaction():
        for one in (senegal, zambia, mission):
            entity = db.session.get_one(Entity, one.entity_id)
            entity.iso2 = {"SEN": "SN", "ZMB": "ZM"}.get(entity.code)
            by_code[entity.code] = entity
        describe_entity(by_code["ZMB"], formal_names={}, language="pt", actor=SYSTEM)
        place_entity(event, by_code["XYZ"], names={}, language="ar", actor=SYSTEM)
        rows = services.prepare_invitations(
            event, [senegal, zambia, mission], form="letter", actor=SYSTEM
        )
        assert [row.language for row in rows] == ["fr", "pt", "ar"]
        place_entity(event, by_code["ZMB"], names={}, language="es", actor=SYSTEM)
    assert languages_at(event.id, [zambia.entity_id]) == {zambia.entity_id: "es"}
    with transaction():
        services.invite_focal_point(
            zambia, email="new@example.org", name="New", slug=event.slug, actor=SYSTEM
        )
    mail = db.session.query(OutboxMail).filter_by(to="new@example.org").one()
    assert mail.language == "es"


def test_r2_2_names_stand_in_sentences_with_their_article(event: Event) -> None:
    gambia = opened(event, "GMB", {"en": "Gambia", "fr": "Gambie"})
    niger = opened(event, "NER", {"en": "Niger", "fr": "Niger"})
    english = letters_out(event, [prepared(event, gambia)])[0]
    assert english.paragraphs[0].startswith(
        "The Ministry of Trade presents its compliments to the competent authorities of the Gambia"
    )
    assert english.addressee == "Gambia"
    french = letters_out(event, [prepared(event, niger, language="fr")])[0]
    assert french.paragraphs[0].startswith(
        "Le Ministère du commerce présente ses compliments aux autorités compétentes du Niger"
    )


def test_r2_1_a_letter_uses_the_name_that_the_event_gives(event: Event) -> None:
    gambia = opened(event, "GMB", {"en": "Gambia"})
    row = prepared(event, gambia)
    keep(EventEntity(event_id=event.id, entity_id=gambia.entity_id,
                     names=Translated(en="Republic of The Gambia")))  # fmt: skip
    letter = letters_out(event, [row])[0]
    assert letter.addressee == "Republic of The Gambia"
    assert "authorities of Republic of The Gambia and" in letter.paragraphs[0]


def test_a_line_without_anything_to_say_is_left_out() -> None:
    text = "Come to {event}.\nSeats: {seats}.\n\nInterpretation: {interpretation}.\n\n{oops}"
    assert paragraphs(text, {"event": "it", "seats": "", "interpretation": ""}) == [
        "Come to it.", "{oops}",
    ]  # fmt: skip


def test_chinese_lines_are_joined_without_a_blank() -> None:
    assert paragraphs("会议。\n{purpose}", {"purpose": "目的。"}, "zh") == ["会议。目的。"]


def test_r1_13_a_letter_says_seats_and_what_is_enclosed(event: Event) -> None:
    make_category(event)
    gambia, niger = (opened(event, code, {"en": code}) for code in ("GMB", "NER"))
    make_pool(event, scope="per_entity", seats=5, limits={str(niger.entity_id): 8})
    rows = [prepared(event, one) for one in (gambia, niger)]
    with transaction():
        issue_note(event, actor=SYSTEM)
    first, second = (" ".join(one.paragraphs) for one in letters_out(event, rows))
    assert "Seats of the delegation: 5." in first
    assert "Seats of the delegation: 8." in second
    assert f"information note {event.code}/INF.1" in first


def test_an_unknown_field_is_told_beside_its_text(event: Event) -> None:
    for kind, text in (("letter", "Dear {entitty}"), ("information_note", "For {entity}")):
        with pytest.raises(Invalid) as refused:
            saved(event, Owner.of(event), kind, en=text)
        assert refused.value.field == "text_en"
        assert text.split()[1] in refused.value.message


def test_an_event_says_it_before_its_institution_and_that_before_ours(event: Event) -> None:
    row = prepared(event, opened(event, "ZMB", {"en": "Zambia"}))
    house, ours = Owner(event.institution_id), texts_of(Owner.of(event))["note_verbale"]
    saved(event, house, "note_verbale", en="{entity} is invited by the house.", fr=ours["fr"])
    assert letters_out(event, [row])[0].paragraphs == ["Zambia is invited by the house."]
    own = saved(event, Owner.of(event), "note_verbale", en="{entity} is invited here.")
    assert letters_out(event, [row])[0].paragraphs == ["Zambia is invited here."]
    assert dict(own.texts) == {"en": "{entity} is invited here."}
    again = saved(event, Owner.of(event), "note_verbale", 1, en="{entity} is invited by the house.")
    assert dict(again.texts) == {}
    assert standard_of(Owner.of(event))["note_verbale"]["fr"] == ours["fr"]
    saved(event, house, "note_verbale", 1, en="")
    assert texts_of(Owner.of(event))["note_verbale"] == ours


def test_another_institution_keeps_the_ready_text(event: Event) -> None:
    other = make_event(switches=["delegations", "letters"])
    saved(event, Owner(event.institution_id), "letter", en="Ours alone")
    assert other.institution_id != event.institution_id
    assert texts_of(Owner.of(other))["letter"] == default_texts()["letter"]


def test_of_two_who_change_a_text_the_second_is_told(event: Event) -> None:
    saved(event, Owner.of(event), "letter", en="One")
    with pytest.raises(Conflict):
        saved(event, Owner.of(event), "letter", en="Two")


def test_a_clearance_copy_has_the_own_text(event: Event) -> None:
    row = prepared(event, opened(event, "ZMB", {"en": "Zambia"}))
    saved(event, Owner.of(event), "note_verbale", en="Only this, {entity}.")
    document = Document(io.BytesIO(letters_docx(letters_out(event, [row]), for_clearance=True)))
    assert "Only this, Zambia." in {one.text for one in document.paragraphs}


def test_a_copied_event_keeps_its_own_texts(event: Event) -> None:
    saved(event, Owner.of(event), "reminder", en="Well?")
    other = make_event(switches=["delegations", "letters"])
    with transaction():
        copy_texts.copy(event.id, other.id, {}, actor=SYSTEM)
    assert texts_of(Owner.of(other))["reminder"]["en"] == "Well?"


def test_a_preview_is_made_of_a_text_that_nobody_saved(event: Event, fonts: object) -> None:
    zambia = opened(event, "ZMB", {"en": "Zambia"})
    about = {"letter": "note_verbale", "language": "en", "actor": SYSTEM}
    with transaction():
        run = services.start_preview(
            event, zambia.id, "Not saved, {entity}: {code}", form="clearance", **about
        )
    make_letters(Still.__new__(Still), run.id)
    made = db.session.get_one(LetterRun, run.id)
    stored = services.file_of(event.id, made.file_id)
    assert (made.state, stored.media_type.rpartition(".")[2]) == ("done", "document")
    letter = sample_letter(event, zambia.id, "{code}", "note_verbale", "en")
    assert letter.paragraphs == ["XXXXX-XXXXX"]
    elsewhere = make_event(switches=["delegations", "letters"])
    with pytest.raises(Invalid), transaction():
        services.start_preview(elsewhere, zambia.id, "x", form="pdf", **about)


def test_r1_35_the_note_opens_with_the_institutions_words(event: Event) -> None:
    saved(event, Owner(event.institution_id), "information_note", en="{host} tells you this.")
    assert content_of(event)["en"][0]["opening"] == ["The Ministry of Trade tells you this."]


def test_addresses_are_links_and_nothing_else_is(event: Event) -> None:
    made = linked("See https://x.example/a?b=1&c, then <b> \u2066http://y.example\u2069.")
    assert made.count("<a ") == 2
    assert 'href="https://x.example/a?b=1&amp;c"' in made
    assert 'href="http://y.example"' in made
    assert "&lt;b&gt;" in made


def test_r1_13_the_mail_brings_the_letter_and_the_newest_note(event: Event, fonts: object) -> None:
    zambia = opened(event, "ZMB", {"en": "Zambia"})
    row = prepared(event, zambia)
    with transaction():
        services.clear_invitations([row], actor=SYSTEM)
        services.add_contacts(zambia, [{"email": "mission@example.org"}], actor=SYSTEM)
        first = issue_note(event, actor=SYSTEM)
        event.contact_email = "new@example.org"
        second = issue_note(event, actor=SYSTEM)
        run = services.start_run(event, [row], form="mail", actor=SYSTEM)
    for note in (first, second):
        make_note_files(note.id)
    make_letters(Still.__new__(Still), run.id)
    mail = db.session.scalars(select(OutboxMail)).one()
    letter = MESSAGES[mail.message](event.id, mail.ids)
    assert letter is not None
    names = [one.name for one in letter.attachments]
    assert names == ["zmb-note_verbale-en.pdf", f"{event.code}-INF.1-Rev.1-en.pdf"]


def test_r1_35_the_note_says_address_map_money_and_deadlines(event: Event) -> None:
    china = make_entity("CHN", "China", iso2="CN")
    venue = keep(Venue(names=Translated(en="Hall 1"), city=event.city, zone=event.zone,
                       address=Translated(en="12 Harbour Road,\nXiamen")))  # fmt: skip
    with transaction():
        event.country_id, event.venue_id = china.id, venue.id
        event.venue_names = Translated(en="Hall 1")
    facts = dict(content_of(event)["en"][0]["facts"])
    assert facts["Address"] == "12 Harbour Road, Xiamen"
    assert facts["Money"] == "Chinese Yuan (CNY)"
    assert facts["Map"].endswith("query=Hall+1%2C+" + quote_plus(event.city))
    with transaction():
        event.venue_names = Translated(en=f"Harbour Centre, {event.city}")
    facts = dict(content_of(event)["en"][0]["facts"])
    assert facts["Map"].endswith("query=Harbour+Centre%2C+" + quote_plus(event.city))
    assert {"Days", "Time zone", "Names are awaited until", "Contact"} <= set(facts)
    with transaction():
        event.mode = "online"
    assert "Map" not in dict(content_of(event)["en"][0]["facts"])
