"""Accents and category colours: contrast, and the stylesheet that an event brings."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

WHITE = "#FFFFFF"
INK = "#17212B"
LEAST_CONTRAST = 4.5
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Accent:
    """One accent: its colour on a light ground, and on a dark one."""

    code: str
    light: str
    dark: str


ACCENTS: dict[str, Accent] = {
    accent.code: accent
    for accent in (
        Accent("harbour", "#0F4C5C", "#7CC4D4"),
        Accent("indigo", "#2B3A8C", "#A9B6F5"),
        Accent("cinnabar", "#9C2A1B", "#F2A08F"),
        Accent("pine", "#1F5A3D", "#86CBA4"),
        Accent("plum", "#6B2A5B", "#DDA3CE"),
        Accent("ochre", "#7A5200", "#DDB25A"),
        Accent("slate", "#3C4A59", "#B3C0CE"),
        Accent("copper", "#87411F", "#E6A982"),
    )
}
DEFAULT_ACCENT = "harbour"


def is_colour(text: str) -> bool:
    """Tell whether the text is a colour like #1F5FA8."""
    return _HEX.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2)."""
    first, second = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def mark_text(colour: str) -> str:
    """Return white or ink, whichever reads better on the colour."""
    return max((WHITE, INK), key=lambda text: contrast(text, colour))


def is_readable(colour: str) -> bool:
    """Tell whether white or ink reaches 4.5 on the colour, so that a badge can be read."""
    return contrast(mark_text(colour), colour) >= LEAST_CONTRAST


def darkened(colour: str) -> str:
    """Return the nearest darker shade on which white reaches 4.5."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    for percent in range(100, -1, -1):
        shade = "#" + "".join(f"{part * percent // 100:02X}" for part in parts)
        if contrast(WHITE, shade) >= LEAST_CONTRAST:
            return shade
    return "#000000"


def stylesheet(accent: str, categories: Iterable[tuple[str, str]]) -> str:
    """Return the event's own style rules: its accent, and (code, colour) of its categories."""
    chosen = ACCENTS.get(accent, ACCENTS[DEFAULT_ACCENT])
    lines = [
        f":root {{ --accent-light: {chosen.light}; --accent-dark: {chosen.dark}; }}",
        *(
            f".cat-{code} {{ --mark: {colour}; --on-mark: {mark_text(colour)}; }}"
            for code, colour in categories
            if is_colour(colour)
        ),
    ]
    return "\n".join(lines) + "\n"


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
