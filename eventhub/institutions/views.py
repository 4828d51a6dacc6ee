"""Institutions: the list, a new one, what one says of itself."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from eventhub.access.queries import all_grants_of
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError
from eventhub.i18n import LANGUAGES, _
from eventhub.institutions import services
from eventhub.institutions.forms import InstitutionForm, filled_in
from eventhub.institutions.queries import (
    all_institutions,
    country_of,
    get_institution,
    institutions_of,
)
from eventhub.institutions.words import KIND_NAMES
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.once import once

bp = Blueprint("institutions", __name__)


@bp.get("/manage/institutions")
@requires("institution.edit")
def list_institutions() -> ResponseReturnValue:
    """List the institutions that the reader looks after."""
    may_create = current_actor().may("institution.create")
    shown = all_institutions() if may_create else institutions_of(all_grants_of(current_user.id))
    return render_template(
        "institutions/list_institutions.html",
        institutions=shown,
        kinds=KIND_NAMES,
        may_create=may_create,
    )


@bp.route("/manage/institutions/new", methods=["GET", "POST"])
@requires("institution.create")
def new_institution() -> ResponseReturnValue:
    """Make an institution."""
    form = InstitutionForm()
    if form.is_good():

        def act() -> str:
            return services.create_institution(**form.details(), actor=current_actor()).ref

        try:
            ref = once(form.key.data or "", "institution.create", act)
            say(_("The institution is there. Now give somebody a role at it."))
            return redirect(url_for("people.show_institution_team", institution=ref))
        except DomainError as error:
            show_error(form, error)
    return _page(form, url_for("institutions.new_institution"), "")


@bp.route("/manage/institutions/<institution>", methods=["GET", "POST"])
@requires("institution.edit")
def edit_institution(institution: str) -> ResponseReturnValue:
    """Change what an institution says of itself."""
    row = get_institution(institution)
    form = filled_in(row, country_of(row))
    if form.is_good():
        try:
            with transaction():
                services.change_institution(
                    row, version=form.version_shown, **form.details(), actor=current_actor()
                )
            say(_("The institution is changed."))
            return redirect(url_for("institutions.list_institutions"))
        except DomainError as error:
            show_error(form, error)
    here = url_for("institutions.edit_institution", institution=institution)
    return _page(form, here, row.names.pick())


def _page(form: InstitutionForm, action: str, name: str) -> ResponseReturnValue:
    page = render_template(
        "institutions/edit_institution.html",
        form=form,
        action=action,
        name=name,
        name_fields=[form[f"name_{code}"] for code in ("en", *(c for c in LANGUAGES if c != "en"))],
    )
    return page, form.status
