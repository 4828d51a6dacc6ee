"""The wording of letters: what an institution, or one event of it, says in each language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.actor import EVERYTHING
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, NotFound
from eventhub.delegations import permissions, services, words
from eventhub.delegations.forms import LetterTextForm
from eventhub.delegations.letter_text import INFORMATION, KINDS, fields_of, paragraphs
from eventhub.delegations.letters import frame_of, sample_letter, values_for_all
from eventhub.delegations.models import LetterText
from eventhub.delegations.queries import Sent, delegations_of, get_preview
from eventhub.delegations.views.blueprint import bp
from eventhub.delegations.views.invitations import run_page
from eventhub.delegations.wordings import Owner, standard_of, text_row
from eventhub.events.models import Event
from eventhub.events.queries import events_of, get_event, get_event_by_id
from eventhub.i18n import LANGUAGES, _, current, use
from eventhub.institutions.queries import get_institution
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.downloads import send_stored
from eventhub.web.fields import in_languages, text_in
from eventhub.web.forms import BaseForm, is_sent, show_error
from eventhub.web.once import once

FILES = ("pdf", "clearance")
ACTS = ("save", "show", "reset", *FILES)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where letters are worded: whose text it is, and the event whose data fill it in."""

    owner: Owner
    kind: str
    language: str
    title: str
    event: Event | None
    """None for an institution that has not invited anybody yet."""
    languages: list[str]
    address: Callable[..., str]
    """Address of the page: address(kind=..., language=...)."""
    preview: Callable[[str], str]
    """Address of a preview by its ref."""

    @property
    def here(self) -> str:
        """Return the address of this kind in this language."""
        return self.address(kind=self.kind, language=self.language)


@bp.route("/manage/<slug>/invitations/texts/<kind>", methods=["GET", "POST"])
@requires(permissions.EDIT, switch="letters")
def edit_text(slug: str, kind: str) -> ResponseReturnValue:
    """Change what a kind of letter says at this event, and show it filled in."""
    event = get_event(slug)
    languages = _ordered(event.languages)
    return _page(
        Desk(
            owner=Owner.of(event),
            kind=_known(kind),
            language=_chosen(languages),
            title=event.title(),
            event=event,
            languages=languages,
            address=lambda **where: url_for("delegations.edit_text", slug=slug, **where),
            preview=lambda ref: url_for("delegations.show_run", slug=slug, ref=ref),
        )
    )


@bp.route("/manage/institutions/<institution>/letter-texts/<kind>", methods=["GET", "POST"])
@requires("institution.edit")
def edit_own_text(institution: str, kind: str) -> ResponseReturnValue:
    """Change what a kind of letter says at all events of an institution."""
    row, endpoint = get_institution(institution), "delegations.edit_own_text"
    languages = _ordered(row.languages)
    inviting = (one for one in events_of(institution_ids=[row.id]) if "letters" in one.switches)
    return _page(
        Desk(
            owner=Owner(row.id),
            kind=_known(kind),
            language=_chosen(languages),
            title=row.names.pick(),
            event=next(inviting, None),
            languages=languages,
            address=lambda **where: url_for(endpoint, institution=institution, **where),
            preview=lambda ref: url_for(
                "delegations.show_preview", institution=institution, ref=ref
            ),
        )
    )


@bp.get("/manage/institutions/<institution>/letter-previews/<ref>")
@requires("institution.edit")
def show_preview(institution: str, ref: str) -> ResponseReturnValue:
    """Answer with the preview of an institution's text, or show how far it is."""
    row = get_institution(institution)
    run = get_preview(row.id, ref)
    if run.file_id:
        return send_stored(services.file_of(run.event_id, run.file_id))
    back = url_for(
        "delegations.edit_own_text", institution=institution, kind=run.what["letter"],
        language=run.what["language"],
    )  # fmt: skip
    return run_page(get_event_by_id(run.event_id), run, file_url="", back_url=back)


def _page(desk: Desk) -> ResponseReturnValue:
    name = f"text_{desk.language}"
    row, standard = text_row(desk.owner, desk.kind), standard_of(desk.owner)[desk.kind]
    own = row.texts.get(desk.language, "") if row else ""
    sent = delegations_of(desk.event.id, EVERYTHING, current()) if desk.event else []
    make = in_languages(LetterTextForm, [desk.language], text=text_in(_("Text"), longest=8_000))
    text = own or standard.get(desk.language, "")
    form = make(data={"version": str(row.version if row else 0), name: text})
    chosen: Any = form["shown_for"]
    chosen.choices = {one.delegation.ref: one.name for one in sent}
    act = request.form.get("act", "save") if is_sent() else ""
    if act and act not in ACTS:
        raise NotFound
    if form.is_good():
        try:
            if act == "show":
                services.check_text(desk.kind, form[name].data or "", desk.language)
            else:
                return _do(desk, act, form, sent, standard.get(desk.language, ""))
        except DomainError as error:
            show_error(form, error)
    typed = form[name].data or ""
    shown = [] if form[name].errors else _shown(desk, typed or text, sent, form["shown_for"].data)
    page = render_template(
        "delegations/edit_text.html",
        desk=desk,
        event=desk.event,
        form=form,
        kinds=words.TEXTS,
        fields=fields_of(desk.kind),
        tabs=_tabs(desk, row),
        is_own=bool(own),
        has_code="{code}" in typed or desk.kind == INFORMATION,
        may_preview=bool(sent) and desk.kind != INFORMATION,
        spoken=LANGUAGES[desk.language],
        field_name=name,
        shown=shown,
    )
    return page, form.status


def _do(
    desk: Desk, act: str, form: BaseForm, sent: Sequence[Sent], standard: str
) -> ResponseReturnValue:
    text, shown = form[f"text_{desk.language}"].data or "", form["version"].data or ""
    if act in FILES:
        return _preview(desk, act, form, sent, text or standard)
    with transaction():
        services.save_texts(
            desk.owner,
            desk.kind,
            {desk.language: "" if act == "reset" else text},
            version=int(shown) if shown.isascii() and shown.isdigit() else 0,
            actor=current_actor(),
        )
    say(_("The standard text counts again.") if act == "reset" else _("The text is saved."))
    return redirect(desk.here)


def _preview(
    desk: Desk, act: str, form: BaseForm, sent: Sequence[Sent], text: str
) -> ResponseReturnValue:
    """Let the worker make the letter as it stands in the form; nothing is saved."""
    event, chosen = desk.event, form["shown_for"].data or ""
    if event is None or desk.kind == INFORMATION:
        raise NotFound
    ids = {one.delegation.ref: one.delegation.id for one in sent}

    def make() -> str:
        return services.start_preview(
            event, ids.get(chosen, 0), text, letter=desk.kind, language=desk.language, form=act,
            actor=current_actor(),
        ).ref  # fmt: skip

    ref = once(form.key.data, f"delegations.preview_text:{act}:{desk.kind}:{desk.language}", make)
    if services.wait_for(event.id, ref) and desk.owner.event_id:
        return redirect(url_for("delegations.fetch_run", slug=event.slug, ref=ref))
    return redirect(desk.preview(ref))


def _shown(desk: Desk, text: str, sent: Sequence[Sent], chosen: str | None) -> list[str]:
    """Return how the text reads for the delegation chosen, or for all where it is a note."""
    if desk.event is None:
        return []
    if desk.kind == INFORMATION:
        frame = frame_of(desk.event, desk.language)
        with use(desk.language):
            return paragraphs(
                text, values_for_all(desk.event, frame.institution, desk.language), desk.language
            )
    one = next((one for one in sent if one.delegation.ref == chosen), sent[0] if sent else None)
    if one is None:
        return []
    letter = sample_letter(desk.event, one.delegation.id, text, desk.kind, desk.language)
    return list(letter.paragraphs)


def _tabs(desk: Desk, row: LetterText | None) -> list[dict[str, object]]:
    """Return one entry for each language; those with an own text say so."""
    own = row.texts if row else {}
    return [
        {
            "label": LANGUAGES[code].own_name + (" *" if code in own else ""),
            "url": desk.address(kind=desk.kind, language=code),
            "current": code == desk.language,
            "count": None,
        }
        for code in desk.languages
    ]


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise NotFound
    return kind


def _chosen(languages: list[str]) -> str:
    asked = request.args.get("language", "")
    return asked if asked in languages else languages[0]


def _ordered(first: list[str]) -> list[str]:
    return list(dict.fromkeys([*first, *LANGUAGES]))
