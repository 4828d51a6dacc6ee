"""Setting the fonts up, once: copies, licences, and the list of what they can draw."""

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

from eventhub.printing.fonts import CONF, COVERAGE, FONT_PACKAGES, FontsMissing, write_fonts_conf


def copy_fonts(node_modules: Path, fonts_dir: Path) -> None:
    """Copy the fonts and their licences into fonts_dir, ready for use_fonts.

    What is there already is not copied again. Raises FontsMissing where npm has not run.
    """
    wanted = [
        (node_modules / font.folder / file, fonts_dir / file.name)
        for font in FONT_PACKAGES
        for file in font.files
    ]
    wanted += [
        (node_modules / font.folder / "LICENSE_FONT", fonts_dir / f"{font.package}-licence.txt")
        for font in FONT_PACKAGES
    ]
    if missing := [source for source, _ in wanted if not source.is_file()]:
        raise FontsMissing(
            f"{len(missing)} font files are not in {node_modules}, {missing[0].name} for one: "
            "run npm ci --ignore-scripts"
        )
    fonts_dir.mkdir(parents=True, exist_ok=True)
    for source, target in wanted:
        if not target.is_file() or target.stat().st_size != source.stat().st_size:
            part = target.with_suffix(".part")
            shutil.copyfile(source, part)
            part.replace(target)
    regular = [fonts_dir / font.files[0].name for font in FONT_PACKAGES]
    coverage = json.dumps(list(_ranges(_characters(regular))))
    (fonts_dir / COVERAGE).write_text(coverage, encoding="ascii")
    write_fonts_conf(fonts_dir, fonts_dir / CONF)


def _characters(files: Iterable[Path]) -> set[int]:
    found: set[int] = set()
    for file in files:
        with TTFont(file, lazy=True) as font:
            found.update(font.getBestCmap())
    return found


def _ranges(numbers: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of consecutive numbers as first and last."""
    ordered = sorted(numbers)
    first = previous = ordered[0]
    for number in ordered[1:]:
        if number != previous + 1:
            yield first, previous
            first = number
        previous = number
    yield first, previous
