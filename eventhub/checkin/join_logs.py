"""What a video platform wrote of who joined and left, read from its table (R1.27). Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from eventhub.checkin.rules import Span, merged
from eventhub.core.text import fold
from eventhub.sheets.rules import Row, Table, guess_columns

COLUMNS = {
    "id": (
        "Personal id", "Link id", "Registrant id", "Participant ID", "Participant ID (UPN)",
        "External id", "User id",
    ),
    "name": (
        "Name", "Name (original name)", "Full name", "User name", "Display name", "Participant",
        "Nom", "Nom complet", "Nombre", "Nombre completo", "Nome", "Имя", "Name des Teilnehmers",
        "姓名", "名称", "用户名", "الاسم",
    ),
    "email": (
        "E-mail", "Email", "User email", "Attendee email", "Email address", "E-mail address",
        "Adresse e-mail", "Correo electrónico", "Endereço de e-mail", "Эл. почта",
        "邮箱", "电子邮件", "البريد الإلكتروني",
    ),
    "joined": (
        "Join time", "First join", "First join time", "Joined", "Joined at", "Heure d'arrivée",
        "Hora de entrada", "Hora para unirse", "Время входа", "加入时间", "入会时间",
        "وقت الانضمام",
    ),
    "left": (
        "Leave time", "Last leave", "Last leave time", "Left", "Left at", "Heure de départ",
        "Hora de salida", "Hora de saída", "Время выхода", "离开时间", "退会时间", "وقت المغادرة",
    ),
    "action": ("User action", "Action"),
    "at": ("Timestamp", "Date and time"),
}  # fmt: skip
"""Headings by field, as platforms write them in the languages in which they write them."""

HEAD_WITHIN = 60
"""Rows among which the headings are looked for: some platforms put a summary before them."""

NO_TIME, NO_END, BACKWARDS, NOBODY, UNKNOWN, SHARED, ELSEWHEN = (
    "no_time", "no_end", "backwards", "nobody", "unknown", "shared", "elsewhen",
)  # fmt: skip
"""Why a row counts for nobody."""

_STAMP = re.compile(
    r"(\d{1,4})[-./年](\d{1,2})[-./月](\d{1,4})日?,?[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?"
    r"\s*([AaPp]\.?[Mm]\.?)?"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One stretch that a row tells: who, as the platform knew them, from when to when.

    `fault` says why it is none; times are aware instants.
    """

    row: int
    id: str = ""
    name: str = ""
    email: str = ""
    joined: datetime | None = None
    left: datetime | None = None
    fault: str = ""

    @property
    def who(self) -> tuple[str, str, str]:
        """Return what tells one participant of the log from another."""
        return self.id, self.email.casefold(), fold(self.name)


def head_of(table: Table) -> tuple[Row, dict[str, int]] | None:
    """Return the row of headings and the columns by field; None where no row can be it."""
    for row in table.rows[:HEAD_WITHIN]:
        guessed = guess_columns(row.cells, COLUMNS)
        columns = {name: at for at, name in enumerate(guessed) if name}
        is_somebody = columns.keys() & {"id", "name", "email"}
        if is_somebody and (
            columns.keys() >= {"joined", "left"} or columns.keys() >= {"action", "at"}
        ):
            return row, columns
    return None


def seen_in(
    table: Table, head: Row, columns: Mapping[str, int], zone: str, days: Span
) -> list[Seen]:
    """Return what each row below the headings tells.

    Times without an offset are on the clocks of `zone`; where day and month may be either, the
    reading that lies within `days` is meant.
    """
    below = [row for row in table.rows if row.number > head.number]

    def cell(row: Row, name: str) -> str:
        at = columns.get(name, -1)
        return row.cells[at] if 0 <= at < len(row.cells) else ""

    def who(row: Row) -> dict[str, str]:
        return {name: cell(row, name) for name in ("id", "name", "email")}

    if "joined" in columns:
        return [
            _stretch(
                row.number, who(row), read_time(cell(row, "joined"), zone, days),
                read_time(cell(row, "left"), zone, days), has_end=bool(cell(row, "left")),
            )
            for row in below
        ]  # fmt: skip
    return _paired(
        [
            (row.number, who(row), cell(row, "action"), read_time(cell(row, "at"), zone, days))
            for row in below
        ]
    )


def _stretch(
    number: int, who: Mapping[str, str], joined: datetime | None, left: datetime | None,
    *, has_end: bool,
) -> Seen:  # fmt: skip
    fault = ""
    if not any(who.values()):
        fault = NOBODY
    elif joined is None or (has_end and left is None):
        fault = NO_TIME
    elif left is None:
        fault = NO_END
    elif left < joined:
        fault = BACKWARDS
    return Seen(number, who["id"], who["name"], who["email"], joined=joined, left=left, fault=fault)


def _paired(rows: Iterable[tuple[int, dict[str, str], str, datetime | None]]) -> list[Seen]:
    """Return the stretches of a log of events: each way in with the next way out of the same."""
    found: list[Seen] = []
    inside: dict[tuple[str, str, str], Seen] = {}
    for number, who, action, at in rows:
        one = Seen(number, who["id"], who["name"], who["email"], joined=at)
        if not any(who.values()) or at is None:
            found.append(_stretch(number, who, at, None, has_end=False))
        elif action.strip().casefold().startswith(("left", "leave")):
            begun = inside.pop(one.who, None)
            if begun is not None:
                found.append(_stretch(begun.row, who, begun.joined, at, has_end=True))
        else:
            inside.setdefault(one.who, one)
    found += [_stretch(one.row, _who(one), one.joined, None, has_end=False) for one in
              inside.values()]  # fmt: skip
    return sorted(found, key=lambda one: one.row)


def _who(one: Seen) -> dict[str, str]:
    return {"id": one.id, "name": one.name, "email": one.email}


def read_time(text: str, zone: str, days: Span) -> datetime | None:
    """Return the instant that a text says, None where it says none."""
    bare = " ".join(text.replace("\u202f", " ").split())
    try:
        exact = datetime.fromisoformat(bare)
    except ValueError:
        exact = None
    if exact is not None:
        return exact if exact.tzinfo else exact.replace(tzinfo=ZoneInfo(zone))
    found = _STAMP.fullmatch(bare)
    if found is None:
        return None
    first, second, third, hour, minute, seconds = (int(part or 0) for part in found.groups()[:6])
    half = (found[7] or "").casefold()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    orders = [(first, second, third)] if first > 31 else [
        (_year(third), second, first), (_year(third), first, second),
    ]  # fmt: skip
    readings = []
    for year, month, day in orders:
        try:
            wall = datetime(year, month, day, hour, minute, seconds, tzinfo=ZoneInfo(zone))
        except ValueError:
            continue
        readings.append(wall)
    within = (one for one in readings if days[0] <= one < days[1])
    return next(within, readings[0] if readings else None)


def _year(number: int) -> int:
    return number + 2000 if number < 100 else number


@dataclass(frozen=True, slots=True)
class Known:
    """A confirmed participant as a log may name them."""

    id: int
    ref: str
    number: str
    email: str
    screen_name: str
    """Without the role: "ZAMBIA – Chanda MWILA"."""
    role: str


@dataclass(slots=True)
class Book:
    """Participants by what a log may call them."""

    by_id: dict[str, int] = field(default_factory=dict)
    by_email: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def find(self, one: Seen) -> int | str:
        """Return the id of whom a row means: by personal id, e-mail address or name on screen.

        The reason as text where it means nobody, or where several may be meant.
        """
        exact = self.by_id.get(one.id.strip().upper())
        if exact is not None:
            return exact
        named = self.by_name.get(fold(one.name), set())
        shared = self.by_email.get(one.email.strip().casefold(), set())
        if len(shared) == 1:
            return next(iter(shared))
        fitting = named & shared if shared else named
        if len(fitting) == 1:
            return next(iter(fitting))
        return SHARED if fitting or shared else UNKNOWN


def book_of(people: Iterable[Known]) -> Book:
    """Return the book of these participants."""
    book = Book()
    for one in people:
        book.by_id[one.ref.upper()] = book.by_id[one.number.upper()] = one.id
        if one.email:
            book.by_email[one.email.strip().casefold()].add(one.id)
        for name in (one.screen_name, f"{one.screen_name} ({one.role})"):
            book.by_name[fold(name)].add(one.id)
    return book


@dataclass(frozen=True, slots=True)
class Reading:
    """What a log says: stretches by registration id, overlaps merged, and rows left out."""

    stays: Mapping[int, list[Span]]
    rows: Mapping[int, int]
    """How many rows each person has."""
    left_out: Sequence[tuple[Seen, str]]


def reading_of(seen: Iterable[Seen], book: Book, within: Sequence[Span]) -> Reading:
    """Return whose stretches these are; those outside all of `within` are left out."""
    stays: dict[int, list[Span]] = defaultdict(list)
    left_out: list[tuple[Seen, str]] = []
    for one in seen:
        if one.fault or one.joined is None or one.left is None:
            left_out.append((one, one.fault))
            continue
        found = book.find(one)
        if isinstance(found, str):
            left_out.append((one, found))
        elif not any(one.joined < end and start < one.left for start, end in within):
            left_out.append((one, ELSEWHEN))
        else:
            stays[found].append((one.joined, one.left))
    return Reading(
        {person: merged(spans) for person, spans in stays.items()},
        {person: len(spans) for person, spans in stays.items()},
        left_out,
    )


def apart(sessions: Mapping[int, Span]) -> dict[int, Span]:
    """Return the sessions that run beside no other: one meeting room online serves only these."""
    return {
        one: span
        for one, span in sessions.items()
        if not any(
            other != one and span[0] < theirs[1] and theirs[0] < span[1]
            for other, theirs in sessions.items()
        )
    }
