"""Making, changing, publishing, stopping events."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from eventhub.access.queries import grants_of
from eventhub.audit.queries import entries_of
from eventhub.core import clock
from eventhub.core.actor import SYSTEM, Actor
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.events import queries, rules, seams, services, signals
from eventhub.i18n import Translated
from eventhub.jobs.runner import run_due
from eventhub.mail.services import Addressed, mails_of
from tests.factories import actor_with, make_account, make_institution


@dataclass(frozen=True)
class _Doors:
    minutes: int = 30
    is_strict: bool = False


@pytest.mark.parametrize("preset", rules.PRESETS)
def test_preset_sets_switches_and_categories(make, preset):
    event = make(preset=preset)
    assert set(event.switches) == rules.PRESETS[preset].switches
    rows = queries.categories_of(event.id)
    assert len(rows) == rules.CATALOGUE_SIZE
    assert {row.code for row in rows if row.is_on} == set(rules.PRESETS[preset].categories)
    assert [zone.code for zone in queries.zones_of(event.id)] == [f"Z{n}" for n in range(8)]


def test_side_event_vouches_for_nobody_and_approves_nobody(make):
    event = make(preset="side_event")
    for row in queries.categories_of(event.id):
        rule = queries.rule_of(event, row)
        assert (rule.vouched_by, rule.approver, rule.needs_letter) == ("none", "none", False)


def test_seminar_reads_organiser_for_focal_point(make):
    event = make(preset="seminar")
    trainee = next(row for row in queries.categories_of(event.id) if row.code == "TRN")
    assert trainee.vouched_by == "focal_point"
    rule = queries.rule_of(event, trainee)
    assert (rule.vouched_by, rule.approver) == ("organiser", "programme_desk")


def test_seven_answers_are_kept_and_the_rest_is_default(make, institution):
    event = make()
    assert event.slug == "xiamen-2026"
    assert event.code == "XIAMEN-2026"
    assert (event.zone, event.places) == ("Asia/Shanghai", 300)
    assert event.contact_email == institution.contact_email
    assert event.registration_closes == datetime.fromisoformat("2026-05-03T23:59")
    assert event.registration_closes_at == datetime(2026, 5, 3, 15, 59, tzinfo=UTC)
    assert event.starts_at == datetime(2026, 6, 1, 16, tzinfo=UTC)
    assert event.ends_at == datetime(2026, 6, 3, 16, tzinfo=UTC)
    assert set(event.touched) == {"titles", "starts_on", "ends_on", "city"}
    typed = make(
        places=40, closes=datetime.fromisoformat("2026-05-01T12:00"), contact_email="a@example.org"
    )
    assert {"places", "registration_closes", "contact_email"} <= set(typed.touched)


def test_addresses_do_not_collide(make):
    assert [make().slug for _ in range(3)] == ["xiamen-2026", "xiamen-2026-2", "xiamen-2026-3"]


def test_creator_owns_the_event(make):
    account = make_account()
    event = make(actor=Actor("account", account.id, account.label))
    assert [grant.role for grant in grants_of(account.id, event_id=event.id)] == ["event_owner"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": "  "}, "title"),
        ({"city": ""}, "city"),
        ({"ends_on": date(2026, 6, 1)}, "ends_on"),
        ({"ends_on": date(2026, 9, 1)}, "ends_on"),
        ({"zone": "Beijing"}, "zone"),
        ({"places": 0}, "places"),
        ({"places": 100_001}, "places"),
        ({"closes": datetime.fromisoformat("2026-06-05T12:00")}, "closes"),
        ({"preset": "party"}, "preset"),
        ({"slug": "manage-2026"}, "slug"),
        ({"slug": "xiamen"}, "slug"),
    ],
)
def test_wrong_answer_is_refused_beside_its_field(make, given, field):
    with pytest.raises(Invalid) as refused:
        make(**given)
    assert refused.value.field == field


def test_deadline_in_a_gap_names_both_neighbours(make):
    with pytest.raises(Invalid) as refused:
        make(
            starts_on=date(2026, 4, 26),
            ends_on=date(2026, 4, 26),
            zone="Africa/Cairo",
            closes=datetime.fromisoformat("2026-04-24T00:00"),
        )
    assert refused.value.field == "closes"
    assert "2026-04-23 23:59" in refused.value.message
    assert "2026-04-24 01:00" in refused.value.message


def test_deadline_that_clocks_show_twice_must_be_chosen(make):
    event = make(zone="America/New_York", starts_on=date(2026, 11, 9), ends_on=date(2026, 11, 9))
    wall = datetime.fromisoformat("2026-11-01T01:30")
    with pytest.raises(Invalid) as refused, transaction():
        services.change_registration(
            event, places=5, opens=None, closes=wall, closes_fold=None, actor=SYSTEM
        )
    assert refused.value.field == "closes_fold"
    with transaction():
        services.change_registration(
            event, places=5, opens=None, closes=wall, closes_fold=1, actor=SYSTEM
        )
    assert event.registration_closes_at == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_publishing_freezes_address_and_code(make):
    event = make()
    with transaction():
        services.publish_event(event, actor=SYSTEM)
    assert (event.state, event.published_at) == ("published", clock.now())
    kept = {"titles": event.titles, "summary": event.summary, "contact_email": "a@example.org"}
    for field, value in (("slug", "other-2026"), ("code", "OTHER")):
        with pytest.raises(Conflict) as refused, transaction():
            services.change_basics(event, **kept, **{field: value}, actor=SYSTEM)
        assert refused.value.field == field


def test_moved_address_is_kept_and_taken(make):
    event = make()
    with transaction():
        services.move_address(event, "forum-2026", actor=SYSTEM)
    assert queries.find_moved("xiamen-2026") == "forum-2026"
    assert make().slug == "xiamen-2026-2"


def test_zone_change_moves_the_instants_not_the_clocks(make):
    event = make()
    with transaction():
        services.change_dates_and_place(
            event,
            starts_on=event.starts_on,
            ends_on=event.ends_on,
            zone="Africa/Lusaka",
            cities=Translated(en="Lusaka"),
            venue_names=Translated(),
            actor=SYSTEM,
        )
    assert event.registration_closes == datetime.fromisoformat("2026-05-03T23:59")
    assert event.registration_closes_at == datetime(2026, 5, 3, 21, 59, tzinfo=UTC)
    assert event.starts_at == datetime(2026, 6, 1, 22, tzinfo=UTC)
    assert event.calendar_sequence == 1


def test_second_tab_is_told_who_changed_it(make):
    event = make()
    first = Actor("account", 7, "K. Li")
    kept = {"titles": event.titles, "summary": Translated(), "actor": first}
    with transaction():
        services.change_basics(event, version=1, contact_email="one@example.org", **kept)
    with pytest.raises(Conflict, match=r"K\. Li"), transaction():
        services.change_basics(event, version=1, contact_email="two@example.org", **kept)
    assert event.contact_email == "one@example.org"


def test_saving_without_change_writes_nothing(make):
    event = make()
    before = len(entries_of(event.id))
    with transaction():
        services.change_switches(event, version=1, on=event.switches, actor=SYSTEM)
    assert event.version == 1
    assert len(entries_of(event.id)) == before


def test_change_is_in_the_log_with_both_values(make):
    event = make()
    with transaction():
        services.change_switches(event, on=["badges"], actor=actor_with("event.edit"))
    entry = entries_of(event.id, limit=1)[0]
    assert (entry.action, entry.who) == ("event.switch", "Test officer")
    assert entry.changes["switches"][1] == ["badges"]


def test_unknown_switch_is_refused(make):
    event = make()
    with pytest.raises(Invalid), transaction():
        services.change_switches(event, on=["teleport"], actor=SYSTEM)


@pytest.fixture
def two_registrants(monkeypatch):
    told = [Addressed("a@example.org", "en"), Addressed("b@example.org", "fr")]
    monkeypatch.setattr(seams, "AUDIENCES", [lambda _event_id: told])


def test_cancelling_tells_everybody_and_sends_the_signal(make, app, two_registrants):
    event = make()
    heard = []

    def hear(sender):
        heard.append(sender.slug)

    signals.cancelled.connect(hear)
    with transaction():
        services.publish_event(event, actor=SYSTEM)
        told = services.cancel_event(
            event, notice=Translated(en="The hall is flooded."), actor=SYSTEM
        )
    assert (told, heard) == (2, ["xiamen-2026"])
    run_due(app)
    mails = mails_of(event.id)
    assert [(mail.to, mail.state) for mail in mails] == [
        ("b@example.org", "sent"),
        ("a@example.org", "sent"),
    ]
    folder = app.extensions["eventhub.settings"].folder("mail")
    texts = [path.read_text("utf-8") for path in folder.glob("*.eml")]
    assert sum("The hall is flooded." in text for text in texts) == 2


def test_cancelled_event_changes_no_more(make):
    event = make()
    with transaction():
        services.publish_event(event, actor=SYSTEM)
        services.cancel_event(event, notice=Translated(), actor=SYSTEM)
    with pytest.raises(Conflict), transaction():
        services.change_switches(event, on=[], actor=SYSTEM)
    with pytest.raises(Conflict), transaction():
        services.publish_event(event, actor=SYSTEM)


def test_mail_of_a_postponement_is_dropped_once_it_is_on_again(make, app, two_registrants):
    event = make()
    with transaction():
        services.publish_event(event, actor=SYSTEM)
        services.postpone_event(event, notice=Translated(en="Later"), actor=SYSTEM)
        services.publish_event(event, actor=SYSTEM)
    run_due(app)
    assert {(mail.message, mail.state) for mail in mails_of(event.id)} == {
        ("events.postponed", "dropped"), ("events.resumed", "sent")
    }  # fmt: skip
    assert not event.notice
    assert [note.kind for note in queries.notes_of(event.id)] == [
        "resumed",
        "postponed",
        "published",
    ]


def test_only_an_event_that_is_over_is_archived(make):
    event = make()
    with transaction():
        services.publish_event(event, actor=SYSTEM)
    with pytest.raises(Conflict), transaction():
        services.archive_event(event, actor=SYSTEM)
    with clock.at(event.ends_at), transaction():
        services.archive_event(event, actor=SYSTEM)
    assert event.state == "archived"


def test_setting_is_read_with_defaults(make):
    from_queries = queries.setting(make().id, "doors", _Doors)
    assert from_queries == _Doors()


class _NotADataclass:
    pass


def test_setting_is_a_dataclass(make):
    with pytest.raises(TypeError):
        queries.setting(make().id, "doors", _NotADataclass)


def test_setting_keeps_what_is_not_named(make):
    event = make()
    with transaction():
        services.change_setting(event, "doors", {"minutes": 45, "gone": 1}, actor=SYSTEM)
        services.change_setting(event, "doors", {"is_strict": True}, actor=SYSTEM)
    assert queries.setting(event.id, "doors", _Doors) == _Doors(minutes=45, is_strict=True)


def test_mark_is_two_capitals_of_one_category_alone(make):
    event = make()
    rows = {row.code: row for row in queries.categories_of(event.id)}
    for mark in ("D", "DLX", "dl", "12", "HD"):
        with pytest.raises(Invalid) as refused, transaction():
            services.change_category(event, rows["DEL"], mark=mark, actor=SYSTEM)
        assert refused.value.field == "mark"
    with transaction():
        services.change_category(event, rows["DEL"], mark="XX", actor=SYSTEM)
    assert rows["DEL"].mark == "XX"


def test_colour_that_cannot_be_read_is_refused_with_another(make):
    event = make()
    row = queries.categories_of(event.id)[0]
    with pytest.raises(Invalid, match="#2") as refused, transaction():
        services.change_category(event, row, colour="#2E8B57", actor=SYSTEM)
    assert refused.value.field == "colour"


def test_category_opens_only_zones_of_the_event(make):
    event = make()
    row = queries.categories_of(event.id)[0]
    with pytest.raises(Invalid), transaction():
        services.change_category(event, row, zones=["Z1", "Z99"], actor=SYSTEM)


def test_hosts_are_printed_in_english_order_r3_38(make):
    event = make()
    with transaction():
        for name in ("Zambia", "The Gambia", "African Union"):
            services.add_host(event, names=Translated(en=name), actor=SYSTEM)
    names = [host.names.pick("en") for host in queries.hosts_of(event.id)]
    assert names == ["Ministry of Digital Affairs", "African Union", "The Gambia", "Zambia"]


def test_hosts_who_agreed_otherwise_keep_their_order_r3_38(make):
    event = make()
    hosts = [
        {"names": Translated(en="Zambia"), "is_main": True, "place": 1},
        {"names": Translated(en="Uganda"), "place": 2},
        {"names": Translated(en="Algeria"), "place": 3},
    ]
    with transaction():
        services.set_hosts(event, hosts, actor=SYSTEM)
    names = [host.names.pick("en") for host in queries.hosts_of(event.id)]
    assert names == ["Zambia", "Uganda", "Algeria"]


def test_main_host_stays(make):
    event = make()
    main = queries.hosts_of(event.id)[0]
    with pytest.raises(Conflict), transaction():
        services.remove_host(event, main, actor=SYSTEM)


def test_rows_of_another_event_are_not_found(make):
    one, other = make(), make()
    category = queries.categories_of(one.id)[0]
    assert queries.get_category(one.id, category.ref).id == category.id
    with pytest.raises(NotFound):
        queries.get_category(other.id, category.ref)


def test_series_has_an_address_of_its_own(make):
    institution = make_institution()
    given = {"institution_id": institution.id, "titles": Translated(en="Seminars")}
    with transaction():
        series = services.create_series(**given, slug="seminars", actor=SYSTEM)
    with pytest.raises(Invalid), transaction():
        services.create_series(**given, slug="seminars", actor=SYSTEM)
    event = make()
    with transaction():
        services.change_basics(
            event,
            titles=event.titles,
            summary=event.summary,
            contact_email=event.contact_email,
            series_id=series.id,
            actor=SYSTEM,
        )
    assert [one.id for one in queries.events_of_series(series.id)] == [event.id]
