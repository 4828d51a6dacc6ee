"""A registration in the words of its owner: answers line by line, and what is still missing."""

from dataclasses import dataclass

from eventhub.entities.queries import rank_levels
from eventhub.i18n import LANGUAGES, _
from eventhub.protocol.queries import name_at
from eventhub.questionnaires.queries import answers_of, questions_of, said
from eventhub.registration.forms.choices import (
    ADMISSIONS,
    GENDERS,
    MODES,
    REMOTE_ADMISSION,
    SCRIPTS,
)
from eventhub.registration.models import Registration
from eventhub.registration.queries import name_lines, name_of
from eventhub.registration.views.fields import (
    CONTACT,
    NAMES,
    ONE_PAGE,
    WHO,
    entity_of,
    fields_for,
)
from eventhub.registration.views.frame import Frame


@dataclass(frozen=True, slots=True)
class Group:
    """Answers that are changed on one page: its code, its heading, label and words of each."""

    code: str
    heading: str
    lines: list[tuple[str, str]]


def shown(frame: Frame, row: Registration) -> list[Group]:
    """Return all answers, those left empty too where they are asked of everybody."""
    groups = [
        Group("who", _("Whom you represent"), _who(frame, row)),
        Group("names", _("Your names"), _names(frame, row)),
        Group("contact", _("Contact and work"), _contact(frame, row)),
    ]
    if "needs" in frame.fields:
        asked = questions_of(row.event_id)
        lines = said(asked, answers_of(row.event_id, row.id)) if asked else []
        groups.append(Group("needs", _("Needs"), lines or [(_("Needs"), _("None told"))]))
    return groups


def _who(frame: Frame, row: Registration) -> list[tuple[str, str]]:
    entity = entity_of(row)
    represents = name_at(row.event_id, entity) if entity else row.organisation
    lines = [(_("State or organization"), represents or _("Not given"))]
    if fields_for(frame, WHO)[:1] == ["category"]:
        category = next((one for one in frame.categories if one.id == row.category_id), None)
        words = category.names.pick(None, frame.event.languages) if category else ""
        lines.insert(0, (_("You take part as"), words))
    return lines


def _names(frame: Frame, row: Registration) -> list[tuple[str, str]]:
    name = name_of(row)
    lines = [
        (_("Family name"), row.family_name),
        (_("Given names"), row.given_names),
        (_("Form of address"), row.honorific),
        (_("Your name in another script"), _local(row)),
        (_("Name in Latin letters as in your passport"), row.passport_latin),
    ]
    there = [line for line in lines if line[1]]
    if name.is_there and set(NAMES) & set(fields_for(frame, NAMES)):
        there.append((_("On your badge"), " ".join(part for part in name_lines(row) if part)))
    return there or [(_("Your names"), _("Not given"))]


def _local(row: Registration) -> str:
    if not row.name_local:
        return ""
    language = SCRIPTS.get(row.name_local_language, row.name_local_language)
    return f"{row.name_local} ({language})" if language else row.name_local


def _contact(frame: Frame, row: Registration) -> list[tuple[str, str]]:
    fields = set(fields_for(frame, (*CONTACT, *ONE_PAGE)))
    level = ""
    if "rank" in fields and row.rank_level_id:
        level = next((one.name() for one in rank_levels() if one.id == row.rank_level_id), "")
    told = {
        "email": (_("E-mail"), row.email),
        "phone": (_("Phone"), row.phone),
        "functional_title": (_("Title of your post"), row.functional_title),
        "organisation": (_("Ministry, office or organization"), row.organisation),
        "rank": (_("Rank"), level),
        "gender": (_("Gender"), str(GENDERS.get(row.gender, ""))),
        "admission": (
            _("United Nations grounds pass"),
            str({**ADMISSIONS, **REMOTE_ADMISSION}.get(row.admission, "")),
        ),
        "mode": (_("How you take part"), str(MODES.get(row.mode, ""))),
        "language": (
            _("Language of our letters to you"),
            LANGUAGES[row.language].own_name if row.language in LANGUAGES else row.language,
        ),
    }
    return [line for name, line in told.items() if name in fields and line[1]]


def lacking(frame: Frame, row: Registration) -> list[tuple[str, str]]:
    """Return a sentence and the code of its step for what must be there before sending."""
    missing = []
    if not (row.family_name or row.given_names):
        missing.append((_("Your name is missing."), "names"))
    if not row.email:
        missing.append((_("Your e-mail address is missing."), "contact"))
    if "functional_title" in frame.fields and not row.functional_title:
        missing.append((_("The title of your post is missing."), "contact"))
    return missing
