"""Pages that everybody may see: the front page, an event, its information, its privacy notice."""

from dataclasses import dataclass
from typing import Any

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from eventhub.core import clock
from eventhub.events import queries, rules, seams, words
from eventhub.events.linked_data import description, linked_data
from eventhub.events.models import Event, InfoPage
from eventhub.events.showing import (
    address_of,
    colours,
    in_its_language,
    languages_of,
    layout,
    public_event,
)
from eventhub.events.views.blueprint import bp
from eventhub.events.views.shared import share_text
from eventhub.i18n import LANGUAGES, _, current, direction
from eventhub.i18n.times import event_time, span
from eventhub.institutions.models import Institution
from eventhub.web.access import PUBLIC, requires
from eventhub.web.assets import YEAR
from eventhub.web.for_all import page_for_all
from eventhub.web.language import COOKIE, from_browser, switch
from eventhub.web.markdown import markdown
from eventhub.web.rosette import rosette
from eventhub.web.urls import absolute
from eventhub.web.zones import zone_choices

PAST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A public event and its institution, as its pages need them."""

    event: Event
    institution: Institution

    def page(self, *, reference: str | None = None, home: bool = False) -> dict[str, Any]:
        """Return what the layout of a public page of the event reads."""
        event = self.event
        categories = queries.categories_of(event.id)
        return {
            **layout(event, self.institution.names, categories, reference=reference, is_home=home),
            "page_languages": switch(languages_of(event)),
            "days": span(event.starts_on, event.ends_on),
            "where": words.where_of(event),
        }

    def where(self) -> dict[str, Any]:
        """Return the parts of the event's public addresses."""
        return address_of(self.event)


def shown(slug: str) -> Shown:
    """Return the public event at this address; ends the request where there is none."""
    return Shown(*public_event(slug))


@bp.route("/")
@requires(PUBLIC)
def front() -> ResponseReturnValue:
    """Show the events to come, and those that were."""
    now = clock.now()
    coming = queries.public_events(now, past=False)
    past = queries.public_events(now, past=True, limit=PAST_SHOWN)
    names = queries.host_names({event.institution_id for event in [*coming, *past]})
    return render_template(
        "events/front.html",
        coming=[line(event, names) for event in coming],
        past=[line(event, names) for event in past],
    )


def line(event: Event, institutions: dict[int, Any]) -> dict[str, Any]:
    """Return an event as lists show it."""
    now = clock.now()
    window = rules.registration_window(
        event.state,
        opens_at=event.registration_opens_at,
        closes_at=event.registration_closes_at,
        instant=now,
    )
    state = ("", "")
    if event.state in (rules.EventState.POSTPONED, rules.EventState.CANCELLED):
        state = (str(words.STATES[event.state]), words.STATE_KINDS[event.state])
    elif window == rules.Window.OPEN:
        state = (_("Registration is open"), "good")
    host = institutions.get(event.institution_id)
    return {
        "event": event,
        "title": event.title(),
        "title_language": event.titles.language(None, event.languages),
        "kind": str(words.PRESETS[event.preset]),
        "days": span(event.starts_on, event.ends_on),
        "where": words.where_of(event),
        "host": host.pick() if host else "",
        "state": state,
        "url": url_for("events.show", lang=reading_language(event), slug=event.slug),
    }


def reading_language(event: Event) -> str:
    """Return the present language where the event's pages speak it, else their first."""
    return current() if current() in event.languages else event.languages[0]


@bp.route("/<slug>")
@requires(PUBLIC)
def to_language(slug: str) -> ResponseReturnValue:
    """Send the reader to the event's page in the reader's language."""
    found = shown(slug)
    kept = request.cookies.get(COOKIE)
    languages = found.event.languages
    language = kept if kept in languages else from_browser(languages)
    return redirect(url_for("events.show", lang=language, slug=slug), 302)


@bp.route("/static-event/<slug>/<digest>.css")
@requires(PUBLIC)
def stylesheet(slug: str, digest: str) -> ResponseReturnValue:
    """Answer the event's own style rules: for a year where the address names their content."""
    event = queries.find_event(slug)
    if event is None:
        abort(404)
    text, right = queries.stylesheet_of(event.accent, colours(queries.categories_of(event.id)))
    answer = Response(text, mimetype="text/css")
    kept = f"public, max-age={YEAR}, immutable" if digest == right else "public, max-age=60"
    answer.headers["Cache-Control"] = kept
    answer.set_etag(right)
    return answer.make_conditional(request)


@bp.route("/<lang>/<slug>")
@requires(PUBLIC)
def show(lang: str, slug: str) -> ResponseReturnValue:
    """Show the event: what, where, when, and whether one may register."""
    found = shown(slug)
    event = found.event
    hosts = queries.hosts_of(event.id)
    country = queries.country_of(event)
    return page_for_all(
        "events/show.html",
        **found.page(home=True, reference=event.code),
        rosette=Markup(rosette(event.code, 112)),  # noqa: S704  (drawn by us)
        kind=words.PRESETS[event.preset],
        city=_("Online") if event.mode == "online" else words.city_of(event),
        venue=event.venue_names.pick(None, event.languages),
        stopped=words.stop_of(event),
        registration=registration(event),
        find_url=endpoint_url("registration.find", found),
        claim_url=endpoint_url("delegations.claim", found) if "letters" in event.switches else "",
        have_ready=have_ready(event),
        ways=ways(found),
        pages=pages(found, queries.info_pages_of(event.id, only_public=True)),
        hosts=[host.names.pick(None, event.languages) for host in hosts if not host.is_main],
        main_hosts=[host.names.pick(None, event.languages) for host in hosts if host.is_main],
        address=absolute("events.show", lang=lang, slug=slug),
        alternates=[
            (code, absolute("events.show", lang=code, slug=slug)) for code in event.languages
        ],
        summary=event.summary.pick(None, event.languages),
        description=description(event),
        linked_data=linked_data(
            event, found.institution.names, hosts, country.name() if country else ""
        ),
        share=share_text(event),
    )


def endpoint_url(endpoint: str, found: Shown) -> str | None:
    """Return the address of another feature's page of the event, where the feature is there."""
    if endpoint not in current_app.view_functions:
        return None
    return url_for(endpoint, **found.where())


def registration(event: Event) -> dict[str, Any]:
    """Return whether one may register now: the window, and the sentences that say it."""
    reader = request.args.get("tz", "")
    zone = reader if rules.is_zone(reader) else None
    city = words.city_of(event)

    def said(instant: Any) -> str:
        return event_time(instant, event.zone, city, reader_zone=zone)

    window = rules.registration_window(
        event.state,
        opens_at=event.registration_opens_at,
        closes_at=event.registration_closes_at,
        instant=clock.now(),
    )
    start = "registration.start"
    return {
        "window": str(window),
        "opens": said(event.registration_opens_at) if event.registration_opens_at else "",
        "closes": said(event.registration_closes_at),
        "url": url_for(start, lang=current(), slug=event.slug)
        if window == rules.Window.OPEN and start in current_app.view_functions
        else None,
        "minutes": rules.PRESETS[event.preset].minutes,
        "zone": zone,
    }


def have_ready(event: Event) -> list[str]:
    """Return what a person should have at hand before registering."""
    fields = rules.PRESETS[event.preset].fields
    said = {
        "entity": _("the State or organization that you represent"),
        "names": _("your names as they stand in your passport"),
        "functional_title": _("your title and your organization"),
        "grounds_pass": _("whether you hold a valid United Nations grounds pass"),
    }
    return [sentence for field, sentence in said.items() if field in fields]


def ways(found: Shown) -> list[tuple[str, str, str]]:
    """Return the ways on from the event's page: label, address, quiet phrase."""
    rows = [
        (_("Programme"), endpoint_url("agenda.public", found), ""),
        (_("Calendar"), endpoint_url("calendars.event_feed", found), _("a file for your own")),
    ]
    return [(label, url, phrase) for label, url, phrase in rows if url]


def pages(found: Shown, rows: list[InfoPage]) -> list[tuple[Markup, str]]:
    """Return title and address of each page of practical information."""
    languages = found.event.languages
    return [
        (
            in_its_language(row.titles, languages),
            url_for("events.show_practical", page=row.slug, **found.where()),
        )
        for row in rows
    ]


@bp.route("/<lang>/<slug>/practical/<page>")
@requires(PUBLIC)
def show_practical(lang: str, slug: str, page: str) -> ResponseReturnValue:
    """Show one page of practical information."""
    found = shown(slug)
    event = found.event
    rows = queries.info_pages_of(event.id, only_public=True)
    row = next((one for one in rows if one.slug == page), None)
    if row is None:
        abort(404)
    language = row.bodies.language(lang, event.languages) or lang
    return page_for_all(
        "events/show_practical.html",
        **found.page(),
        heading=row.titles.pick(None, event.languages),
        heading_language=row.titles.language(lang, event.languages),
        body=markdown(row.bodies.pick(None, event.languages)),
        body_language=language,
        body_direction=direction(language),
        is_other_language=language != lang,
        own_name=LANGUAGES[language].own_name if language in LANGUAGES else language,
        others=[
            (label, url)
            for (label, url), one in zip(pages(found, rows), rows, strict=True)
            if one.slug != page
        ],
    )


@bp.route("/<lang>/<slug>/privacy")
@requires(PUBLIC)
def show_privacy(lang: str, slug: str) -> ResponseReturnValue:
    """Show what is asked, what for, on what ground and how long it is kept (R7.1)."""
    found = shown(slug)
    event = found.event
    return page_for_all(
        "events/show_privacy.html",
        **found.page(),
        institution=found.institution.names.pick(None, event.languages),
        lines=[one for lines_of in seams.PRIVACY_FIELDS for one in lines_of(event.id)],
    )


@bp.route("/<lang>/<slug>/my-time")
@requires(PUBLIC)
def choose_zone(lang: str, slug: str) -> ResponseReturnValue:
    """Let the reader choose the city whose time stands beside the event's."""
    found = shown(slug)
    return page_for_all("events/choose_zone.html", **found.page(), zones=dict(zone_choices()))
