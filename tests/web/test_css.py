import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = ROOT / "static/css/public.css"
STAFF = ROOT / "static/css/staff.css"
SHEETS = sorted((ROOT / "static/css").glob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
INKS = ("ink", "quiet", "accent", "good", "attention", "stop", "note")
ACCENTS = {
    "harbour": ("#0F4C5C", "#7CC4D4"),
    "indigo": ("#2B3A8C", "#A9B6F5"),
    "cinnabar": ("#9C2A1B", "#F2A08F"),
    "pine": ("#1F5A3D", "#86CBA4"),
    "plum": ("#6B2A5B", "#DDA3CE"),
    "ochre": ("#7A5200", "#DDB25A"),
    "slate": ("#3C4A59", "#B3C0CE"),
    "copper": ("#87411F", "#E6A982"),
}
PHYSICAL = re.compile(
    r"(?:margin|padding|border|scroll-margin|scroll-padding|inset)-(?:left|right|top|bottom)"
    r"|(?<![\w-])(?:left|right|top|bottom|float)\s*:"
    r"|(?:text-align|clear|float)\s*:\s*(?:left|right)"
    r"|(?<![\w-])(?:width|height|min-width|max-width|min-height|max-height)\s*:(?!\s*\d+px\))"
)


def rules_of(sheet: Path) -> str:
    """Return a sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)


def tokens(scheme: str) -> dict[str, str]:
    """Return the colours of the light or dark scheme by name, references followed."""
    text = rules_of(PUBLIC)
    light = re.search(r"@layer tokens \{\s*:root \{(.*?)\}", text, re.DOTALL)
    dark = re.search(r"@media \(prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}", text, re.DOTALL)
    assert light
    assert dark
    declared = dict(re.findall(r"--([\w-]+):\s*([^;]+);", light[1]))
    if scheme == "dark":
        declared |= dict(re.findall(r"--([\w-]+):\s*([^;]+);", dark[1]))
    return {
        name: declared[value[6:-1]] if value.startswith("var(") else value
        for name, value in declared.items()
    }


def luminance(colour: str) -> float:
    """Return the relative luminance of #RRGGBB as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_counted_as_wcag_counts_it():
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "surface", "tint"])
@pytest.mark.parametrize("ink", INKS)
def test_every_text_colour_reads_on_every_ground(scheme, ground, ink):
    colours = tokens(scheme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_filled_buttons_and_controls_read(scheme):
    colours = tokens(scheme)
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5
    assert contrast(colours["ground"], colours["stop"]) >= 4.5
    assert contrast(colours["control"], colours["ground"]) >= 3
    assert contrast(colours["control"], colours["surface"]) >= 3


@pytest.mark.parametrize("name", ACCENTS)
def test_every_accent_reads_as_text_and_as_a_filled_button(name):
    for scheme, accent in zip(("light", "dark"), ACCENTS[name], strict=True):
        colours = tokens(scheme)
        assert contrast(accent, colours["ground"]) >= 6.6
        assert contrast(accent, colours["tint"]) >= 4.5
        assert contrast(accent, colours["on-accent"]) >= 6.6


@pytest.mark.parametrize("answer", ["go", "halt", "desk"])
def test_the_answers_of_the_door_read(answer):
    declared = dict(re.findall(r"--([\w-]+):\s*(#\w{6});", rules_of(STAFF)))
    assert contrast(declared[answer], declared[f"on-{answer}"]) >= 6.5


def test_the_public_sheet_is_light_on_the_wire():
    assert len(gzip.compress(PUBLIC.read_bytes(), 9)) <= 9 * 1024


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheets_use_logical_properties_alone(sheet):
    assert PHYSICAL.findall(rules_of(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheets_fetch_nothing_and_force_nothing(sheet):
    text = rules_of(sheet)
    assert "url(" not in text
    assert "@import" not in text
    assert "!important" not in text


def test_the_physical_pattern_finds_what_it_should():
    for bad in ("margin-left: 1px", "{left: 0", "text-align: right", "{ width: 3px"):
        assert PHYSICAL.search(bad), bad
    for good in ("margin-inline-start: 1px", "inline-size: 3px", "border-width: 2px"):
        assert not PHYSICAL.search(good), good


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_carry_no_inline_style_or_script(template):
    inside = template.relative_to(ROOT / "templates")
    text = template.read_text("utf-8")
    assert not re.search(r"\son\w+\s*=\s*[\"']", text)
    assert not re.search(r"<script(?![^>]*\s(src=|type=.application/ld))", text)
    if inside.parts[0] not in ("mail", "print") and inside.name not in ("mail.html", "print.html"):
        assert not re.search(r"\sstyle\s*=", text)
        assert "<style" not in text
