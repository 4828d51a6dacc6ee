"""An event's life: publish, postpone, cancel, archive; copies and rehearsals."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core import clock
from eventhub.core.errors import DomainError
from eventhub.events import forms, queries, rules, services, words
from eventhub.events.rules import EventState
from eventhub.events.views.blueprint import bp
from eventhub.events.views.shared import home_url
from eventhub.i18n import Translated, _, lazy_gettext
from eventhub.i18n.times import plain_day
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import in_languages, refuse, said_in, text_in
from eventhub.web.once import once


@bp.route("/manage/<slug>/settings/life")
@requires("event.edit")
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
    sentences = {
        "published": _("Published."),
        "resumed": _("On again after it was postponed."),
        "postponed": _("Postponed; %(n)s people told.", n=text),
        "cancelled": _("Cancelled; %(n)s people told.", n=text),
        "archived": _("Archived."),
        "rehearsal": _("Made as a rehearsal of %(event)s.", event=text),
    }
    return sentences.get(kind, text)


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
    services_of = {
        EventState.POSTPONED: services.postpone_event,
        EventState.CANCELLED: services.cancel_event,
    }

    def act() -> str:
        notice = said_in(form, "notice", Translated())
        row = queries.get_event(slug)
        return str(services_of[to](row, notice=notice, actor=current_actor()))

    if form.is_good():
        try:
            told = int(once(form.key.data, f"events.{to}", act) or 0)
            say(_("Done. %(n)s people are told by e-mail.", n=told))
            return redirect(url_for("events.settings_life", slug=slug))
        except DomainError as error:
            event = queries.get_event(slug)
            refuse(form, error, event.languages)
    page = render_template(
        "events/settings_stop.html",
        form=form,
        event=event,
        to=str(to),
        told=len(services.audience(event.id)),
    )
    return page, form.status


@bp.route("/manage/<slug>/settings/life/archive", methods=["GET", "POST"])
@requires("event.cancel")
def settings_archive(slug: str) -> ResponseReturnValue:
    """Archive the event."""
    event = queries.get_event(slug)
    form: Any = forms.PublishForm()

    def act() -> str:
        return services.archive_event(queries.get_event(slug), actor=current_actor()).slug

    if form.is_good():
        try:
            once(form.key.data, "events.archive", act)
            say(_("The event is archived."))
            return redirect(url_for("events.settings_life", slug=slug))
        except DomainError as error:
            event = queries.get_event(slug)
            refuse(form, error)
    return render_template("events/settings_archive.html", form=form, event=event), form.status


@bp.route("/manage/<slug>/settings/life/resume", methods=["GET", "POST"])
@requires("event.publish")
def settings_resume(slug: str) -> ResponseReturnValue:
    """Say that a postponed event is on again."""
    event = queries.get_event(slug)
    form: Any = forms.PublishForm()

    def act() -> str:
        return services.publish_event(queries.get_event(slug), actor=current_actor()).slug

    if form.is_good():
        try:
            once(form.key.data, "events.resume", act)
            say(_("The event is on again."))
            return redirect(url_for("events.settings_life", slug=slug))
        except DomainError as error:
            event = queries.get_event(slug)
            refuse(form, error)
    return render_template("events/settings_resume.html", form=form, event=event), form.status


@bp.route("/manage/<slug>/settings/address", methods=["GET", "POST"])
@requires("event.publish")
def settings_address(slug: str) -> ResponseReturnValue:
    """Give a public event another address; the old one redirects."""
    event = queries.get_event(slug)
    form: Any = forms.AddressForm(data={"slug": event.slug})

    def act() -> str:
        row = queries.get_event(slug)
        return services.move_address(row, form.slug.data, actor=current_actor()).slug

    if form.is_good():
        try:
            new = once(form.key.data, "events.move", act)
            say(_("The page has a new address. The old one leads to it."))
            return redirect(url_for("events.settings_basics", slug=new))
        except DomainError as error:
            event = queries.get_event(slug)
            refuse(form, error)
    return render_template("events/settings_address.html", form=form, event=event), form.status


@bp.route("/manage/<slug>/copy", methods=["GET", "POST"])
@requires("event.copy")
def copy(slug: str) -> ResponseReturnValue:
    """Copy the event's set-up, without its people."""
    event = queries.get_event(slug)
    form: Any = forms.CopyForm()

    def act() -> str:
        return services.copy_event(
            queries.get_event(slug),
            starts_on=form.starts_on.data,
            title=form.title.data or None,
            actor=current_actor(),
        ).slug

    if form.is_good():
        try:
            new = once(form.key.data, "events.copy", act)
            say(_("Copied. Days and deadlines are moved; look at them before you publish."))
            return redirect(url_for("events.set_up_check", slug=new))
        except DomainError as error:
            event = queries.get_event(slug)
            refuse(form, error)
    return render_template("events/copy.html", form=form, event=event), form.status


@bp.route("/manage/<slug>/rehearse", methods=["GET", "POST"])
@requires("event.copy")
def rehearse(slug: str) -> ResponseReturnValue:
    """Make a rehearsal: a hidden copy whose mails are caught."""
    event = queries.get_event(slug)
    today = rules.local(clock.now(), event.zone).date()
    form: Any = forms.RehearseForm(data={"starts_on": today})

    def act() -> str:
        return services.rehearse_event(
            queries.get_event(slug), starts_on=form.starts_on.data, actor=current_actor()
        ).slug

    if form.is_good():
        try:
            new = once(form.key.data, "events.rehearse", act)
            say(_("The rehearsal is ready. Its mails are caught; it is erased by itself."))
            return redirect(home_url(queries.get_event(new)))
        except DomainError as error:
            event = queries.get_event(slug)
            refuse(form, error)
    page = render_template(
        "events/rehearse.html", form=form, event=event, kept_days=services.REHEARSAL_DAYS
    )
    return page, form.status
