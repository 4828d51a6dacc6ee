"""What several pages of an event's set-up do alike."""

from collections.abc import Callable
from typing import Any

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.db import transaction
from eventhub.core.errors import DomainError
from eventhub.entities.queries import choices as entity_choices
from eventhub.events import rules, words
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import _, current
from eventhub.i18n.times import span
from eventhub.web.context import say
from eventhub.web.fields import refuse
from eventhub.web.once import once
from eventhub.web.urls import absolute


def home_url(event: Event) -> str:
    """Return where work on the event begins: its home, else its settings."""
    home = "homes.show_event"
    endpoint = home if home in current_app.view_functions else "events.show_settings"
    return url_for(endpoint, slug=event.slug)


def as_version(raw: str | None) -> int:
    """Return the version that a form was filled from; 0, which none has, where it is nonsense."""
    return int(raw) if raw and raw.isascii() and raw.isdigit() and len(raw) < 9 else 0


def as_fold(raw: str | None) -> int | None:
    """Return the fold chosen, None where none was."""
    return int(raw) if raw in ("0", "1") else None


def asks_fold(form: Any, event: Event) -> bool:
    """Tell whether clocks show the deadline typed twice, so that one has to be chosen."""
    return form.closes.data is not None and rules.is_ambiguous(form.closes.data, event.zone)


def keep_version(form: Any, row: Any) -> None:
    """Let a refused form be sent again over what is stored now."""
    form.version.data = str(row.version)


def save(
    form: Any, event: Event, change: Callable[[], Any], *, then: str, row: Any = None
) -> ResponseReturnValue | None:
    """Make the change in one transaction and go on; None where the form is shown again.

    `row` is what the form's version belongs to, the event by default.
    """
    languages = list(event.languages)
    try:
        with transaction():
            change()
    except DomainError as error:
        refuse(form, error, languages)
        if "version" in form:
            keep_version(form, row or event)
        return None
    say(_("Saved."))
    return redirect(url_for(then, slug=event.slug))


def act_once(
    form: Any,
    event: Event,
    act: Callable[[Event], str],
    *,
    what: str,
    then: Callable[[str], str],
    done: Callable[[str], str],
) -> ResponseReturnValue | None:
    """Do once what a form asks, however often it is sent; None where the form is shown again.

    `act` gets the event as it is inside the transaction and returns a short text, from which
    `done` makes the sentence and `then` the address of the next page.
    """
    slug, languages = event.slug, list(event.languages)
    try:
        result = once(form.key.data, what, lambda: act(get_event(slug))) or ""
    except DomainError as error:
        refuse(form, error, languages)
        return None
    say(done(result))
    return redirect(then(result))


def country_choices() -> dict[str, Any]:
    """Return the States and organizations under their headings, an empty line first."""
    groups = {title: dict(rows) for title, rows in entity_choices(current()).items()}
    return {"": _("Not said")} | groups


def share_text(event: Event) -> str:
    """Return a text to paste into a message."""
    return _(
        "%(title)s\n%(days)s, %(where)s\n%(url)s",
        title=event.title(),
        days=span(event.starts_on, event.ends_on),
        where=words.where_of(event),
        url=absolute("events.to_language", slug=event.slug),
    )
