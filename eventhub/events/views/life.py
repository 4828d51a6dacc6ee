"""An event's life: publish, postpone, cancel, archive; copies and rehearsals."""

from collections.abc import Callable
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core import clock
from eventhub.events import forms, queries, rules, services, words
from eventhub.events.models import Event
from eventhub.events.rules import EventState
from eventhub.events.views.blueprint import bp
from eventhub.events.views.shared import act_once
from eventhub.i18n import Translated, _, lazy_gettext, ngettext
from eventhub.i18n.times import plain_day
from eventhub.web.access import current_actor, requires
from eventhub.web.fields import in_languages, said_in, text_in


@bp.route("/manage/<slug>/settings/life")
@requires("event.copy")
def settings_life(slug: str) -> ResponseReturnValue:
    """Show where the event stands, what can follow, and what happened."""
    event = queries.get_event(slug)
    over = clock.now() >= event.ends_at
    return render_template(
        "events/settings_life.html",
        event=event,
        state_word=words.STATES[event.state],
        kind=words.STATE_KINDS[event.state],
        may={str(to) for to in rules.TRANSITIONS[event.state]}
        - (set() if over or event.state == EventState.CANCELLED else {"archived"}),
        notes=[
            (plain_day(note.at.date()), said_of(note.kind, note.text))
            for note in queries.notes_of(event.id)
        ],
    )


def said_of(kind: str, text: str) -> str:
    """Return what happened, as a sentence."""
    n = int(text) if text.isdecimal() else 0
    sentences = {
        "published": _("Published."),
        "resumed": _resumed(n),
        "postponed": ngettext("Postponed; %(n)s person told.", "Postponed; %(n)s people told.", n),
        "cancelled": ngettext("Cancelled; %(n)s person told.", "Cancelled; %(n)s people told.", n),
        "archived": _("Archived."),
        "rehearsal": _("Made as a rehearsal of %(event)s.", event=text),
    }
    return sentences.get(kind, text)


def _resumed(n: int) -> str:
    if not n:
        return _("On again after it was postponed.")
    return ngettext("On again; %(n)s person told.", "On again; %(n)s people told.", n)


@bp.route("/manage/<slug>/settings/life/postpone", methods=["GET", "POST"])
@requires("event.cancel")
def settings_postpone(slug: str) -> ResponseReturnValue:
    """Postpone the event, after saying how many are told."""
    return _stop(slug, EventState.POSTPONED)


@bp.route("/manage/<slug>/settings/life/cancel", methods=["GET", "POST"])
@requires("event.cancel")
def settings_cancel(slug: str) -> ResponseReturnValue:
    """Cancel the event, after saying how many are told."""
    return _stop(slug, EventState.CANCELLED)


def _stop(slug: str, to: EventState) -> ResponseReturnValue:
    event = queries.get_event(slug)
    kind = in_languages(
        forms.LifeForm, event.languages, notice=text_in(lazy_gettext("Notice"), longest=1000)
    )
    form: Any = kind()
    service = {
        EventState.POSTPONED: services.postpone_event,
        EventState.CANCELLED: services.cancel_event,
    }[to]

    def act(row: Event) -> str:
        notice = said_in(form, "notice", Translated())
        return str(service(row, notice=notice, actor=current_actor()))

    if form.is_good():
        answer = act_once(
            form, event, act, what=f"events.{to}", then=lambda _told: _life_url(slug),
            done=lambda told: ngettext(
                "Done. %(n)s person is told by e-mail.",
                "Done. %(n)s people are told by e-mail.",
                int(told or 0),
            ),
        )  # fmt: skip
        if answer:
            return answer
    page = render_template(
        "events/settings_stop.html",
        form=form,
        event=queries.get_event(slug),
        to=str(to),
        told=len(services.audience(event.id)),
    )
    return page, form.status


@bp.route("/manage/<slug>/settings/life/archive", methods=["GET", "POST"])
@requires("event.cancel")
def settings_archive(slug: str) -> ResponseReturnValue:
    """Archive the event."""
    return _confirm(
        slug,
        services.archive_event,
        "events/settings_archive.html",
        lambda _slug: _("The event is archived."),
    )


@bp.route("/manage/<slug>/settings/life/resume", methods=["GET", "POST"])
@requires("event.publish")
def settings_resume(slug: str) -> ResponseReturnValue:
    """Say that a postponed event is on again."""
    return _confirm(
        slug,
        services.publish_event,
        "events/settings_resume.html",
        lambda _slug: _("The event is on again."),
    )


def _confirm(
    slug: str, service: Callable[..., Event], template: str, done: Callable[[str], str]
) -> ResponseReturnValue:
    """Show a page of one button, and do what it says."""
    event = queries.get_event(slug)
    form: Any = forms.PublishForm()

    def act(row: Event) -> str:
        return service(row, actor=current_actor()).slug

    if form.is_good():
        answer = act_once(form, event, act, what=template, then=_life_url, done=done)
        if answer:
            return answer
    told = len(services.audience(event.id)) if event.state == EventState.POSTPONED else 0
    page = render_template(template, form=form, event=queries.get_event(slug), told=told)
    return page, form.status


def _life_url(slug: str) -> str:
    return url_for("events.settings_life", slug=slug)


@bp.route("/manage/<slug>/settings/address", methods=["GET", "POST"])
@requires("event.publish")
def settings_address(slug: str) -> ResponseReturnValue:
    """Give a public event another address; the old one redirects."""
    event = queries.get_event(slug)
    form: Any = forms.AddressForm(data={"slug": event.slug})

    def act(row: Event) -> str:
        return services.move_address(row, form.slug.data, actor=current_actor()).slug

    if form.is_good():
        answer = act_once(
            form, event, act, what="events.move",
            then=lambda new: url_for("events.settings_basics", slug=new),
            done=lambda _new: _("The page has a new address. The old one leads to it."),
        )  # fmt: skip
        if answer:
            return answer
    page = render_template("events/settings_address.html", form=form, event=queries.get_event(slug))
    return page, form.status


@bp.route("/manage/<slug>/copy", methods=["GET", "POST"])
@requires("event.copy")
def copy(slug: str) -> ResponseReturnValue:
    """Copy the event's set-up, without its people."""
    event = queries.get_event(slug)
    form: Any = forms.CopyForm()

    def act(row: Event) -> str:
        title = form.title.data or None
        starts_on, actor = form.starts_on.data, current_actor()
        return services.copy_event(row, starts_on=starts_on, title=title, actor=actor).slug

    if form.is_good():
        answer = act_once(
            form, event, act, what="events.copy",
            then=lambda new: url_for("events.set_up_check", slug=new),
            done=lambda _new: _(
                "Copied. Days and deadlines are moved; look at them before you publish."
            ),
        )  # fmt: skip
        if answer:
            return answer
    page = render_template("events/copy.html", form=form, event=queries.get_event(slug))
    return page, form.status
