"""What the event decides about taking part from afar (R1.27)."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.db import transaction
from eventhub.core.errors import DomainError
from eventhub.events.queries import get_event
from eventhub.events.services import change_setting
from eventhub.i18n import Translated, _
from eventhub.places import forms
from eventhub.places.permissions import EDIT
from eventhub.places.views.blueprint import bp
from eventhub.registration.permissions import VIEW
from eventhub.registration.queries.remote import remote_settings_of
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import said_in, shown_in
from eventhub.web.forms import show_error


@bp.route("/manage/<slug>/places/remote", methods=["GET", "POST"])
@requires(VIEW, switch="remote", to_send=EDIT)
def change_remote(slug: str) -> ResponseReturnValue:
    """Change the rules for remote participants."""
    event = get_event(slug)
    kept = remote_settings_of(event.id)
    platform = Translated(kept.platform)
    data = {
        "per_session": kept.per_session, "is_marked": kept.is_marked, "phone": kept.phone,
        **shown_in("platform", platform),
    }  # fmt: skip
    form: Any = forms.remote_form(event.languages)(data=data)
    if event.mode != "hybrid":
        del form.per_session
        del form.is_marked
    if form.is_good():
        values = {
            "platform": dict(said_in(form, "platform", platform)),
            "phone": form.phone.data or "",
        } | {name: bool(form[name].data) for name in ("per_session", "is_marked") if name in form}
        try:
            with transaction():
                change_setting(get_event(slug), "remote", values, actor=current_actor())
            say(_("Saved."))
            return redirect(url_for("places.change_remote", slug=slug))
        except DomainError as error:
            event = get_event(slug)
            show_error(form, error)
    page = render_template(
        "places/remote.html", event=event, form=form, may_edit=current_actor().may(EDIT)
    )
    return page, form.status
