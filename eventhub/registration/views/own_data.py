"""What a person told us: seeing it, changing it, correcting what was returned."""

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from eventhub.core.errors import DomainError, Invalid, NotFound
from eventhub.i18n import _
from eventhub.registration import services
from eventhub.registration.forms.choices import honorifics
from eventhub.registration.forms.consents import ConsentForm
from eventhub.registration.forms.delegate import FIELD_OF, DelegateForm, tell
from eventhub.registration.models import Registration
from eventhub.registration.queries import consents_of, open_changes, registrant
from eventhub.registration.rules import CONSENTS, State, reopened
from eventhub.registration.services import CHANGEABLE
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.fields import CONTACT, NAMES, WHO, values_of
from eventhub.registration.views.frame import Frame, own
from eventhub.registration.views.path import keep_sent_photo, save_consents, version_in
from eventhub.registration.views.printable import warn_of_letters
from eventhub.registration.views.shown import shown
from eventhub.registration.views.status import status_of
from eventhub.registration.views.steps import photo_url, save_needs, step_form
from eventhub.web.access import BY_LINK, requires
from eventhub.web.context import say
from eventhub.web.forms import is_sent
from eventhub.web.once import once

GROUPS: dict[str, tuple[str, ...]] = {
    "who": WHO,
    "names": NAMES,
    "contact": (*CONTACT, "admission"),
    "needs": ("answers", "needs_consent"),
    "photo": ("photo",),
}
"""Fields that are changed together, by the last part of the page's address."""


@bp.get("/my/<token>/data")
@requires(BY_LINK)
def show_data(token: str) -> ResponseReturnValue:
    """Show everything the person told us, and what waits to be agreed to."""
    row, frame = own(token)
    changeable = row.state in CHANGEABLE
    return render_template(
        "registration/own_data.html",
        **frame.page(),
        groups=shown(frame, row),
        changeable=changeable,
        says_how=changeable and not frame.is_one_page,
        change=open_changes(row.event_id, [row.id]).get(row.id),
        photo_url=photo_url(row),
        asks_photo="photo" in frame.fields,
        asks_consents="consents" in frame.fields and changeable,
        token=token,
    )


@bp.route("/my/<token>/data/<group>", methods=["GET", "POST"])
@requires(BY_LINK)
def change_data(token: str, group: str) -> ResponseReturnValue:
    """Change some of it: at once, or by a request where an officer must agree (R1.4)."""
    row, frame = own(token)
    fields = GROUPS.get(group)
    if fields is None:
        raise NotFound
    if row.state not in CHANGEABLE:
        return redirect(url_for("registration.show_own", token=token))
    form = step_form(frame, row, fields)
    if not [one for one in form if one.name not in ("key", "version", "issued")]:
        raise NotFound

    def act() -> str:
        if group == "needs":
            save_needs(row, form)
            return "saved"
        if group == "photo":
            return "photo"
        asked = services.request_change(
            row, values_of(frame, form), version=version_in(form), actor=registrant(row)
        )
        return "asked" if asked is not None else "saved"

    def done(answer: str) -> ResponseReturnValue:
        warn_of_letters(values_of(frame, form))
        words = {
            "asked": _("Your change was sent to the organiser. The old data count until it is "
                       "agreed to."),
            "photo": _("Your photo was received. The organiser looks at it."),
        }  # fmt: skip
        say(words.get(answer, _("Your data are saved.")))
        return redirect(url_for("registration.show_data", token=token))

    return _handle(frame, row, form, "registration/change_data.html", act, done, token=token)


@bp.route("/my/<token>/consents", methods=["GET", "POST"])
@requires(BY_LINK)
def change_consents(token: str) -> ResponseReturnValue:
    """Give consents or take them back (R7.5)."""
    row, frame = own(token)
    if row.state not in CHANGEABLE or "consents" not in frame.fields:
        return redirect(url_for("registration.show_own", token=token))
    there = consents_of(row.event_id, row.id)
    form = ConsentForm(**{purpose: consent.is_given for purpose, consent in there.items()
                          if purpose in CONSENTS})  # fmt: skip
    if form.is_good():
        agreed = {purpose: bool(form[purpose].data) for purpose in CONSENTS}

        def act() -> str:
            save_consents(row, agreed)
            return row.ref

        once(form.key.data or "", f"registration.consents:{row.ref}", act)
        say(_("Your choices are saved."))
        return redirect(url_for("registration.show_data", token=token))
    page = render_template(
        "registration/change_consents.html",
        **frame.page(),
        form=form,
        consents=[form[purpose] for purpose in CONSENTS],
        back_url=url_for("registration.show_data", token=token),
        here_url=request.path,
    )
    return page, form.status


@bp.route("/my/<token>/correct", methods=["GET", "POST"])
@requires(BY_LINK)
def correct(token: str) -> ResponseReturnValue:
    """Correct what an officer marked, and send it again."""
    row, frame = own(token)
    if row.state != State.RETURNED:
        return redirect(url_for("registration.show_own", token=token))
    form = step_form(frame, row, marked_fields(row))

    def act() -> str:
        actor = registrant(row)
        values = values_of(frame, form)
        services.save_step(row, "correct", values, version=version_in(form), actor=actor)
        if form.asked:
            save_needs(row, form)
        services.submit(row.event_id, [row.id], actor=actor)
        return row.ref

    def done(_answer: str) -> ResponseReturnValue:
        say(_("Your correction was received. You get an e-mail as soon as it is decided."))
        return redirect(url_for("registration.show_own", token=token))

    status = status_of(frame, row)
    return _handle(
        frame, row, form, "registration/correct.html", act, done, token=token, status=status
    )


def marked_fields(row: Registration) -> list[str]:
    """Return the form fields of what was returned, in the order of the form."""
    names = {FIELD_OF.get(name, name) for name in reopened(row.returned_fields)}
    if "entity" in names:
        names |= {"other_entity", "similar"}
    if "answers" in names:
        names.add("needs_consent")
    order = (*WHO, *NAMES, *CONTACT, "admission", "photo", "answers", "needs_consent")
    return [name for name in order if name in names]


def _no_photo(form: DelegateForm) -> DomainError | None:
    """Refuse a page that is there for a photo alone and brings none."""
    sent = request.files.get("photo")
    is_alone = [field.name for field in form if not isinstance(field, HiddenField)] == ["photo"]
    if not is_alone or (sent is not None and sent.filename):
        return None
    return Invalid(_("Choose the photo that you want to send."), field="photo")


def _handle(
    frame: Frame,
    row: Registration,
    form: DelegateForm,
    template: str,
    act: Callable[[], str],
    done: Callable[[str], ResponseReturnValue],
    **values: Any,
) -> ResponseReturnValue:
    """Show the form, or do what it asks once; a photo is kept whatever else is wrong."""
    if is_sent():
        refused = _no_photo(form) or keep_sent_photo(form, row)
        good = form.is_good()
        try:
            if refused is not None:
                raise refused
            if good:
                purpose = f"{request.endpoint}:{row.ref}:{request.path.rpartition('/')[2]}"
                return done(once(form.key.data or "", purpose, act))
        except DomainError as error:
            tell(form, error)
            form.version.data = str(row.version)
    page = render_template(
        template,
        **frame.page(),
        row=row,
        form=form,
        photo_url=photo_url(row),
        here_url=request.path,
        back_url=url_for("registration.show_data", token=values["token"]),
        honorifics=honorifics(),
        **values,
    )
    return page, form.status
