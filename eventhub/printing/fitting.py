"""How large a text is set and where its lines end, so that nothing is ever cut (R4.2).

One line as large as fits, down to the least size; then more lines; then the short form. Both
paths take their sizes and lines from here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from eventhub.printing.shaping import CannotShape, Line, Pen, shape
from eventhub.printing.values import Field, Sheet, Style, Text

STEP = 0.25
"""Sizes are multiples of this many points."""
_SMALLER = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6, 0.5, 0.4)
_HAIR = 0.01
# A line may end after a space, a hyphen or a slash, and between two ideographs or syllables.
_EASTERN = "\u2e80-\u2fff\u3040-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u9fff\uf900-\ufaff"
_NOT_FIRST = "、。，．・：；？！ー々〉》」』】〕）"
_BREAK = re.compile(
    rf"(?<=[ \u200b])|(?<=[-/\u2010\u2013])(?=\w)|"
    rf"(?<=[{_EASTERN}])(?=[{_EASTERN}])(?![{_NOT_FIRST}])|(?<=[{_EASTERN}])(?=[（「《])"
)


class DoesNotFit(Exception):
    """No size and no form of a text fits its box."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A text as it will be drawn: size in points, its lines, where the first one begins."""

    field: Field
    size: float
    lines: tuple[str, ...]
    shaped: tuple[Line, ...]
    rtl: bool
    language: str
    top: float

    @property
    def height(self) -> float:
        """Return the height of all lines, in points."""
        assert self.field.style
        return len(self.lines) * self.field.style.leading * self.size


def fit(fields: Sequence[Field], sheet: Sheet) -> list[Setting]:
    """Return how the texts of a sheet are set; fields without a text are left out.

    Raises DoesNotFit, and CannotShape where a text is not for the stream path.
    """
    found: list[Setting] = []
    stacks: dict[tuple[float, float], list[Field]] = {}
    for field in fields:
        if field.kind != "text" or not _has_text(sheet, field):
            continue
        if field.stack:
            stacks.setdefault((field.stack.x, field.stack.y), []).append(field)
        else:
            found.append(_alone(field, _text(sheet, field)))
    for stacked in stacks.values():
        found += _stacked(stacked, sheet)
    return found


def _has_text(sheet: Sheet, field: Field) -> bool:
    value = sheet.values.get(field.name)
    return isinstance(value, Text) and any(line.strip() for line in value.paragraphs)


def _text(sheet: Sheet, field: Field) -> Text:
    value = sheet.values[field.name]
    assert isinstance(value, Text)
    return value


def _alone(field: Field, text: Text) -> Setting:
    for scale in _SMALLER:
        setting = _set(field, text, scale, field.box.y)
        room = field.box.height - setting.height
        if room >= -_HAIR:
            return replace(setting, top=setting.top + _down_by(field, room))
    raise DoesNotFit(field.name)


def _stacked(fields: Sequence[Field], sheet: Sheet) -> list[Setting]:
    """Set the fields of one stack below one another, all smaller until they fit its height."""
    box = fields[0].stack
    assert box
    for scale in _SMALLER:
        settings, top = [], box.y
        for field in fields:
            setting = _set(field, _text(sheet, field), scale, top + field.gap)
            settings.append(setting)
            top = setting.top + setting.height
        room = box.y + box.height - top
        if room >= -_HAIR:
            down = _down_by(fields[0], room)
            return [replace(setting, top=setting.top + down) for setting in settings]
    raise DoesNotFit(fields[0].name)


def _down_by(field: Field, room: float) -> float:
    return max(room, 0.0) * {"top": 0.0, "middle": 0.5, "bottom": 1.0}[field.vertical]


def _set(field: Field, text: Text, scale: float, top: float) -> Setting:
    style = field.style
    assert style
    most = max(style.least, style.most * scale)
    pen = style.pen.in_language(text.language)
    rtl = text.rtl
    for paragraphs in (text.paragraphs, text.short):
        kept = tuple(" ".join(each.split()) for each in paragraphs if each.strip())
        found = _largest(style, pen, most, kept, field.box.width, rtl=rtl) if kept else None
        if found:
            size, lines = found
            shaped = tuple([shape(line, pen, rtl=rtl) for line in lines])
            return Setting(field, size, lines, shaped, rtl, text.language, top)
    raise DoesNotFit(field.name)


def _largest(
    style: Style, pen: Pen, most: float, paragraphs: tuple[str, ...], width: float, *, rtl: bool
) -> tuple[float, tuple[str, ...]] | None:
    """Return the largest size and the lines at it, on as few lines as can be."""
    widest = max([shape(each, pen, rtl=rtl).width for each in paragraphs])
    size = most if widest * most <= width else _down(width / widest)
    if size >= style.least:
        return size, paragraphs
    for count in range(2, style.lines + 1):
        size = most
        while size >= style.least:
            broken = [list(_broken(each, pen, width / size, rtl=rtl)) for each in paragraphs]
            if all(0 < len(lines) <= count for lines in broken):
                return size, tuple(line for lines in broken for line in lines)
            size = _down(size - _HAIR)
    return None


def _down(size: float) -> float:
    return size - size % STEP


def _broken(paragraph: str, pen: Pen, width: float, *, rtl: bool) -> Iterator[str]:
    """Yield the lines of a paragraph, width in em; nothing where a word is too wide for one."""
    lines: list[str] = []
    line = ""
    for word in _BREAK.split(paragraph):
        longer = line + word
        if shape(longer.rstrip(), pen, rtl=rtl).width <= width:
            line = longer
            continue
        if shape(word.rstrip(), pen, rtl=rtl).width > width:
            return
        lines.append(line.rstrip())
        line = word
    yield from [*lines, line.rstrip()]


__all__ = ["STEP", "CannotShape", "DoesNotFit", "Setting", "fit"]
