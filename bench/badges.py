"""Run with `python -m bench.badges`: badges by the stream path, and by ReportLab in the same run.

Each badge has a photo, a QR code and a name of its own, in all the scripts promised. Both draw the
same badge with the same QR modules; ReportLab neither shapes nor joins letters, which is in its
favour. Every case has a process of its own; peak memory is that of the whole process, time is from
the first line of the design to the last byte, imports excepted. Nothing is asserted.
"""

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.server import ROOT
from eventhub.printing.font_copy import copy_fonts
from eventhub.printing.fonts import FONT_PACKAGES, use_fonts

MADE = datetime(2024, 4, 2, tzinfo=UTC)
MM = 72 / 25.4
PHOTOS = 1000
KINDS = ("DEL", "PRS", "OBS")
_DARK = re.compile("1+")


@dataclass(frozen=True, slots=True)
class Person:
    """One badge: what is printed on it."""

    kind: str
    given: str
    family: str
    local: str
    language: str
    entity: str
    post: str
    number: str
    qr: str
    photo: Path


def main() -> None:
    """Measure all cases, each in a process of its own, and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the badges")
    parser.add_argument("--case", nargs=3, metavar=("NAME", "COUNT", "FOLDER"))
    asked = parser.parse_args()
    if asked.case:
        name, count, folder = asked.case
        print(json.dumps(measure(name, int(count), Path(folder))))
        return
    thousand = 100 if asked.quick else 1000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_fonts(ROOT / "node_modules", folder / "fonts")
        make_photos(folder, PHOTOS)
        found = {
            (case, count): run(case, count, folder)
            for case, count in [
                ("stream", thousand), ("reportlab", thousand), ("stream", thousand),
                ("reportlab", thousand), ("stream", 5 * thousand),
            ]
        }  # fmt: skip
    ours, theirs = found["stream", thousand], found["reportlab", thousand]
    many = found["stream", 5 * thousand]
    print(
        f"\nstream path {theirs['seconds'] / ours['seconds']:.1f} times as fast as ReportLab "
        f"(by processor {theirs['cpu'] / ours['cpu']:.1f}); five times as many badges took "
        f"{many['seconds'] / ours['seconds']:.1f} times as long and "
        f"{many['peak_mb'] - ours['peak_mb']:+.0f} MB"
    )


def run(case: str, count: int, folder: Path) -> dict[str, Any]:
    """Measure one case in another process, and print it."""
    command = [sys.executable, "-m", "bench.badges", "--case", case, str(count), str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    print(
        f"{case:10} {count:5} badges {found['seconds']:6.2f} s ({found['cpu']:.2f} s of "
        f"processor), peak {found['peak_mb']:.0f} MB, {found['kb_each']:.1f} KB a badge"
        + (f"; {found['report']}" if found["report"] else ""), flush=True,
    )  # fmt: skip
    return found


def measure(case: str, count: int, folder: Path) -> dict[str, Any]:
    """Return seconds, peak memory and size of one case."""
    use_fonts(folder / "fonts")
    draw = {"stream": _stream, "reportlab": _reportlab}[case]
    draw((), folder, folder / "nothing.pdf")  # imports only
    out = folder / f"{case}.pdf"
    started, worked = time.perf_counter(), time.process_time()
    report = draw(people(count, folder), folder, out)
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    return {
        "seconds": seconds,
        "cpu": cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "kb_each": out.stat().st_size / 1024 / count,
        "report": report,
    }


def make_photos(folder: Path, count: int) -> None:
    """Write portraits of about 10 KB, from a fixed seed."""
    from PIL import Image  # noqa: PLC0415  (the parent's, not the measured ones')

    draw = random.Random(1)
    for number in range(count):
        small = Image.frombytes("RGB", (18, 23), draw.randbytes(18 * 23 * 3))
        small.resize((390, 500)).save(folder / f"{number}.jpg", quality=60)


def people(count: int, folder: Path) -> Iterator[Person]:
    """Yield people, no two alike, one by one."""
    from tests.printing.badges import PEOPLE, SCRIPTS  # noqa: PLC0415

    draw = random.Random(2)
    names = list(SCRIPTS.values())
    for number in range(count):
        person = PEOPLE[number % len(PEOPLE)]
        local, language = names[number % len(names)]
        token = "".join(draw.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=133))
        yield Person(
            kind=KINDS[number % len(KINDS)],
            given=f"{person.get('given_names', 'U')} {chr(65 + number % 26)}.",
            family=f"{person.get('family_name', 'N')}".upper(),
            local=f"{local} {number}",
            language=language,
            entity=f"Democratic Republic of Example {number % 150}",
            post=f"{person.get('title', '')} {number}",
            number=f"EXA-{number:04d} · 1",
            qr=f"HTTPS://EVENTS.EXAMPLE.ORG/D/EH1:{token}",
            photo=folder / f"{number % PHOTOS}.jpg",
        )


def _stream(persons: Any, _folder: Path, out: Path) -> str:
    from eventhub.printing.designs import read_design  # noqa: PLC0415  (measured by itself)
    from eventhub.printing.sheets import print_sheets  # noqa: PLC0415
    from eventhub.printing.values import Picture, Qr, Sheet, Text  # noqa: PLC0415
    from tests.printing.badges import badge_html  # noqa: PLC0415

    if not persons:
        import weasyprint  # noqa: F401, PLC0415  (imports are not measured)
    sheets = (
        Sheet(p.kind, {
            "name": Text((p.given, p.family)), "local_name": Text((p.local,), p.language),
            "entity": Text((p.entity,)), "post": Text((p.post,)), "number": Text((p.number,)),
            "qr": Qr(p.qr, p.number), "photo": Picture(p.photo.read_bytes(), p.given),
        })
        for p in persons
    )  # fmt: skip
    if not persons:
        return ""
    with out.open("wb") as file:
        report = print_sheets(read_design(badge_html(*KINDS)), sheets, file, title="Badges",
                              lang="en", created_at=MADE)  # fmt: skip
    return str(report)


def _reportlab(persons: Any, folder: Path, out: Path) -> str:
    from reportlab import rl_config  # noqa: PLC0415  (measured by itself)
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    from eventhub.printing.qr_rows import qr_rows  # noqa: PLC0415

    if not persons:
        return ""
    rl_config.useA85 = 0
    width, height = 105 * MM, 148 * MM
    canvas = Canvas(str(out), pagesize=(width, height), pageCompression=1)

    def line(text: str, x: float, top: float, size: float, room: float, *, bold: bool) -> float:
        font = _font_of(text, folder, bold=bold)
        wide = pdfmetrics.stringWidth(text, font, size)
        size = min(size, size * room / wide) if wide else size
        canvas.setFont(font, size)
        canvas.drawString(x, height - top - size, text)
        return top + size * 1.2

    for kind in KINDS:
        canvas.beginForm(kind, 0, 0, width, height)
        line("Ministry of Digital Affairs", 6 * MM, 6 * MM, 7.5, 80 * MM, bold=True)
        line("World Forum", 6 * MM, 12 * MM, 9.5, 80 * MM, bold=True)
        line("世界论坛", 6 * MM, 17 * MM, 7.5, 80 * MM, bold=False)
        line("2–3 April 2024", 6 * MM, 29 * MM, 7.5, 80 * MM, bold=False)
        canvas.setFillColorRGB(0.04, 0.36, 0.68)
        canvas.rect(0, 0, width, 21 * MM, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        line("DE", 8 * MM, 132 * MM, 20, 13 * MM, bold=True)
        line("Delegate", 23 * MM, 131 * MM, 11, 45 * MM, bold=True)
        canvas.endForm()
    for p in persons:
        canvas.doForm(p.kind)
        canvas.drawImage(str(p.photo), 6 * MM, height - 79 * MM, 32 * MM, 41 * MM)
        _draw_rows(canvas, qr_rows(p.qr), width - 48 * MM, height - 38 * MM, 42 * MM)
        top = line(p.given, 6 * MM, 82 * MM, 24, 93 * MM, bold=True)
        top = line(p.family, 6 * MM, top, 24, 93 * MM, bold=True)
        top = line(p.local, 6 * MM, top + 2, 11, 93 * MM, bold=False)
        top = line(p.entity, 6 * MM, top + 7, 12, 93 * MM, bold=True)
        line(p.post, 6 * MM, top + 2, 7.5, 93 * MM, bold=False)
        canvas.setFillColorRGB(1, 1, 1)
        line(p.number, 70 * MM, 142 * MM, 7.5, 30 * MM, bold=False)
        canvas.showPage()
    canvas.save()
    return ""


_fonts: dict[str, Any] = {}


def _font_of(text: str, folder: Path, *, bold: bool) -> str:
    """Return the first font that has the letters; fonts are read when first needed."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    letters = [ord(c) for c in text if c.isalpha()]
    name = ""
    for package in FONT_PACKAGES:
        file = package.files[1 if bold else 0].name
        name = Path(file).stem
        if name not in _fonts:
            _fonts[name] = TTFont(name, str(folder / "fonts" / file))
            pdfmetrics.registerFont(_fonts[name])
        if all(letter in _fonts[name].face.charToGlyph for letter in letters):
            break
    return name


def _draw_rows(canvas: Any, rows: list[str], left: float, top: float, side: float) -> None:
    """Draw the same modules as the stream path, by ReportLab's own path."""
    module = side / (len(rows) + 8)
    canvas.saveState()
    canvas.translate(left + 4 * module, top - 4 * module)
    canvas.scale(module, -module)
    path = canvas.beginPath()
    for y, row in enumerate(rows):
        for dark in _DARK.finditer(row):
            path.rect(dark.start(), y, dark.end() - dark.start(), 1)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


if __name__ == "__main__":
    main()
