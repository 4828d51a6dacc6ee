"""What stands before any event: States and organizations, hosts, places, series."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db
from eventhub.demo import content
from eventhub.demo.content.shapes import DemoInstitution, DemoSeries, DemoVenue
from eventhub.entities.grouping import add_members, groups_for, make_group
from eventhub.entities.models import Entity
from eventhub.entities.queries import find_by_names, get_entity
from eventhub.entities.rules import STATES
from eventhub.entities.services import add_organization, load_reference
from eventhub.events.models import Series
from eventhub.events.queries import find_series
from eventhub.events.services import create_series
from eventhub.institutions.models import Institution
from eventhub.institutions.queries import all_institutions
from eventhub.institutions.services import create_institution
from eventhub.venues.models import Venue
from eventhub.venues.queries import venues_of
from eventhub.venues.services import add_room, create_venue

OF_SIDE_EVENT = content.load_event("new-york-2025")
EXPECTED = {
    "en": "Our States at the side event",
    "fr": "Nos États à la manifestation parallèle",
    "zh": "边会邀请的国家",
    "ar": "الدول المدعوة إلى الفعالية الجانبية",
}
"""What the group of States is called that the host of the side event keeps."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Hosts, venues and series by the codes that the content gives them."""

    institutions: Mapping[str, Institution]
    venues: Mapping[str, Venue]
    series: Mapping[str, Series]


def lay() -> Ground:
    """Make what is missing and find what is there."""
    load_reference(actor=SYSTEM)
    _add_organizations()
    there = {one.contact_email: one for one in all_institutions()}
    hosts = {one.code: there.get(one.email) or _institution(one) for one in content.institutions()}
    _group(hosts[OF_SIDE_EVENT.hosts[0]])
    return Ground(
        institutions=hosts,
        venues={one.code: _venue(one, hosts[one.institution]) for one in content.venues()},
        series={one.slug: _series(one, hosts[one.institution]) for one in content.series()},
    )


def _group(host: Institution) -> None:
    """Make the host's own group of States: those it expects, by which it invites and counts."""
    if any(one.institution_id == host.id for one in groups_for([host.id])):
        return
    codes = [one.entity for one in OF_SIDE_EVENT.delegations]
    query = select(Entity.id).where(Entity.code.in_(codes), Entity.kind.in_(STATES))
    group = make_group(EXPECTED, institution_id=host.id, actor=SYSTEM)
    add_members(group, db.session.scalars(query.order_by(Entity.id)).all(), actor=SYSTEM)


def _add_organizations() -> None:
    there = find_by_names(one.code for one in content.organizations())
    for one in content.organizations():
        if one.code not in there:
            add_organization(one.name, kind=one.kind, code=one.code, actor=SYSTEM)


def _institution(one: DemoInstitution) -> Institution:
    return create_institution(
        one.name,
        kind=one.kind,
        zone=one.time_zone,
        contact_email=one.email,
        country=one.country,
        city=one.city,
        languages=one.languages,
        actor=SYSTEM,
    )


def _venue(one: DemoVenue, host: Institution) -> Venue:
    for there in venues_of(host.id):
        if there.names.pick("en") == one.name.pick("en"):
            return there
    venue = create_venue(
        institution_id=host.id,
        names=one.name,
        city=one.city.pick("en"),
        zone=one.time_zone,
        country_id=get_entity(one.country).id,
        actor=SYSTEM,
    )
    for room in one.rooms:
        add_room(
            venue,
            code=room.code,
            names=room.name,
            capacity=room.capacity,
            layout=room.layout,
            booths=room.booths,
            zone_code=room.zone,
            actor=SYSTEM,
        )
    return venue


def _series(one: DemoSeries, host: Institution) -> Series:
    return find_series(one.slug) or create_series(
        institution_id=host.id, slug=one.slug, titles=one.title, actor=SYSTEM
    )
