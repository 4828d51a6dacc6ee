"""Sample data for the living page of components: every macro in every state, no database."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    EmailField,
    FileField,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SearchField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from eventhub.web.rosette import rosette

PORTRAIT = "data:image/svg+xml," + quote(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 48">'
    '<rect width="36" height="48" fill="#B9C4C6"/><circle cx="18" cy="19" r="8" fill="#56606B"/>'
    '<path d="M3 48c0-12 7-18 15-18s15 6 15 18z" fill="#56606B"/></svg>'
)
"""A drawn head and shoulders; no real face."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a menu or of tabs."""

    label: str
    url: str = "#"
    current: bool = False
    count: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One row of a task list."""

    label: str
    phrase: str
    kind: str
    url: str = "#"
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A place in a long list."""

    number: int
    pages: int
    total: int

    def url(self, number: int) -> str:
        """Return the address of another page of the list."""
        return f"?page={number}"


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the sample lists."""

    ref: str
    mark: str
    word: str
    name: str
    post: str
    entity: str
    phrase: str
    kind: str
    days: int
    row_class: str = ""


class RoomForm(Form):
    """A form inside a form."""

    room = StringField("Room", [InputRequired()])
    places = IntegerField("Places", [InputRequired()])


class GalleryForm(Form):
    """One field of every kind."""

    idempotency_key = HiddenField()
    family_name = StringField(
        "Family name",
        [InputRequired()],
        description="As in your passport, in capitals if you wish.",
    )
    given_names = StringField("Given names")
    email = EmailField("E-mail", [InputRequired()], description="It may be shared with colleagues.")
    phone = TelField("Telephone")
    find = SearchField("Search any script")
    title = SelectField(
        "Rank",
        choices={"": "Choose one", "minister": "Minister", "director": "Director"},
        validators=[InputRequired()],
    )
    category = RadioField(
        "You come as",
        choices={"DEL": "Delegate", "ADV": "Adviser", "PRESS": "Press"},
        validators=[InputRequired()],
    )
    languages = SelectMultipleField(
        "Languages you follow",
        choices={"en": "English", "fr": "Français", "zh": "中文", "ar": "العربية"},
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    needs = TextAreaField(
        "What you need to take part", description="A ramp, a place near the front, sign language."
    )
    photo = FileField("Photo", description="JPEG or PNG, up to 10 MB. It can follow later.")
    born = DateField("Date of birth")
    starts = TimeField("Starts at", [InputRequired()])
    closes = DateTimeLocalField("Replies close", [InputRequired()])
    hall = FormField(RoomForm, "Largest hall")
    listed = BooleanField(
        "Print my name in the list of participants",
        description="You may change this until 30 March.",
    )
    consent = BooleanField("I have read how my data are used", [InputRequired()])


CODES = ("XMN-2024", "NYC-2025", "BJS-2024", "SHA-2024")

PEOPLE = [
    Person("ZMB-01", "HD", "Head of delegation", "H.E. Ms. Chanda MWILA", "Minister of Technology",
           "Zambia", "Confirmed", "good", 2),
    Person("ZMB-07", "DL", "Delegate", "Mr. Joseph BANDA", "Director, ICT", "Zambia",
           "Received, not yet confirmed", "note", 3, "chosen"),
    Person("CIV-02", "DL", "Delegate", "M. N'Guessan YAO", "Conseiller", "Côte d'Ivoire",
           "Needs your correction", "attention", 5),
    Person("EGY-03", "AD", "Adviser", "منى حسن", "مستشارة", "Egypt", "Not sent yet", "quiet", 6),
    Person("CHN-11", "PR", "Press", "王小明", "记者", "China", "Not confirmed", "stop", 9),
]  # fmt: skip


def gallery_context() -> dict[str, Any]:
    """Return all that the living page of components shows."""
    wrong = GalleryForm(
        prefix="wrong-",
        data={
            "family_name": "MWILA",
            "given_names": "Chanda",
            "email": "c.mwila@",
            "phone": "+260 97",
        },
    )
    wrong.email.errors = ["Write a full e-mail address, like name@example.org."]
    wrong.title.errors = ["Choose your rank; it decides your seat and your form of address."]
    wrong.category.errors = ["Choose one."]
    wrong.born.errors = ["Write the date like 27 3 1985."]
    wrong.consent.errors = ["Tick the box if you agree. Without it we may not keep your answers."]
    wrong.photo.errors = ["This picture is cut off. Send the whole file."]
    wrong.hall.form.places.errors = ["Write a whole number, like 120."]
    return {
        "form": GalleryForm(data={"family_name": "MWILA", "category": "DEL", "languages": ["fr"]}),
        "wrong": wrong,
        "rosettes": [Markup(rosette(code, 96)) for code in CODES],  # noqa: S704  (made of numbers alone)
        "portrait": PORTRAIT,
        "people": PEOPLE,
        "columns": [
            {"label": "Role"},
            {"label": "Name", "sort_url": "?sort=-name", "sorted": "ascending"},
            {"label": "Post", "sort_url": "?sort=post"},
            {"label": "State or organization"},
            {"label": "Status"},
            {"label": "Days", "number": True},
        ],
        "page": Page(3, 11, 214),
        "tabs": [
            Entry("Waiting for you", current=True, count="214"),
            Entry("Delegates", count="180"),
            Entry("Returned", count="12"),
            Entry("All"),
        ],
        "tasks": [
            Task("Names as in your passport", "Done", "good"),
            Task("Photo", "Missing", "attention", hint="Your badge cannot be printed without it."),
            Task("Nomination letter", "Not started", "quiet"),
        ],
        "stages_rows": [
            {"title": "Set up", "sentence": "done", "url": "#", "kind": "done"},
            {"title": "Invite", "sentence": "38 of 40 replied", "url": "#", "kind": "late"},
            {"title": "Accredit", "sentence": "186 of 249 confirmed", "url": "#", "kind": "now"},
            {"title": "Programme", "sentence": "Rev.2 public, 5 changes", "url": "#"},
            {"title": "Print", "sentence": "badges from 26 March", "url": "#"},
            {"title": "On the day", "sentence": "2 gates, 6 door staff", "url": "#"},
            {"title": "After", "sentence": "statement, certificates", "url": "#"},
        ],
        "todo_rows": [
            {"sentence": "2 delegations have not replied; the deadline is tomorrow: Egypt, Senegal",
             "url": "#", "label": "Call list", "late": True},
            {"sentence": "31 photos to look at (about 6 minutes)", "url": "#", "label": "Start",
             "late": False},
        ],
        "regions": [
            ("African States", 128), ("Asia-Pacific States", 71),
            ("Latin American and Caribbean States", 22), ("Western European and other States", 19),
            ("Eastern European States", 9),
        ],
        "summary": [
            ("Name", "Chanda MWILA", "#"), ("Reference", "ZMB-07"),
            ("E-mail", "c.mwila@example.org", "#"),
        ],
        "links_rows": [("Programme", "#", "2 days, Rev.2"), ("Practical information", "#"),
                  ("Documents", "#", "4 files")],
    }  # fmt: skip
