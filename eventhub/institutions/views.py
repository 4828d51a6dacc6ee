"""Institutions: the list, a new one, what one says of itself."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from eventhub.access.queries import all_grants_of
from eventhub.core.db import db, transaction
from eventhub.core.errors import DomainError, NotFound
from eventhub.files.models import StoredFile
from eventhub.i18n import LANGUAGES, Translated, _, lazy_gettext
from eventhub.institutions import services
from eventhub.institutions.forms import InstitutionForm, LetterheadForm, filled_in
from eventhub.institutions.letterheads import find_letterhead
from eventhub.institutions.queries import (
    all_institutions,
    country_of,
    get_institution,
    institutions_of,
)
from eventhub.institutions.words import KIND_NAMES
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.downloads import send_stored
from eventhub.web.fields import in_languages, line_in, said_in, shown_in, text_in
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
    return _page(
        form,
        here,
        row.names.pick(),
        letterhead_url=url_for("institutions.edit_letterhead", institution=institution),
        letter_texts_url=url_for(
            "delegations.edit_own_text", institution=institution, kind="note_verbale"
        ),
    )


TEXTS = {
    "headings": line_in(lazy_gettext("Heading"), required=False, longest=200),
    "addresses": text_in(lazy_gettext("Address"), longest=600),
    "footers": line_in(lazy_gettext("Footer"), required=False, longest=200),
    "signatories": line_in(lazy_gettext("Who signs letters"), required=False, longest=120),
    "signatory_titles": line_in(lazy_gettext("Title of who signs"), required=False, longest=200),
}


@bp.route("/manage/institutions/<institution>/letterhead", methods=["GET", "POST"])
@requires("institution.edit")
def edit_letterhead(institution: str) -> ResponseReturnValue:
    """Change what stands at the head and foot of the institution's letters."""
    row = get_institution(institution)
    kept = find_letterhead(row.id)
    languages = list(dict.fromkeys([*row.languages, "en"]))
    make = in_languages(LetterheadForm, languages, **TEXTS)
    given: dict[str, str] = {"version": str(kept.version if kept else 0)}
    for name in TEXTS:
        given |= shown_in(name, getattr(kept, name) if kept else Translated())
    form = make(data=given)
    if form.is_good():
        shown = form["version"].data or ""
        texts = {
            name: said_in(form, name, getattr(kept, name) if kept else Translated())
            for name in TEXTS
        }
        logo = form["logo"].data
        try:
            with transaction():
                services.save_letterhead(
                    row,
                    texts,
                    version=int(shown) if shown.isascii() and shown.isdigit() else 0,
                    logo=logo.read() if logo else b"",
                    actor=current_actor(),
                )
            say(_("The letterhead is changed."))
            return redirect(url_for("institutions.edit_letterhead", institution=institution))
        except DomainError as error:
            show_error(form, error)
    page = render_template(
        "institutions/edit_letterhead.html",
        form=form,
        institution=row,
        languages=[(code, LANGUAGES[code]) for code in languages],
        texts=list(TEXTS),
        has_logo=bool(kept and kept.logo_id),
    )
    return page, form.status


@bp.get("/manage/institutions/<institution>/logo")
@requires("institution.edit")
def show_logo(institution: str) -> ResponseReturnValue:
    """Answer with the logo of the letterhead."""
    kept = find_letterhead(get_institution(institution).id)
    row = db.session.get(StoredFile, kept.logo_id) if kept and kept.logo_id else None
    if row is None:
        raise NotFound
    return send_stored(row, inline=True)


def _page(form: InstitutionForm, action: str, name: str, **links: str) -> ResponseReturnValue:
    page = render_template(
        "institutions/edit_institution.html",
        form=form,
        action=action,
        name=name,
        name_fields=[form[f"name_{code}"] for code in ("en", *(c for c in LANGUAGES if c != "en"))],
        **links,
    )
    return page, form.status
