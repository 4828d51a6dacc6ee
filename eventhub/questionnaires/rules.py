"""What a question is, and which answers it accepts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

LONGEST_LINE = 250


class Kind(StrEnum):
    """How a question is answered: any number of options, one of them, or a line of text."""

    CHOICES = "choices"
    ONE = "one"
    LINE = "line"


class DataClass(StrEnum):
    """How an answer is protected: sensitive and identity are enciphered."""

    NORMAL = "normal"
    SENSITIVE = "sensitive"
    IDENTITY = "identity"


Texts = Mapping[str, str]
"""What is said, by language code."""

Answer = str | list[str]


class BadQuestion(ValueError):
    """A question that must not be put to anybody as it stands."""


class BadAnswer(ValueError):
    """An answer that its question does not offer; `code` is the question's."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code, self.reason = code, reason


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from."""

    code: str
    labels: Texts


@dataclass(frozen=True, slots=True)
class Question:
    """One question with what the field register wants to know of it (R7.1)."""

    code: str
    kind: Kind
    data_class: DataClass
    basis: str
    keep_days: int
    labels: Texts
    purposes: Texts
    options: tuple[Option, ...] = field(default=())

    @property
    def is_sealed(self) -> bool:
        """Tell whether its answers are enciphered."""
        return self.data_class != DataClass.NORMAL


def read_question(raw: Mapping[str, Any]) -> Question:
    """Return the question that stored JSON describes.

    Raises BadQuestion where it lacks what it needs to be asked: words, options, and a purpose,
    basis and retention.
    """
    question = Question(
        code=str(raw["code"]),
        kind=Kind(raw["kind"]),
        data_class=DataClass(raw["class"]),
        basis=str(raw.get("basis", "")),
        keep_days=int(raw.get("keep_days", 0)),
        labels=dict(raw.get("labels", {})),
        purposes=dict(raw.get("purposes", {})),
        options=tuple(Option(str(o["code"]), dict(o["labels"])) for o in raw.get("options", ())),
    )
    lacking = [
        name for name in ("labels", "purposes", "basis", "keep_days") if not getattr(question, name)
    ]
    if question.kind != Kind.LINE and not question.options:
        lacking.append("options")
    if lacking:
        raise BadQuestion(f"{question.code} has no {', '.join(lacking)}")
    return question


def field_name(code: str) -> str:
    """Return the name of a question's form field."""
    return f"answer_{code}"


def accepted(question: Question, given: object) -> Answer:
    """Return the answer as it is kept: options in the question's order, each once; text as is.

    Nothing given is an empty answer. Raises BadAnswer.
    """
    if question.kind == Kind.LINE:
        if given is None:
            return ""
        if not isinstance(given, str):
            raise BadAnswer(question.code, "text")
        if len(given) > LONGEST_LINE:
            raise BadAnswer(question.code, "long")
        return given
    known = [option.code for option in question.options]
    if question.kind == Kind.ONE:
        if given is None or given == "":
            return ""
        if not isinstance(given, str) or given not in known:
            raise BadAnswer(question.code, "option")
        return given
    chosen = [] if given is None else given
    if not isinstance(chosen, Collection) or isinstance(chosen, str) or set(chosen) - set(known):
        raise BadAnswer(question.code, "option")
    return [code for code in known if code in chosen]
