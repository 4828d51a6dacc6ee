"""Making an event from seven answers and a preset."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from eventhub.access.services import give_role
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Invalid, NotFound
from eventhub.events import catalogue, rules, signals
from eventhub.events.models import Category, Event, EventZone, Host
from eventhub.events.queries import is_slug_taken
from eventhub.events.services.shared import instant_of, log
from eventhub.i18n import LANGUAGES, Translated, _
from eventhub.institutions.models import Institution

LONGEST_DAYS = 60
MOST_PLACES = 100_000


def create_event(
    *,
    preset: str,
    institution_id: int,
    title: str,
    starts_on: date,
    ends_on: date,
    city: str,
    places: int | None = None,
    closes: datetime | None = None,
    contact_email: str | None = None,
    language: str = "en",
    zone: str | None = None,
    closes_fold: int = 0,
    slug: str | None = None,
    code: str | None = None,
    actor: Actor,
) -> Event:
    """Make a draft event with all that its preset sets, and return it; the actor owns it.

    `closes` is the wall time until which people may reply. What is not given (places, deadline,
    contact address, zone) is proposed by the preset and the institution, and marked "default".
    Raises Invalid by field.
    """
    host = db.session.get(Institution, institution_id)
    if host is None:
        raise NotFound
    chosen = _preset(preset)
    zone = zone or host.zone
    check_days(starts_on, ends_on)
    check_zone(zone)
    if not title.strip():
        raise Invalid(_("Write the title of the event."), "title")
    if not city.strip():
        raise Invalid(_("Write the city in which it takes place."), "city")
    given = {"places": places, "registration_closes": closes, "contact_email": contact_email}
    deadline = closes or rules.propose_reply_deadline(
        chosen, starts_on=starts_on, today=rules.local(clock.now(), zone).date()
    )
    address = free_slug(slug, title=title, city=city, preset=preset, year=starts_on.year)
    event = Event(
        slug=address,
        code=code or rules.code_of(address),
        preset=preset,
        institution_id=host.id,
        titles=Translated({language: title}),
        summary=Translated(),
        notice=Translated(),
        starts_on=starts_on,
        ends_on=ends_on,
        zone=zone,
        starts_at=rules.day_begins(starts_on, zone),
        ends_at=rules.day_ends(ends_on, zone),
        city=city,
        cities=Translated({language: city}),
        country_id=host.country_id if zone == host.zone else None,
        venue_names=Translated(),
        languages=_offered(chosen, language, host),
        working_languages=[language],
        contact_email=contact_email or host.contact_email,
        places=check_places(chosen.places if places is None else places),
        registration_closes=deadline,
        registration_closes_fold=closes_fold,
        registration_closes_at=instant_of(deadline, zone, fold=closes_fold, field="closes"),
        accent=chosen.accent,
        switches=[name for name in rules.SWITCHES if name in chosen.switches],
        touched=sorted(
            {"titles", "starts_on", "ends_on", "city"}
            | {name for name, value in given.items() if value is not None}
        ),
    )
    check_deadline(event)
    db.session.add(event)
    db.session.flush()
    _fill(event, chosen, host)
    if actor.kind == "account" and actor.id is not None:
        give_role(actor.id, "event_owner", event_id=event.id, actor=actor)
    log(actor, "event.create", event, {"slug": (None, event.slug), "preset": (None, preset)})
    signals.created.send(event)
    return event


def _preset(code: str) -> rules.Preset:
    if code not in rules.PRESETS:
        raise Invalid(_("Choose what kind of event it is."), "preset")
    return rules.PRESETS[code]


def _offered(preset: rules.Preset, language: str, host: Institution) -> list[str]:
    known = [code for code in host.languages if code in LANGUAGES]
    return rules.propose_languages(preset, title=language, host=known)


def _fill(event: Event, preset: rules.Preset, host: Institution) -> None:
    """Give the event its zones, its categories and its main host."""
    db.session.add_all(
        EventZone(event_id=event.id, code=zone.code, names=zone.names, place=place)
        for place, zone in enumerate(catalogue.zones())
    )
    db.session.add_all(
        Category(event_id=event.id, place=place, **category_values(one, preset))
        for place, one in enumerate(catalogue.categories())
    )
    db.session.add(Host(event_id=event.id, institution_id=host.id, names=host.names, is_main=True))
    db.session.flush()


def category_values(one: catalogue.CatalogueCategory, preset: rules.Preset) -> Mapping[str, Any]:
    """Return a category of the catalogue as an event of the preset starts with it.

    Whoever the organiser vouches for is entered by the organiser, so the public form does not
    offer those categories, whatever the preset says of vouching.
    """
    rule = preset.rule or rules.CategoryRule(one.vouched_by, one.approver, one.needs_letter)
    return {
        "code": one.code,
        "names": one.names,
        "colour": one.colour,
        "mark": one.mark,
        "zones": list(one.zones),
        "vouched_by": rule.vouched_by,
        "approver": rule.approver,
        "needs_letter": rule.needs_letter,
        "photo_waived": one.photo_waived,
        "counts_as_participant": one.counts_as_participant,
        "in_list_of_participants": one.in_list_of_participants,
        "default_quota": one.default_quota,
        "is_on": one.code in preset.categories,
        "is_public": one.vouched_by != "organiser",
    }


def free_slug(wanted: str | None, *, title: str, city: str, preset: str, year: int) -> str:
    """Return the address wanted, checked, or one proposed from title, city and year."""
    if wanted:
        return check_slug(wanted)
    proposed = rules.propose_slug(title=title, city=city, preset=preset, year=year)
    return rules.first_free(proposed, is_slug_taken)


def check_slug(slug: str, *, but_of: int | None = None) -> str:
    """Return the address; Invalid where it is malformed, reserved or taken."""
    problem = rules.slug_problem(slug)
    if problem == "form":
        raise Invalid(_("Use small letters, digits and single hyphens, like xiamen-2024."), "slug")
    if problem == "year":
        raise Invalid(_("Put the year into the address, like xiamen-2024."), "slug")
    if problem == "reserved":
        raise Invalid(_("This address means something else here. Choose another one."), "slug")
    if is_slug_taken(slug, but_of=but_of):
        raise Invalid(_("Another event has this address. Choose another one."), "slug")
    return slug


def check_code(code: str) -> str:
    """Return the short code; Invalid where it is malformed."""
    if rules.code_problem(code):
        raise Invalid(
            _("Use 3 to 20 capital letters, digits and single hyphens, like XIAMEN-2024."), "code"
        )
    return code


def check_days(starts_on: date, ends_on: date) -> None:
    """Raise Invalid where the last day comes before the first, or much later."""
    if ends_on < starts_on:
        raise Invalid(_("The last day is before the first one."), "ends_on")
    if (ends_on - starts_on).days >= LONGEST_DAYS:
        raise Invalid(_("An event has at most %(days)s days.", days=LONGEST_DAYS), "ends_on")


def check_zone(zone: str) -> None:
    """Raise Invalid where the zone database does not know the zone."""
    if not rules.is_zone(zone):
        raise Invalid(_("Choose a time zone from the list."), "zone")


def check_places(places: int) -> int:
    """Return the number of places; Invalid where it makes no sense."""
    if not 1 <= places <= MOST_PLACES:
        raise Invalid(_("Write how many people can come, from 1 to 100,000."), "places")
    return places


def check_deadline(event: Event) -> None:
    """Raise Invalid where replies close before they open, or after the event is over."""
    opens = event.registration_opens_at
    if opens is not None and opens >= event.registration_closes_at:
        raise Invalid(_("Registration closes before it opens."), "closes")
    if event.registration_closes_at > event.ends_at:
        raise Invalid(_("The reply deadline is after the event is over."), "closes")
