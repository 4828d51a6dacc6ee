"""Reading rows of a spreadsheet of people: each cell becomes a value, or a fault in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from wtforms.validators import ValidationError

from eventhub.core.text import fold, has_forbidden, tidy
from eventhub.entities.models import Entity
from eventhub.entities.queries import find_by_names
from eventhub.i18n import _
from eventhub.questionnaires.rules import field_name
from eventhub.registration.forms.sheet_fields import CONSENT, REF, SheetField, names_by_field
from eventhub.registration.rules import NEEDS
from eventhub.registration.rules.importing import Line
from eventhub.sheets.importing import EMPTY, Fault, find_head, place_columns
from eventhub.sheets.rules import Row, Table
from eventhub.web.forms import one_address

_ANSWER = field_name("")


def head_row(table: Table, fields: Sequence[SheetField]) -> Row:
    """Return the row of headings: of the first rows the one in which most columns are known."""
    return find_head(table, names_by_field(fields))


def columns_of(
    head: Row, fields: Sequence[SheetField], chosen: Mapping[str, str]
) -> dict[str, int]:
    """Return the column, from 0, of each field: as chosen, else as guessed by the headings."""
    return place_columns(head, names_by_field(fields), chosen)


def lines_of(
    table: Table, head: Row, fields: Sequence[SheetField], columns: Mapping[str, int]
) -> list[Line]:
    """Return what the rows below the headings mean; two statements where entities are named."""
    by_code = {one.code: one for one in fields}
    rows = [row for row in table.rows if row.number > head.number]
    entities = _entities(rows, columns)
    found = []
    for row in rows:
        cells = {
            code: tidy(row.cells[at]) if at < len(row.cells) else ""
            for code, at in columns.items()
            if code in by_code
        }
        if any(cells.values()):
            found.append(_line(row.number, cells, by_code, entities))
    return found


def _entities(rows: Iterable[Row], columns: Mapping[str, int]) -> Mapping[str, Entity]:
    at = columns.get("entity_id")
    if at is None:
        return {}
    texts = {tidy(row.cells[at]) for row in rows if at < len(row.cells)}
    return find_by_names(text for text in texts if text)


def _line(
    number: int,
    cells: Mapping[str, str],
    fields: Mapping[str, SheetField],
    entities: Mapping[str, Entity],
) -> Line:
    values: dict[str, Any] = {}
    answers: dict[str, Any] = {}
    consents: dict[str, bool] = {}
    faults: list[Fault] = []
    for code, text in cells.items():
        if not text or code == REF:
            continue
        value, sentence = _value(fields[code], text, entities)
        if sentence:
            faults.append(Fault(code, sentence))
        elif code.startswith(CONSENT):
            consents[code.removeprefix(CONSENT)] = bool(value)
        elif code.startswith(_ANSWER):
            answers[code.removeprefix(_ANSWER)] = value
        else:
            values[code] = value
    if any(answers.values()) and not consents.get(NEEDS):
        code = CONSENT + NEEDS
        heading = fields[code].heading if code in fields else ""
        said = _("Answers are kept only where Yes stands under “%(heading)s”.", heading=heading)
        faults.append(Fault(code, said))
    return Line(number, cells.get(REF, "").strip(), values, answers, consents, faults)


def _value(one: SheetField, text: str, entities: Mapping[str, Entity]) -> tuple[Any, str]:
    """Return what a cell means, or why it means nothing."""
    if text == EMPTY:
        return _nothing(one)
    if has_forbidden(text):
        return None, _("Remove the characters that cannot be printed and type it again.")
    if one.code == "entity_id":
        entity = entities.get(text)
        entity_id = one.options.get(fold(text), entity.id if entity else None)
        said = _("No State or organization is called so. Copy its name from the list.")
        return entity_id, "" if entity_id else said
    if one.is_day:
        return _day(text)
    if one.longest:
        return _text(one, text)
    if one.is_many:
        return _several(one, text)
    value = one.options.get(fold(text))
    if value is None and fold(text) not in one.options:
        return None, _offer(one)
    return value, ""


def _nothing(one: SheetField) -> tuple[Any, str]:
    if one.is_many:
        return [], ""
    if one.code in ("entity_id", "rank_level_id") or one.is_day:
        return None, ""
    if one.longest or one.code == "name_local_language":
        return "", ""
    return None, _offer(one)


def _text(one: SheetField, text: str) -> tuple[Any, str]:
    if len(text) > one.longest:
        return None, _("Use at most %(max)s characters.", max=one.longest)
    if one.code == "email":
        try:
            one_address(None, SimpleNamespace(data=text))  # type: ignore[arg-type]
        except ValidationError as error:
            return None, str(error)
    return text, ""


def _day(text: str) -> tuple[Any, str]:
    try:
        return date.fromisoformat(text[:10]), ""
    except ValueError:
        return None, _("Write the date like 1985-03-27.")


def _several(one: SheetField, text: str) -> tuple[Any, str]:
    found = []
    for word in text.replace("；", ";").replace("؛", ";").replace("\n", ";").split(";"):
        if not word.strip():
            continue
        if fold(word) not in one.options:
            return None, _offer(one)
        found.append(one.options[fold(word)])
    return found, ""


def _offer(one: SheetField) -> str:
    shown = " · ".join(one.words[:8])
    return _("Write one of these: %(words)s", words=shown + (" …" if len(one.words) > 8 else ""))
