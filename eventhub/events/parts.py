"""What events contribute to lower packages: the place an address names, menu entries, mails."""

from flask import url_for

from eventhub.events import messages, queries, rules, seams
from eventhub.events.models import Event
from eventhub.i18n import _
from eventhub.mail.seams import CAUGHT, MESSAGES
from eventhub.people.seams import SCOPES, ScopeKind
from eventhub.web.seams import NAV, PLACES, NavEntry, Place

MENU = (
    NavEntry("events.list_mine", lambda _place: _("Events"), "event.list", 0, level="top"),
    NavEntry("events.new_event", lambda _place: _("New event"), "event.create", 90, level="top"),
    NavEntry(
        "events.show_settings",
        lambda _place: _("Settings"),
        "event.copy",
        80,
        prefixes=(
            "events.settings_",
            "events.set_up_",
            "events.copy",
            "rehearsals.rehearse",
            "people.show_event_team",
            "people.take_event_role",
        ),
    ),
)


def connect() -> None:
    """Fill the seams of lower packages; twice is harmless."""
    PLACES["slug"] = place_at
    MESSAGES["events.postponed"] = messages.postponed
    MESSAGES["events.resumed"] = messages.resumed
    MESSAGES["events.cancelled"] = messages.cancelled
    for entry in MENU:
        if entry not in NAV:
            NAV.append(entry)
    SCOPES["categories"] = ScopeKind("categories", lambda: _("Categories"), category_names)
    if queries.is_rehearsal not in CAUGHT:
        CAUGHT.append(queries.is_rehearsal)
    for stage in STAGES:
        if stage not in seams.STAGES:
            seams.STAGES.append(stage)


def category_names(event_id: int) -> list[tuple[int, str]]:
    """Return the categories for which a role may be given."""
    return [(category.id, category.name()) for category in queries.categories_of(event_id)]


def place_at(slug: str) -> Place | None:
    """Return the event at this address as every work page needs it: two statements."""
    found = queries.with_host(slug)
    if found is None:
        return None
    event, institution = found
    categories = queries.categories_of(event.id)
    _text, digest = queries.stylesheet_of(event.accent, [(c.code, c.colour) for c in categories])

    def of_desk(desk: str) -> frozenset[int]:
        return frozenset(
            category.id
            for category in categories
            if queries.rule_of(event, category).approver == desk
        )

    return Place(
        slug=event.slug,
        title=event.titles,
        institution_id=event.institution_id,
        institution_name=institution.names,
        event_id=event.id,
        ends_at=event.ends_at,
        switches=frozenset({*event.switches, *(["remote"] if event.mode != "in_person" else [])}),
        languages=tuple(event.languages),
        words=event.preset,
        code=event.code,
        state=event.state,
        is_rehearsal=event.rehearsal_of_id is not None,
        stylesheet=url_for("events.stylesheet", slug=event.slug, digest=digest),
        desk_categories=of_desk,
    )


def _set_up(event: Event) -> seams.StageState:
    missing = [
        sentence
        for is_missing, sentence in (
            (not event.summary, _("The page says nothing about the event yet.")),
            (not event.venue_names and event.mode != "online", _("The venue is not named yet.")),
            (not queries.info_pages_of(event.id), _("There is no practical information yet.")),
        )
        if is_missing
    ]
    sentence = missing[0] if missing else _("Everything that people ask about is there.")
    return seams.StageState(not missing, sentence, url_for("events.show_settings", slug=event.slug))


def _publish(event: Event) -> seams.StageState:
    url = url_for("events.settings_life", slug=event.slug)
    sentences = {
        rules.EventState.DRAFT: _("The public page is not there yet."),
        rules.EventState.PUBLISHED: _("The public page is live."),
        rules.EventState.POSTPONED: _("The event is postponed; the page says so."),
        rules.EventState.CANCELLED: _("The event is cancelled; the page says so."),
        rules.EventState.ARCHIVED: _("The event is archived; its pages stay."),
    }
    state = rules.EventState(event.state)
    return seams.StageState(state != rules.EventState.DRAFT, sentences[state], url)


STAGES = (
    seams.Stage("set_up", 10, lambda: _("Set up"), _set_up),
    seams.Stage("publish", 20, lambda: _("Publish"), _publish),
)
