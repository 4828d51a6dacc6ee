"""Making an event in three screens and seven typed answers: what, who may come, check."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from eventhub.access.queries import all_grants_of
from eventhub.access.rules import ROLES
from eventhub.core import clock
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, Invalid
from eventhub.events import queries, rules, services, words
from eventhub.events.forms import NewEventForm, PublishForm, WhoForm
from eventhub.events.models import Event
from eventhub.events.views.blueprint import bp
from eventhub.events.views.shared import (
    as_fold,
    as_version,
    asks_fold,
    home_url,
    keep_version,
    share_text,
)
from eventhub.i18n import LANGUAGES, _, current
from eventhub.i18n.times import event_time, number, span, zone_city
from eventhub.institutions.models import Institution
from eventhub.institutions.queries import institutions_of
from eventhub.web.access import current_actor, current_place, requires
from eventhub.web.context import say
from eventhub.web.fields import language_choices, refuse
from eventhub.web.once import once
from eventhub.web.urls import absolute
from eventhub.web.zones import zone_choices

SCREENS = 3


def own_institutions(permission: str) -> list[Institution]:
    """Return the institutions at which the signed-in account holds the permission."""
    now = clock.now()
    return institutions_of(
        grant
        for grant in all_grants_of(current_user.id)
        if grant.role in ROLES
        and permission in ROLES[grant.role].permissions
        and (grant.ends_at is None or grant.ends_at > now)
    )


@bp.route("/manage/events")
@requires("event.list")
def list_mine() -> ResponseReturnValue:
    """List the events of the person's institutions, and those the person has a role at."""
    grants = all_grants_of(current_user.id)
    rows = queries.events_of(
        ids={grant.event_id for grant in grants if grant.event_id is not None},
        institution_ids={one.id for one in own_institutions("event.list")},
    )
    own = {
        grant.event_id
        for grant in grants
        if grant.role in ROLES and "event.view" in ROLES[grant.role].permissions
    }
    return render_template(
        "events/list_mine.html",
        rows=[
            {
                "event": event,
                "days": span(event.starts_on, event.ends_on),
                "where": words.where_of(event),
                "kind": words.PRESETS[event.preset],
                "state": (words.STATES[event.state], words.STATE_KINDS[event.state]),
                "url": home_url(event) if event.id in own else None,
            }
            for event in rows
        ],
    )


@bp.route("/manage/events/new", methods=["GET", "POST"])
@requires("event.create")
def new_event() -> ResponseReturnValue:
    """First screen: what. Makes the draft, so that nothing typed is lost."""
    institutions = own_institutions("event.create")
    if not institutions:
        abort(404)
    zones = zones_for(institutions)
    language = current() if current() in institutions[0].languages else institutions[0].languages[0]
    form = NewEventForm(data={"language": language})
    form.institution.choices = {one.ref: one.names.pick() for one in institutions}
    form.language.choices = language_choices()
    others = zone_choices() if request.method == "POST" else []
    form.zone.choices = {
        "": _("As the city has it"),
        **zones,
        **{name: said for name, said in others if name not in zones},
    }
    if len(institutions) == 1:
        form.institution.data = institutions[0].ref
    if form.is_good():
        try:
            slug = once(
                form.key.data or "", "events.new_event", lambda: _create(form, institutions)
            )
            return redirect(url_for("events.set_up_people", slug=slug))
        except DomainError as error:
            refuse(form, error)
    page = render_template(
        "events/new_event.html",
        form=form,
        several=len(institutions) > 1,
        zones=len(zones) > 1 or bool(form.zone.errors or form.zone.data),
        sentences={code: str(said) for code, said in words.PRESET_SENTENCES.items()},
    )
    return page, form.status


def zones_for(institutions: list[Institution]) -> dict[str, str]:
    """Return the zones to choose from: those of the institutions, then those of their countries."""
    found = [one.zone for one in institutions]
    for iso2 in queries.countries_of(one.country_id for one in institutions):
        found.extend(rules.zones_of_country(iso2))
    return {zone: _("%(city)s time", city=zone_city(zone)) for zone in dict.fromkeys(found)}


def _create(form: Any, institutions: list[Institution]) -> str:
    chosen = [one for one in institutions if one.ref == form.institution.data]
    if not chosen:
        raise Invalid(_("Choose one from the list."), "institution")
    starts_on, ends_on = form.starts_on.data, form.ends_on.data
    zone = form.zone.data or _zone_at(form.city.data or "", chosen[0])
    if starts_on < rules.local(clock.now(), zone).date():
        raise Invalid(_("This day has passed. Write a day to come."), "starts_on")
    event = services.create_event(
        preset=form.preset.data,
        institution_id=chosen[0].id,
        title=form.title.data or "",
        language=form.language.data,
        starts_on=starts_on,
        ends_on=ends_on,
        city=form.city.data or "",
        zone=zone,
        actor=current_actor(),
    )
    return event.slug


def _zone_at(city: str, institution: Institution) -> str:
    """Return the zone of the city, else that of an institution that meets in its own country.

    A mission works abroad and most cities bear no zone's name: a guess would put all deadlines
    hours off, so the person is asked. Raises Invalid then.
    """
    found = rules.zone_of_city(city)
    if found:
        return found
    if institution.kind != "mission":
        for iso2 in queries.countries_of([institution.country_id]):
            if institution.zone in rules.zones_of_country(iso2):
                return institution.zone
    raise Invalid(_("Choose the time zone of %(city)s; we do not know it.", city=city), "zone")


@bp.route("/manage/<slug>/set-up/people", methods=["GET", "POST"])
@requires("event.edit")
def set_up_people(slug: str) -> ResponseReturnValue:
    """Second screen: who may come."""
    event = queries.get_event(slug)
    form = WhoForm(
        data={
            "version": event.version,
            "places": event.places,
            "closes": event.registration_closes,
            "contact_email": event.contact_email,
        }
    )
    if form.is_good():
        try:
            with transaction():
                _set_people(queries.get_event(slug), form)
            return redirect(url_for("events.set_up_check", slug=slug))
        except DomainError as error:
            event = queries.get_event(slug)
            refuse(form, error)
            keep_version(form, event)
    page = render_template(
        "events/set_up_people.html",
        form=form,
        event=event,
        categories=[one for one in queries.categories_of(event.id) if one.is_on],
        ask_fold=asks_fold(form, event),
        sentence=words.PRESET_SENTENCES[event.preset],
    )
    return page, form.status


def _set_people(event: Event, form: Any) -> None:
    services.change_registration(
        event,
        version=as_version(form.version.data),
        places=form.places.data,
        opens=event.registration_opens,
        closes=form.closes.data,
        closes_fold=as_fold(form.closes_fold.data),
        actor=current_actor(),
    )
    services.change_basics(
        event,
        titles=event.titles,
        summary=event.summary,
        contact_email=form.contact_email.data or "",
        series_id=event.series_id,
        actor=current_actor(),
    )


@bp.route("/manage/<slug>/set-up/check", methods=["GET", "POST"])
@requires("event.publish")
def set_up_check(slug: str) -> ResponseReturnValue:
    """Third screen: check, and publish."""
    event = queries.get_event(slug)
    form = PublishForm()
    if form.is_good():
        try:
            once(form.key.data or "", "events.publish", lambda: _publish(slug))
            return redirect(url_for("events.set_up_done", slug=slug))
        except DomainError as error:
            event = queries.get_event(slug)
            refuse(form, error)
    page = render_template(
        "events/set_up_check.html",
        form=form,
        event=event,
        rows=answers(event),
        address=absolute("events.to_language", slug=slug),
        on=[words.SWITCHES[name] for name in event.switches],
    )
    return page, form.status


def _publish(slug: str) -> str:
    return services.publish_event(queries.get_event(slug), actor=current_actor()).slug


def answers(event: Event) -> list[tuple[str, str, str, bool]]:
    """Return what was answered: term, value, where to change it, is it the default."""
    dates = url_for("events.settings_dates", slug=event.slug)
    basics = url_for("events.settings_basics", slug=event.slug)
    people = url_for("events.set_up_people", slug=event.slug)
    languages = url_for("events.settings_languages", slug=event.slug)
    own_names = _(", ").join(LANGUAGES[code].own_name for code in event.languages)
    return [
        (_("Kind"), str(words.PRESETS[event.preset]), "", False),
        (_("Title"), event.title(), basics, False),
        (_("Days"), span(event.starts_on, event.ends_on), dates, False),
        (_("City"), words.city_of(event), dates, False),
        (_("Time zone"), zone_city(event.zone), dates, "zone" not in event.touched),
        (_("Places"), number(event.places), people, "places" not in event.touched),
        (
            _("Reply deadline"),
            event_time(event.registration_closes_at, event.zone, words.city_of(event)),
            people,
            "registration_closes" not in event.touched,
        ),
        (
            _("Questions go to"),
            event.contact_email,
            people,
            "contact_email" not in event.touched,
        ),
        (_("Languages"), own_names, languages, "languages" not in event.touched),
    ]


@bp.route("/manage/<slug>/set-up/done")
@requires("event.edit")
def set_up_done(slug: str) -> ResponseReturnValue:
    """Say that the page is live, and give what is needed to tell people of it."""
    event = queries.get_event(slug)
    if event.published_at is None:
        return redirect(url_for("events.set_up_check", slug=slug))
    return render_template(
        "events/set_up_done.html",
        event=event,
        address=absolute("events.to_language", slug=slug),
        share=share_text(event),
        home=home_url(event),
    )


@bp.route("/manage/<slug>/set-up/delete", methods=["GET", "POST"])
@requires("event.publish")
def set_up_delete(slug: str) -> ResponseReturnValue:
    """Delete a draft that was never public."""
    event = queries.get_event(slug)
    form = PublishForm()
    if form.is_good():
        try:
            with transaction():
                gone = services.delete_draft(queries.get_event(slug), actor=current_actor())
            services.destroy_keys(gone)
            say(_("The draft is deleted."))
            return redirect(url_for("events.list_mine"))
        except DomainError as error:
            event = queries.get_event(slug)
            refuse(form, error)
    page = render_template(
        "events/set_up_delete.html", form=form, event=event, title=current_place().title.pick()
    )
    return page, form.status
