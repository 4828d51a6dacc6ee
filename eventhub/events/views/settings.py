"""Settings of an event: basics, dates and place, registration, languages, switches."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.entities.queries import get_entity
from eventhub.events import forms, queries, rules, services, words
from eventhub.events.models import Event
from eventhub.events.views.blueprint import bp
from eventhub.events.views.shared import (
    as_fold,
    as_version,
    asks_fold,
    country_choices,
    save,
)
from eventhub.i18n import LANGUAGES, _, lazy_gettext, ngettext, pgettext
from eventhub.i18n.times import number, span
from eventhub.venues.queries import find_venue_by_id
from eventhub.web.access import current_actor, requires, rule_of
from eventhub.web.fields import (
    every_language,
    in_languages,
    line_in,
    said_in,
    shown_in,
    text_in,
)
from eventhub.web.zones import zone_choices

BEFORE_LIFE = 9
"""Where the team stands among the sections: after what the event is, before what becomes of it."""


@bp.route("/manage/<slug>/settings")
@requires("event.copy")
def show_settings(slug: str) -> ResponseReturnValue:
    """Show what can be set, and what of it is still the default."""
    event = queries.get_event(slug)
    return render_template("events/show_settings.html", event=event, tasks=tasks(event))


def tasks(event: Event) -> list[dict[str, str]]:
    """Return the sections of the settings, each with a phrase that says how it stands."""
    own_names = _(", ").join(LANGUAGES[code].own_name for code in event.languages)
    on = [category for category in queries.categories_of(event.id) if category.is_on]
    rooms, pages = queries.rooms_of(event.id), queries.info_pages_of(event.id)
    switches = _(", ").join(str(words.SWITCHES[name]) for name in event.switches) or pgettext(
        "switches", "None"
    )
    rows = [
        (
            "events.settings_basics",
            _("Title, address and accent"),
            event.slug,
            {"accent", "summary"},
        ),
        (
            "events.settings_dates",
            _("Dates and place"),
            _(
                "%(days)s, %(where)s",
                days=span(event.starts_on, event.ends_on),
                where=words.where_of(event),
            ),
            None,
        ),
        (
            "events.settings_window",
            _("Registration"),
            _("%(places)s places", places=number(event.places)),
            {"places", "registration_closes"},
        ),
        ("events.settings_languages", _("Languages"), own_names, {"languages"}),
        ("events.settings_switches", _("What the event has"), switches, {"switches"}),
        (
            "events.settings_categories",
            _("Categories"),
            _(", ").join(category.name() for category in on),
            None,
        ),
        (
            "events.settings_hosts",
            _("Hosts and co-hosts"),
            _(", ").join(host.names.pick() for host in queries.hosts_of(event.id)),
            None,
        ),
        (
            "events.settings_rooms",
            _("Rooms"),
            ngettext("%(n)s room", "%(n)s rooms", len(rooms))
            if rooms
            else pgettext("room", "None"),
            None,
        ),
        (
            "events.settings_pages",
            _("Practical information"),
            _(", ").join(page.titles.pick(None, event.languages) for page in pages)
            or pgettext("page", "None"),
            None,
        ),
        (
            "events.settings_life",
            _("Publish, postpone, cancel, archive"),
            str(words.STATES[event.state]),
            None,
        ),
        ("events.copy", _("Copy this event"), _("its set-up, without its people"), None),
        ("rehearsals.rehearse", _("Rehearse this event"), _("a hidden copy, mails caught"), None),
    ]
    found = [
        {
            "label": label,
            "url": url_for(endpoint, slug=event.slug),
            "hint": hint,
            "phrase": _("default") if defaults and not defaults & set(event.touched) else "",
        }
        for endpoint, label, hint, defaults in rows
        if current_actor().may(rule_of(endpoint) or "")
    ]
    if current_actor().may("team.manage"):
        url = url_for("people.show_event_team", slug=event.slug)
        team = {"label": _("Team"), "url": url, "hint": _("who works on it, and as what")}
        found.insert(BEFORE_LIFE, {**team, "phrase": ""})
    return found


@bp.route("/manage/<slug>/settings/basics", methods=["GET", "POST"])
@requires("event.edit")
def settings_basics(slug: str) -> ResponseReturnValue:
    """Change title, summary, contact, address, code, accent, series."""
    event = queries.get_event(slug)
    series = queries.series_of(event.institution_id)
    kind = in_languages(
        forms.BasicsForm,
        event.languages,
        title=line_in(lazy_gettext("Title")),
        summary=text_in(lazy_gettext("What it is about"), longest=2000),
    )
    form: Any = kind(
        data={
            "version": event.version,
            "contact_email": event.contact_email,
            "slug": event.slug,
            "code": event.code,
            "accent": event.accent,
            "series": next((one.ref for one in series if one.id == event.series_id), ""),
            **shown_in("title", event.titles),
            **shown_in("summary", event.summary),
        }
    )
    none = {"": _("No series")}
    form.series.choices = none | {one.ref: one.titles.pick() for one in series}

    def change() -> None:
        fixed = event.published_at is not None
        services.change_basics(
            event,
            version=as_version(form.version.data),
            titles=said_in(form, "title", event.titles),
            summary=said_in(form, "summary", event.summary),
            contact_email=form.contact_email.data,
            slug=None if fixed else form.slug.data or None,
            code=None if fixed else form.code.data or None,
            accent=form.accent.data,
            series_id=next((one.id for one in series if one.ref == form.series.data), None),
            actor=current_actor(),
        )

    if form.is_good() and (answer := save(form, event, change, then="events.show_settings")):
        return answer
    page = render_template(
        "events/settings_basics.html", form=form, event=event, accents=rules.ACCENTS
    )
    return page, form.status


@bp.route("/manage/<slug>/settings/dates", methods=["GET", "POST"])
@requires("event.edit")
def settings_dates(slug: str) -> ResponseReturnValue:
    """Change when and where the event is."""
    event = queries.get_event(slug)
    country = queries.country_of(event)
    kind = in_languages(
        forms.DatesForm,
        event.languages,
        city=line_in(lazy_gettext("City"), longest=120),
        venue=line_in(lazy_gettext("Venue"), required=False),
    )
    form: Any = kind(
        data={
            "version": event.version,
            "starts_on": event.starts_on,
            "ends_on": event.ends_on,
            "zone": event.zone,
            "country": country.code if country else "",
            "mode": event.mode,
            "online_url": event.online_url,
            **shown_in("city", event.cities),
            **shown_in("venue", event.venue_names),
        }
    )
    form.zone.choices = dict(zone_choices()) | {event.zone: event.zone.replace("_", " ")}
    form.country.choices = country_choices()

    def change() -> None:
        code = form.country.data
        services.change_dates_and_place(
            event,
            version=as_version(form.version.data),
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            zone=form.zone.data,
            cities=said_in(form, "city", event.cities),
            country_id=get_entity(code).id if code else None,
            venue_id=event.venue_id,
            venue_names=said_in(form, "venue", event.venue_names),
            mode=form.mode.data,
            online_url=form.online_url.data or None,
            actor=current_actor(),
        )

    if form.is_good() and (answer := save(form, event, change, then="events.show_settings")):
        return answer
    page = render_template(
        "events/settings_dates.html",
        form=form,
        event=event,
        venue=find_venue_by_id(event.venue_id),
    )
    return page, form.status


@bp.route("/manage/<slug>/settings/registration", methods=["GET", "POST"])
@requires("event.edit")
def settings_window(slug: str) -> ResponseReturnValue:
    """Change how many may come, and when people can register."""
    event = queries.get_event(slug)
    form: Any = forms.WindowForm(
        data={
            "version": event.version,
            "places": event.places,
            "opens": event.registration_opens,
            "closes": event.registration_closes,
            "closes_fold": str(event.registration_closes_fold),
        }
    )

    def change() -> None:
        services.change_registration(
            event,
            version=as_version(form.version.data),
            places=form.places.data,
            opens=form.opens.data,
            closes=form.closes.data,
            closes_fold=as_fold(form.closes_fold.data),
            confirmed=form.confirmed.data,
            actor=current_actor(),
        )

    if form.is_good() and (answer := save(form, event, change, then="events.show_settings")):
        return answer
    page = render_template(
        "events/settings_window.html", form=form, event=event, ask_fold=asks_fold(form, event)
    )
    return page, form.status


@bp.route("/manage/<slug>/settings/languages", methods=["GET", "POST"])
@requires("event.edit")
def settings_languages(slug: str) -> ResponseReturnValue:
    """Change the languages of the pages and of the hall."""
    event = queries.get_event(slug)
    form: Any = forms.LanguagesForm(
        data={
            "version": event.version,
            "first": event.languages[0],
            "languages": event.languages,
            "working": event.working_languages,
            "interpretation": event.interpretation,
        }
    )
    form.first.choices = every_language()

    def change() -> None:
        kept = [code for code in event.languages if code in (form.languages.data or [])]
        services.change_languages(
            event,
            version=as_version(form.version.data),
            languages=[form.first.data, *kept, *(form.languages.data or [])],
            working_languages=form.working.data or [],
            interpretation=form.interpretation.data or [],
            actor=current_actor(),
        )

    if form.is_good() and (answer := save(form, event, change, then="events.show_settings")):
        return answer
    return render_template("events/settings_languages.html", form=form, event=event), form.status


@bp.route("/manage/<slug>/settings/switches", methods=["GET", "POST"])
@requires("event.edit")
def settings_switches(slug: str) -> ResponseReturnValue:
    """Turn features on and off."""
    event = queries.get_event(slug)
    form: Any = forms.SwitchesForm(data={"version": event.version, "on": event.switches})

    def change() -> None:
        services.change_switches(
            event,
            version=as_version(form.version.data),
            on=form.on.data or [],
            actor=current_actor(),
        )

    if form.is_good() and (answer := save(form, event, change, then="events.show_settings")):
        return answer
    sentences = {name: str(said) for name, said in words.SWITCH_SENTENCES.items()}
    page = render_template(
        "events/settings_switches.html", form=form, event=event, sentences=sentences
    )
    return page, form.status
