"""A person's private page: where they stand, what lacks, their pass, their data."""

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from eventhub.config import Settings
from eventhub.core.db import transaction
from eventhub.core.errors import NotFound
from eventhub.events.rules import EventState
from eventhub.i18n import _
from eventhub.passes.models import Pass
from eventhub.passes.tokens import qr_text
from eventhub.photos.queries import find_photo
from eventhub.photos.services import jpeg_of
from eventhub.printing.qr import qr_svg
from eventhub.registration import services
from eventhub.registration.models import Registration
from eventhub.registration.queries import name_of, registrant, token_of
from eventhub.registration.rules import ENDED, State
from eventhub.registration.seams import PERSONAL_PANELS, Panel
from eventhub.registration.services import CHANGEABLE
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.frame import Frame, own
from eventhub.registration.views.modes import mode_panel
from eventhub.registration.views.path import next_url
from eventhub.registration.views.status import photo_todo, status_of
from eventhub.registration.views.whole import Whole, own_whole
from eventhub.web.access import BY_LINK, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm
from eventhub.web.once import once

QR_MM = 50


@bp.get("/my/<token>")
@requires(BY_LINK)
def show_own(token: str) -> ResponseReturnValue:
    """Show where the registration stands, what happens next and the one thing missing."""
    whole = own_whole(token)
    row, frame = whole.row, whole.frame
    status = status_of(frame, row, whole.entity)
    asks_photo = "photo" in frame.fields and row.state not in ENDED and not frame.is_off
    return render_template(
        "registration/own.html",
        **frame.page(),
        row=row,
        name=name_of(row).printed(),
        status=status,
        next_url=next_url(frame, row) if row.state == State.DRAFT else "",
        photo_todo=photo_todo(row, whole.photo, status.category) if asks_photo else "",
        qr=pass_svg(whole.entry) if _shows_pass(row, frame) else "",
        change=whole.change,
        may_go_on=frame.event.state == EventState.PUBLISHED,
        may_correct=not (frame.is_off or frame.is_over),
        panels=[] if frame.is_off else panels_of(whole),
        ways=_ways(row, frame),
        token=token,
    )


def _shows_pass(row: Registration, frame: Frame) -> bool:
    """Tell whether the person needs the pass: who joins from afar comes to no entrance."""
    comes = row.state == State.ACCREDITED and row.mode != "remote"
    return comes and not (frame.is_over or frame.is_off)


def _ways(row: Registration, frame: Frame) -> list[tuple[str, str]]:
    """Return the ways on from the private page: label and address."""
    token, is_archived = token_of(row), frame.event.state == EventState.ARCHIVED
    ways = []
    if row.state in CHANGEABLE and not is_archived:
        ways.append((_("My data"), url_for("registration.show_data", token=token)))
    ways.append(
        (_("A copy of what is held about you"), url_for("registration.copy_own", token=token))
    )
    if row.state not in ENDED:
        if not is_archived:
            ways.append((_("Withdraw"), url_for("registration.withdraw_own", token=token)))
        ways.append(
            (_("Make a new private link"), url_for("registration.make_new_link", token=token))
        )
    return ways


def panels_of(whole: Whole) -> list[Panel]:
    """Return how the person takes part, and what higher features show on the private page."""
    own_panel = mode_panel(whole.row, whole.frame, whole.terms)
    panels = [panel for make in PERSONAL_PANELS if (panel := make(whole.row)) is not None]
    panels += [own_panel] if own_panel else []
    return sorted(panels, key=lambda panel: panel.order)


def pass_svg(entry: Pass | None) -> Markup:
    """Return the QR code of the registration's pass; empty where it has none that is valid."""
    if entry is None or entry.state == "void":
        return Markup("")
    settings: Settings = current_app.extensions["eventhub.settings"]
    text = qr_text(entry, settings.host, is_https=settings.is_https)
    drawn = qr_svg(text, label=_("Your pass, to be read at the entrance"), size_mm=QR_MM)
    return Markup(drawn)  # noqa: S704  (drawn by us, the label escaped)


@bp.get("/my/<token>/photo.jpg")
@requires(BY_LINK)
def own_photo(token: str) -> ResponseReturnValue:
    """Show the person's own photo; `?small=1` the one for lists."""
    row, _frame = own(token)
    photo = find_photo(row.event_id, row.photo_id)
    if photo is None:
        raise NotFound
    small = "small" in request.args
    return Response(jpeg_of(photo, thumb=small), mimetype="image/jpeg")


@bp.route("/my/<token>/withdraw", methods=["GET", "POST"])
@requires(BY_LINK)
def withdraw_own(token: str) -> ResponseReturnValue:
    """Withdraw, after one page that says what follows."""
    row, frame = own(token)
    form = BaseForm()
    if row.state in ENDED:
        return redirect(url_for("registration.show_own", token=token))
    if frame.event.state == EventState.ARCHIVED:
        say(_("The event is archived: nothing of it changes any more."), "attention")
        return redirect(url_for("registration.show_own", token=token))
    if form.is_good():

        def act() -> str:
            services.withdraw(row.event_id, [row.id], actor=registrant(row))
            return row.ref

        once(form.key.data or "", f"registration.withdraw:{row.ref}", act)
        say(_("You have withdrawn. Thank you for telling us."))
        return redirect(url_for("registration.show_own", token=token))
    return _confirm(
        frame,
        form,
        token,
        heading=_("Withdraw from this event"),
        effect=_(
            "Your place goes to somebody else, and your pass is no longer valid. Only the "
            "organiser can undo this."
        )
        if row.state != State.DRAFT
        else _("Nothing was sent yet; what you typed is erased after some days."),
        label=_("Withdraw and free the place") if row.state != State.DRAFT else _("Withdraw"),
        kind="stop",
    )


@bp.route("/my/<token>/new-link", methods=["GET", "POST"])
@requires(BY_LINK)
def make_new_link(token: str) -> ResponseReturnValue:
    """Make the private link anew, so that the old one opens nothing any more."""
    row, frame = own(token)
    form = BaseForm()
    if form.is_good():
        with transaction():
            services.new_link(row, actor=registrant(row))
        say(_("This is your new private page. The old link no longer works."))
        return redirect(url_for("registration.show_own", token=token_of(row)))
    return _confirm(
        frame,
        form,
        token,
        heading=_("Make a new private link"),
        effect=_(
            "Do this if the link was shared too widely. The old one stops working at once, and "
            "the new one goes to the e-mail address of this registration."
        ),
        label=_("Make a new link"),
        kind="primary",
    )


def _confirm(frame: Frame, form: BaseForm, token: str, **words: str) -> ResponseReturnValue:
    page = render_template(
        "registration/confirm.html",
        **frame.page(),
        form=form,
        here_url=request.path,
        back_url=url_for("registration.show_own", token=token),
        **words,
    )
    return page, form.status
