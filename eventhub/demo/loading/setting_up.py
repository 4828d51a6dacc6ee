"""Setting an event up and publishing it."""

from datetime import datetime, timedelta
from typing import Any

from eventhub.attendance.services import change_policy
from eventhub.certificates.services import change_design, save_signatory
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.demo import content
from eventhub.demo.content.shapes import DemoEvent
from eventhub.demo.loading.crew import Crew, acting, appoint
from eventhub.demo.loading.ground import Ground
from eventhub.entities.queries import get_entity
from eventhub.events.models import Event
from eventhub.events.queries import categories_of
from eventhub.events.rules import wall_to_instant
from eventhub.events.services import (
    add_info_page,
    change_basics,
    change_category,
    change_dates_and_place,
    change_languages,
    change_registration,
    change_switches,
    choose_categories,
    copy_rooms,
    create_event,
    publish_event,
    set_hosts,
)
from eventhub.i18n import Translated
from eventhub.registration.services import add_pool
from eventhub.venues.queries import rooms_of
from eventhub.web.access import actor_for

MADE_BEFORE = timedelta(days=21)
PUBLISHED_BEFORE = timedelta(days=7)
MORE_SWITCHES = {
    "forum": {"speakers"},
    "side_event": {"roll_call", "delegations", "letters", "seats"},
    "seminar": {"speakers", "delegations", "letters", "seats"},
}
"""What an event of the demo turns on beside what its preset does."""

SENT_BY_STATES = frozenset({"HOD", "DHOD", "DEL", "ALT", "ADV", "SEC", "TRN"})


def set_up(one: DemoEvent, ground: Ground, crew: Crew) -> Event:
    """Make the event three weeks before registration opens, publish it a week before."""
    opens = wall_to_instant(one.moment("registration_opens"), one.time_zone)
    with clock.at(opens - MADE_BEFORE):
        event = _create(one, ground, crew)
        appoint(crew, event)
        actor = acting(crew["organiser"], event)
        _describe(one, event, ground, actor)
        _choose_categories(one, event, actor)
        _limit_delegations(one, event, actor)
        _ask_for_certificates(one, event, actor)
        for page in one.pages:
            add_info_page(event, slug=page.slug, titles=page.title, bodies=page.text, actor=actor)
    with clock.at(opens - PUBLISHED_BEFORE):
        publish_event(event, actor=actor)
    return event


def _create(one: DemoEvent, ground: Ground, crew: Crew) -> Event:
    return create_event(
        preset=one.preset,
        institution_id=ground.institutions[one.hosts[0]].id,
        title=one.title.pick("en"),
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        city=ground.venues[one.venue].city,
        places=one.places,
        closes=closes(one),
        contact_email=one.contact,
        zone=one.time_zone,
        slug=one.slug,
        code=one.code,
        actor=actor_for(crew["organiser"], None),
    )


def closes(one: DemoEvent) -> datetime:
    """Return the local time until which people could reply."""
    return one.moment("rsvp_closes" if one.preset == "side_event" else "nomination_closes")


def _describe(one: DemoEvent, event: Event, ground: Ground, actor: Actor) -> None:
    venue = ground.venues[one.venue]
    change_basics(
        event,
        titles=one.title,
        summary=one.summary,
        contact_email=one.contact,
        accent=one.accent,
        series_id=ground.series[one.series].id if one.series else None,
        actor=actor,
    )
    change_dates_and_place(
        event,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        zone=one.time_zone,
        cities=next(place.city for place in content.venues() if place.code == one.venue),
        country_id=venue.country_id,
        venue_id=venue.id,
        venue_names=venue.names,
        mode=one.mode,
        actor=actor,
    )
    change_languages(
        event,
        languages=one.languages,
        working_languages=one.working_languages,
        interpretation=one.interpretation,
        actor=actor,
    )
    change_registration(
        event,
        places=one.places,
        opens=one.moment("registration_opens"),
        closes=closes(one),
        actor=actor,
    )
    on = {*event.switches, *MORE_SWITCHES[one.preset]}
    change_switches(event, on=on, actor=actor)
    set_hosts(event, _hosts(one, ground), actor=actor)
    copy_rooms(event, rooms_of(venue.id), actor=actor)


def _hosts(one: DemoEvent, ground: Ground) -> list[dict[str, Any]]:
    """Return the hosts: the first one holds the event, all are printed alike."""
    return [
        {
            "names": ground.institutions[code].names,
            "institution_id": ground.institutions[code].id,
            "is_main": code == one.hosts[0],
        }
        for code in one.hosts
    ]


def _choose_categories(one: DemoEvent, event: Event, actor: Actor) -> None:
    used = {code for delegation in one.delegations for code in delegation.counts}
    on = {row.code for row in categories_of(event.id) if row.is_on}
    choose_categories(event, used | on, actor=actor)
    for row in categories_of(event.id, only_on=True):
        overrides = one.category_overrides
        values = {**overrides.get("all", {}), **overrides.get(row.code, {})}
        change_category(event, row, actor=actor, **values)


def _limit_delegations(one: DemoEvent, event: Event, actor: Actor) -> None:
    """Give each delegation its seats: in all, and by category where the event says so.

    Hosts have no limit, or one of their own; where only States are limited, organizations are not.
    """
    quota, known = one.quota, {row.code for row in categories_of(event.id, only_on=True)}
    counted = known & SENT_BY_STATES if quota["applies_to"] == "states" else known
    counted -= set(quota.get("excluded_from_total", ()))
    pools = {"total": (counted, quota["per_delegation_total"])}
    for codes, seats in quota.get("pools", {}).items():
        pools[codes] = (set(codes.split("+")), seats)
    limits = {
        get_entity(row.entity).id: quota.get("co_hosts") for row in one.delegations if row.role
    }
    for code, (categories, seats) in pools.items():
        add_pool(
            event,
            code,
            seats=seats,
            categories=categories,
            limits=limits,
            when_full=quota["when_full"],
            lock=quota["lock"],
            actor=actor,
        )


def _ask_for_certificates(one: DemoEvent, event: Event, actor: Actor) -> None:
    """Say what a certificate takes; those of a forum ask for one check-in alone."""
    policy = one.certificate_policy
    if not policy:
        return
    host = next(row for row in content.institutions() if row.code == one.hosts[0])
    change_design(event, {"languages": list(policy["languages"])}, actor=actor)
    for place, who in enumerate(host.signatories[: policy["signatories"]], start=1):
        names = Translated(en=who.name, zh=who.name_local or "")
        save_signatory(event, place, names, who.post, actor=actor)
    values: dict[str, Any] = {"by_hours": "min_check_ins" not in policy["participation"]}
    if "completion" in policy:
        completion = policy["completion"]
        values |= {
            "participation_share": policy["participation"]["min_credit_share"],
            "completion_share": completion["min_credit_share"],
            "post_test": completion["min_post_test"],
            "survey": completion["survey_submitted"],
        }
    change_policy(event, values, actor=actor)
