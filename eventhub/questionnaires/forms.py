"""Form fields made from questions."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from wtforms import RadioField, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from eventhub.i18n import Translated
from eventhub.questionnaires.queries import Asked
from eventhub.questionnaires.rules import LONGEST_LINE, Answer, Kind, Question, field_name
from eventhub.web.forms import BaseForm, text_field

AnyForm = TypeVar("AnyForm", bound=BaseForm)


class Choices(SelectMultipleField):
    """Boxes to tick, any number; the service refuses what is not on the list."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
    validate_choice = False


def field_of(question: Question) -> Any:
    """Return the field of a question, its purpose as the hint, in the present language."""
    label = Translated(question.labels).pick()
    hint = Translated(question.purposes).pick()
    if question.kind == Kind.LINE:
        return text_field(label, description=hint, longest=LONGEST_LINE, optional=True)
    offered = {o.code: Translated(o.labels).pick() for o in question.options}
    if question.kind == Kind.ONE:
        return RadioField(
            label, choices=offered, description=hint, validate_choice=False,
            validators=[Optional()],
        )  # fmt: skip
    return Choices(label, choices=offered, description=hint)


def with_questions(base: type[AnyForm], asked: Collection[Asked]) -> type[AnyForm]:
    """Return the form with a field for each question, after its own."""
    if not asked:
        return base
    fields = {field_name(q.code): field_of(q) for one in asked for q in one.questions}
    return type(base.__name__, (base,), fields)


def names_of(asked: Collection[Asked]) -> list[str]:
    """Return the names of the questions' fields, in order."""
    return [field_name(q.code) for one in asked for q in one.questions]


def given(form: BaseForm, asked: Collection[Asked]) -> dict[str, object]:
    """Return what was typed, by question code, as `services.save_answers` takes it."""
    codes = [q.code for one in asked for q in one.questions]
    return {code: form[field_name(code)].data for code in codes}


def filled(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return answers by field name, to fill a form with."""
    return {field_name(code): answer for code, answer in answers.items()}
