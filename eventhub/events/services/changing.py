"""Changing an event's settings; the second of two tabs is told (decision 16)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from eventhub.core.actor import Actor
from eventhub.core.db import db, insert_unless_there
from eventhub.core.errors import Conflict, Invalid
from eventhub.events import rules
from eventhub.events.models import Event, EventSetting, OldSlug
from eventhub.events.seams import USED_PLACES
from eventhub.events.services.creating import (
    check_code,
    check_days,
    check_deadline,
    check_places,
    check_slug,
    check_zone,
)
from eventhub.events.services.shared import apply, check_open, check_version, instant_of, log
from eventhub.i18n import LANGUAGES, Translated, _

MODES = ("in_person", "hybrid", "online")


def change_basics(
    event: Event,
    *,
    version: int | None = None,
    titles: Translated,
    summary: Translated,
    contact_email: str,
    slug: str | None = None,
    code: str | None = None,
    accent: str | None = None,
    series_id: int | None = None,
    actor: Actor,
) -> Event:
    """Change how the event is called, reached and coloured.

    Address and code change only until it is published. What is None stays, the series excepted.
    """
    _begin(event, version)
    if not titles:
        raise Invalid(_("Write the title of the event."), "title")
    if accent is not None and accent not in rules.ACCENTS:
        raise Invalid(_("Choose one from the list."), "accent")
    values: dict[str, Any] = {
        "titles": titles,
        "summary": summary,
        "contact_email": contact_email,
        "accent": accent or event.accent,
        "series_id": series_id,
    }
    if slug is not None and slug != event.slug:
        _only_before_publishing(event, "slug")
        values["slug"] = check_slug(slug, but_of=event.id)
    if code is not None and code != event.code:
        _only_before_publishing(event, "code")
        values["code"] = check_code(code)
    apply(event, values, action="event.change", actor=actor)
    return event


def move_address(event: Event, slug: str, *, actor: Actor) -> Event:
    """Give a published event another address; the old one redirects for ever."""
    old = event.slug
    new = check_slug(slug, but_of=event.id)
    if new != old:
        insert_unless_there(OldSlug, {"slug": old, "event_id": event.id})
        apply(event, {"slug": new}, action="event.move", actor=actor)
    return event


def change_dates_and_place(
    event: Event,
    *,
    version: int | None = None,
    starts_on: date,
    ends_on: date,
    zone: str,
    cities: Translated,
    country_id: int | None = None,
    venue_id: int | None = None,
    venue_names: Translated,
    mode: str = "in_person",
    online_url: str | None = None,
    actor: Actor,
) -> Event:
    """Change when and where the event is; its instants follow the days and the zone."""
    _begin(event, version)
    check_days(starts_on, ends_on)
    check_zone(zone)
    if not cities:
        raise Invalid(_("Write the city in which it takes place."), "city")
    if mode not in MODES:
        raise Invalid(_("Choose one from the list."), "mode")
    if mode == "online" and not online_url:
        raise Invalid(_("Write the address at which people join."), "online_url")
    if online_url and not rules.is_web_address(online_url):
        said = _("Write an address that begins with https://.")
        raise Invalid(said, "online_url")
    values = {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "zone": zone,
        "starts_at": rules.day_begins(starts_on, zone),
        "ends_at": rules.day_ends(ends_on, zone),
        "city": cities.pick("en", event.languages),
        "cities": cities,
        "country_id": country_id,
        "venue_id": venue_id,
        "venue_names": venue_names,
        "mode": mode,
        "online_url": online_url or None,
    }
    values |= _window_instants(
        zone,
        event.registration_opens,
        event.registration_closes,
        event.registration_closes_fold,
    )
    apply(event, values, action="event.change", actor=actor)
    check_deadline(event)
    return event


def change_registration(
    event: Event,
    *,
    version: int | None = None,
    places: int,
    opens: datetime | None,
    closes: datetime,
    closes_fold: int | None = 0,
    confirmed: bool = False,
    actor: Actor,
) -> Event:
    """Change how many may come, and the wall times between which people can register.

    Nobody is put out: where more places are used than a lower number, Invalid says so, unless the
    caller has `confirmed` it. closes_fold None asks to choose where clocks show the deadline twice.
    """
    _begin(event, version)
    if check_places(places) < event.places and not confirmed:
        _check_used(event, places)
    values = {
        "places": places,
        "registration_opens": opens,
        "registration_closes": closes,
        "registration_closes_fold": closes_fold or 0,
    }
    values |= _window_instants(event.zone, opens, closes, closes_fold)
    apply(event, values, action="event.change", actor=actor)
    check_deadline(event)
    return event


def _check_used(event: Event, places: int) -> None:
    used = sum(count(event) for count in USED_PLACES)
    if used > places:
        sentence = _(
            "%(used)s places are used already. Nobody loses one, and nobody gets a new one until "
            "fewer are used. Confirm this below, or choose a higher number.",
            used=used,
        )
        raise Invalid(sentence, "places")


def change_languages(
    event: Event,
    *,
    version: int | None = None,
    languages: Sequence[str],
    working_languages: Sequence[str],
    interpretation: Sequence[str],
    actor: Actor,
) -> Event:
    """Change the languages of the pages (in the order in which texts fall back) and of the hall.

    A language that is taken away keeps its texts; they show again when it comes back.
    """
    _begin(event, version)
    wanted = list(dict.fromkeys(languages))
    if not wanted:
        raise Invalid(_("Choose at least one language for the pages."), "languages")
    values = {
        "languages": wanted,
        "working_languages": list(dict.fromkeys(working_languages)),
        "interpretation": list(dict.fromkeys(interpretation)),
    }
    for name, codes in values.items():
        if any(code not in LANGUAGES for code in codes):
            raise Invalid(_("Choose one from the list."), name)
    apply(event, values, action="event.change", actor=actor)
    return event


def change_switches(
    event: Event, *, version: int | None = None, on: Collection[str], actor: Actor
) -> Event:
    """Turn features on and off; what is off is absent, and comes back as it was."""
    _begin(event, version)
    if unknown := set(on) - set(rules.SWITCHES):
        raise Invalid(_("Choose one from the list."), sorted(unknown)[0])
    values = {"switches": [name for name in rules.SWITCHES if name in on]}
    apply(event, values, action="event.switch", actor=actor)
    return event


def change_setting(event: Event, feature: str, values: Mapping[str, Any], *, actor: Actor) -> None:
    """Keep what the event decided for a feature; what is not named stays as it was."""
    row = db.session.scalar(
        select(EventSetting).where(
            EventSetting.event_id == event.id, EventSetting.feature == feature
        )
    )
    if row is None:
        row = EventSetting(event_id=event.id, feature=feature, values={})
        db.session.add(row)
    before = dict(row.values)
    row.values = {**before, **values}
    db.session.flush()
    changes = {
        f"{feature}.{name}": (before.get(name), value)
        for name, value in values.items()
        if before.get(name) != value
    }
    if changes:
        log(actor, "event.setting", event, changes)


def _begin(event: Event, version: int | None) -> None:
    check_open(event)
    check_version(event, version, event_id=event.id)


def _only_before_publishing(event: Event, field: str) -> None:
    if event.published_at is not None:
        raise Conflict(_("This cannot change any more: the event was published with it."), field)


def _window_instants(
    zone: str, opens: datetime | None, closes: datetime, fold: int | None
) -> dict[str, datetime | None]:
    return {
        "registration_opens_at": instant_of(opens, zone, field="opens") if opens else None,
        "registration_closes_at": instant_of(closes, zone, fold=fold, field="closes"),
    }
