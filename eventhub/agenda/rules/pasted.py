"""A timetable pasted from Excel or Word, guessed into rows; nothing is kept before a person saw it.

Cells are parted by tabs, else a line begins with its time. A line that names a day and nothing
else is the day of the lines below it.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from eventhub.agenda.rules.pasted_words import HEADS, KIND_WORDS, PLACES, ROLE_WORDS
from eventhub.agenda.rules.written_times import leading_span, read_day, read_span
from eventhub.core.text import fold, has_no_blanks, tidy

MOST_ROWS = 400
LONGEST = timedelta(hours=12)
"""What begins in the evening may end in the morning; longer is a slip."""

_SIGNS = re.compile(r"[^\w]+")

Span = tuple[time | None, time | None, bool]


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One row as it was understood. Times are wall times; `faults` are codes of what is missing.

    no_day, no_start, no_end, no_length, ends_first, no_title; `ends_guessed` where the end is the
    start of what follows.
    """

    number: int
    day: date | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    title: str = ""
    room: str = ""
    kind: str = ""
    speakers: str = ""
    ends_guessed: bool = False
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """A row with its cells told apart: texts by field, and what its times say."""

    number: int
    day: date | None
    span: Span
    texts: Mapping[str, str]


def read_timetable(
    text: str, *, days: Sequence[date], rooms: Sequence[str] = (), kinds: Mapping[str, str]
) -> list[PastedRow]:
    """Return a row for each line that is more than a heading, at most 400.

    days: of the event. rooms: names of those it has. kinds: the kind by its name, folded.
    """
    known = {fold(name) for name in rooms}
    lines = _lines(text)
    heads, rows, day = None, [], None
    width = max((len(cells) for _number, cells in lines), default=0)
    columns = _columns([cells for _number, cells in lines], days, known, kinds)
    for number, cells in lines:
        filled = [cell for cell in cells if cell]
        if found := _heads(cells):
            heads = found
            continue
        if len(filled) == 1 and (named := read_day(filled[0], days)):
            day = named
            continue
        fields = heads if heads else (columns if width > 1 else [])
        read = _by_column(number, cells, fields, days) if fields else _by_line(number, filled)
        day = read.day or day
        rows.append(replace_day(read, day))
    return _ended([_row(read, kinds) for read in rows[:MOST_ROWS]])


def replace_day(read: _Read, day: date | None) -> _Read:
    """Return what was read, on the day that stands above it where it names none."""
    return _Read(read.number, read.day or day, read.span, read.texts)


def speakers_in(text: str) -> list[tuple[str, str, str]]:
    """Return role, name and post of each speaker in a cell: "Chair: Ms. A. DIALLO, Minister".

    A role may stand in brackets too, of one person alone: "Ms. A. DIALLO (chair)". What else is in
    brackets stays.
    """
    found, role = [], "speaker"
    for piece in re.split(r"[;\n；]|、", text):
        before, colon, after = piece.replace("：", ":").partition(":")
        if colon and fold(before).strip() in ROLE_WORDS:
            role, piece = ROLE_WORDS[fold(before).strip()], after
        own, piece = _role_in_brackets(piece)
        name, _comma, post = piece.replace("，", ",").partition(",")
        if name.strip():
            found.append((own or role, tidy(name)[:250], tidy(post)[:250]))
    return found


def brackets_in(text: str) -> list[str]:
    """Return what stands in brackets with the speakers in a cell and is no role."""
    return [one for one in _BRACKETS.findall(text) if fold(one).strip() not in ROLE_WORDS]


_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")


def _role_in_brackets(piece: str) -> tuple[str, str]:
    """Return the role that a piece names in brackets, empty for none, and the piece without it."""
    for match in _BRACKETS.finditer(piece):
        if role := ROLE_WORDS.get(fold(match[1]).strip()):
            return role, f"{piece[: match.start()].rstrip()}{piece[match.end() :]}"
    return "", piece


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """Return number and cells of each line that is not blank; a cell in quotes may hold lines."""
    text = text.replace("\u2028", "\n").replace("\r\n", "\n").replace("\v", "\n")
    if "\t" in text and text.count('"') % 2 == 0:
        rows = list(csv.reader(io.StringIO(text), delimiter="\t"))
    else:
        rows = [line.split("\t") for line in text.splitlines()]
    cleaned = [[_clean(cell) for cell in row] for row in rows]
    return [(n, cells) for n, cells in enumerate(cleaned, start=1) if any(cells)]


def _clean(cell: str) -> str:
    return "\n".join(filter(None, (tidy(line) for line in cell.splitlines())))


def _heads(cells: Sequence[str]) -> list[str] | None:
    """Return the field of each column where the line is one of column titles."""
    fields = [HEADS.get(fold(cell).strip(" .:"), "") for cell in cells]
    known = [name for name in fields if name]
    return fields if len(known) >= 2 and len(set(known)) == len(known) else None


def _columns(
    rows: Sequence[Sequence[str]],
    days: Sequence[date],
    rooms: set[str],
    kinds: Mapping[str, str],
) -> list[str]:
    """Return what each column seems to hold, judged by most of its cells."""
    width = max((len(row) for row in rows), default=0)
    cells = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(width)]
    fields = [_looks(column, days, rooms, kinds) for column in cells]
    if (times := [at for at, name in enumerate(fields) if name == "time"])[1:]:
        fields[times[0]], fields[times[1]] = "start", "end"
    left = [at for at, name in enumerate(fields) if not name and cells[at]]
    if left:
        title = max(left, key=lambda at: (sum(map(_weight, cells[at])) / len(cells[at]), -at))
        title = left[0] if _weight(cells[left[0]][0]) * 3 > _weight(cells[title][0]) else title
        fields[title] = "title"
        left.remove(title)
    for name in ("room", "speakers"):
        if left and name not in fields:
            fields[left.pop(0 if name == "room" and len(left) > 1 else -1)] = name
    return fields


def _looks(
    column: Sequence[str], days: Sequence[date], rooms: set[str], kinds: Mapping[str, str]
) -> str:
    if not column:
        return ""
    tests = {
        "time": lambda cell: read_span(cell) is not None,
        "day": lambda cell: read_day(cell, days) is not None,
        "kind": lambda cell: fold(cell) in kinds,
        "room": lambda cell: fold(cell) in rooms or _is_place(cell),
    }
    for name, test in tests.items():
        if sum(map(test, column)) * 2 >= len(column):
            return name
    return ""


def _is_place(cell: str) -> bool:
    folded = fold(cell)
    words = folded.split()
    if has_no_blanks(cell):
        return folded.endswith(PLACES) and len(folded) < 12
    return bool(words) and len(words) < 5 and (words[0] in PLACES or words[-1] in PLACES)


def _weight(cell: str) -> int:
    """Return how much a text says; a Chinese character counts for more than a letter."""
    return len(cell) * (3 if has_no_blanks(cell) else 1)


def _by_column(
    number: int, cells: Sequence[str], fields: Sequence[str], days: Sequence[date]
) -> _Read:
    texts: dict[str, str] = {}
    for name, cell in zip(fields, cells, strict=False):
        if name and cell:
            texts[name] = f"{texts[name]}; {cell}" if name in texts else cell
    day = read_day(texts.get("day", ""), days)
    span = read_span(texts.get("time", "") or texts.get("start", "")) or (None, None, False)
    if "end" in texts and span[1] is None:
        end = read_span(texts["end"])
        midnight = texts["end"].strip().startswith("24")
        span = (span[0], end[0] if end and end[0] else time(0) if midnight else None, midnight)
    return _Read(number, day, span, texts)


def _by_line(number: int, filled: Sequence[str]) -> _Read:
    before, rest = leading_span(" ".join(filled))
    return _Read(number, None, read_span(before) or (None, None, False), {"title": rest})


def _row(read: _Read, kinds: Mapping[str, str]) -> PastedRow:
    start, end, _midnight = read.span
    title = " ".join(read.texts.get("title", "").split("\n"))[:250]
    row = PastedRow(
        read.number,
        day=read.day,
        title=title,
        room=" ".join(read.texts.get("room", "").split("\n"))[:250],
        kind=kinds.get(fold(read.texts.get("kind", "")), "") or _kind_of(title),
        speakers=read.texts.get("speakers", ""),
        faults=tuple(
            code
            for code, is_missing in (
                ("no_day", read.day is None), ("no_start", start is None), ("no_title", not title)
            )
            if is_missing
        ),
    )  # fmt: skip
    if read.day is None or start is None:
        return row
    starts = datetime.combine(read.day, start)
    return replace(row, starts=starts) if end is None else _spanned(row, starts, end)


def _spanned(row: PastedRow, starts: datetime, end: time) -> PastedRow:
    ends = datetime.combine(starts.date(), end)
    if ends == starts:
        return replace(row, starts=starts, faults=(*row.faults, "no_length"))
    if ends < starts:
        ends += timedelta(days=1)
    if ends - starts > LONGEST and ends.date() != starts.date():
        return replace(row, starts=starts, faults=(*row.faults, "ends_first"))
    return replace(row, starts=starts, ends=ends)


def _kind_of(title: str) -> str:
    """Return the kind that a title speaks of, by whole words; empty where it names none."""
    folded = " " + _SIGNS.sub(" ", fold(title)) + " "
    for word, kind in KIND_WORDS.items():
        plain = _SIGNS.sub(" ", word)
        if (plain in folded) if has_no_blanks(word) else f" {plain}" in folded:
            return kind
    return ""


def _ended(rows: Sequence[PastedRow]) -> list[PastedRow]:
    """Give rows without an end the start of what follows them on their day."""
    starts = sorted({row.starts for row in rows if row.starts is not None})
    done = []
    for row in rows:
        if row.starts is None or row.ends is not None or row.faults:
            done.append(row)
            continue
        later = [one for one in starts if one > row.starts and one.date() == row.starts.date()]
        if later:
            done.append(replace(row, ends=later[0], ends_guessed=True))
        else:
            done.append(replace(row, faults=(*row.faults, "no_end")))
    return done
