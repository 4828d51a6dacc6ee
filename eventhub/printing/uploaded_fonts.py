"""Fonts that an institution brings: checked before they are kept, then used by family name.

What reads a font is written in C and the file comes from outside, so the check runs in a process
of its own, with little time and memory.
"""

import hashlib
import io
import json
import re
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eventhub.printing.typefaces import BOLD, REGULAR, knows

MOST_BYTES = 5_000_000
REASONS = (
    "size", "kind", "damaged", "variable", "italic", "embedding", "name", "known", "letters",
)  # fmt: skip
_SECONDS, _MEMORY = 20, 1_000_000_000
_TRUETYPE, _CFF = (b"\0\1\0\0", b"true"), b"OTTO"
_NEEDED = ("cmap", "head", "hhea", "hmtx", "maxp", "name", "OS/2", "post")
# OS/2 fsType: no embedding at all, no subset, bitmaps only.
_RESTRICTED, _NO_SUBSET, _BITMAPS_ONLY = 0x0002, 0x0100, 0x0200
_ITALIC, _BOLD_FROM = 0x0001, 600
_NAME = re.compile(r"[\w][\w .\-]{0,59}")
_FAMILY_NAMES = (16, 1)  # typographic family, then family
_TRIED = 200


class BadFont(ValueError):
    """A font that cannot be used; the message is the reason as a code, one of REASONS.

    size (over MOST_BYTES), kind (neither TrueType nor OpenType), damaged, variable, italic,
    embedding (its licence bits allow no embedding or no subset), name (no usable family name),
    known (a family of this name is here already), letters (it draws none).
    """


@dataclass(frozen=True, slots=True)
class UploadedFont:
    """A checked font. weight is REGULAR or BOLD; characters are the code points it draws.

    Only TrueType outlines go the stream path (`is_streamed`): designs with others go the page path.
    """

    family: str
    weight: int
    data: bytes
    characters: frozenset[int]
    is_streamed: bool

    @property
    def digest(self) -> str:
        """Return what tells this font from all others."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def asset(self) -> str:
        """Return under which name a document finds its file."""
        return f"font-{self.digest}"

    def missing(self, text: str) -> set[str]:
        """Return the letters of a text that this font does not draw."""
        return {c for c in text if not c.isspace() and ord(c) not in self.characters}


def check_font(data: bytes, *, taken: Sequence[tuple[str, int]] = ()) -> UploadedFont:
    """Return a font file as a font. Raises BadFont.

    taken are the family names and weights that are in use already, beside our own families.
    """
    if len(data) > MOST_BYTES:
        raise BadFont("size")
    if data[:4] not in (*_TRUETYPE, _CFF):
        raise BadFont("kind")
    command = [sys.executable, "-m", "eventhub.printing.uploaded_fonts"]
    try:
        done = subprocess.run(  # noqa: S603  (ourselves, no argument from outside)
            command, input=data, capture_output=True, check=False, timeout=_SECONDS
        )
        found: dict[str, Any] = json.loads(done.stdout or b"{}") if not done.returncode else {}
    except (subprocess.TimeoutExpired, ValueError):
        raise BadFont("damaged") from None
    if found.get("reason", "damaged"):
        raise BadFont(found.get("reason", "damaged"))
    family, weight = str(found["family"]), int(found["weight"])
    names = {(name.casefold(), of_weight) for name, of_weight in taken}
    if knows(family) or (family.casefold(), weight) in names:
        raise BadFont("known")
    return UploadedFont(family, weight, data, frozenset(found["characters"]), data[:4] in _TRUETYPE)


def face_rules(fonts: Sequence[UploadedFont]) -> str:
    """Return the rules by which a document finds its fonts (CSS Fonts 4, 4.1)."""
    return "".join(
        f'@font-face {{ font-family: "{font.family}"; src: url("asset:{font.asset}"); '
        f"font-weight: {700 if font.weight == BOLD else 400} }}\n"
        for font in fonts
    )


def _inspect(data: bytes) -> dict[str, Any]:
    """Read every part of a font; return what it is, or the reason why it cannot be used."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  (heavy: only where a font is checked)

    with TTFont(io.BytesIO(data), lazy=False) as font:
        outlines = "CFF " if data[:4] == _CFF else "glyf"
        if any(table not in font for table in (*_NEEDED, outlines)):
            return {"reason": "damaged"}
        if "fvar" in font:
            return {"reason": "variable"}
        style = font["OS/2"]
        if style.fsType & (_RESTRICTED | _NO_SUBSET | _BITMAPS_ONLY):
            return {"reason": "embedding"}
        if style.fsSelection & _ITALIC:
            return {"reason": "italic"}
        family = next((n for i in _FAMILY_NAMES if (n := font["name"].getDebugName(i))), "")
        if not _NAME.fullmatch(family) or family.casefold() in ("serif", "sans-serif"):
            return {"reason": "name"}
        for name in font.getGlyphOrder():
            _ = font["glyf"][name] if outlines == "glyf" else font.getGlyphSet()[name].width
        characters = sorted(font.getBestCmap() or ())
    if not any(chr(code).isalpha() for code in characters):
        return {"reason": "letters"}
    _try(data, [code for code in characters if chr(code).isalpha()][:_TRIED])
    weight = BOLD if style.usWeightClass >= _BOLD_FROM else REGULAR
    return {"reason": "", "family": family, "weight": weight, "characters": characters}


def _try(data: bytes, characters: Sequence[int]) -> None:
    """Shape some letters and cut the font to them, as printing will."""
    import uharfbuzz as hb  # noqa: PLC0415  (heavy)

    face = hb.Face(hb.Blob(data))
    buffer = hb.Buffer()
    buffer.add_str("".join(map(chr, characters)))
    buffer.guess_segment_properties()
    hb.shape(hb.Font(face), buffer)
    wanted = hb.SubsetInput()
    wanted.glyph_set.update({0, *(info.codepoint for info in buffer.glyph_infos)})
    if not hb.subset(face, wanted).blob.data:
        raise ValueError("the font cannot be cut")


def _main() -> None:
    """Check the font on standard input; whatever goes wrong says that it is damaged."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    sys.stdout.write(json.dumps(_inspect(sys.stdin.buffer.read())))


if __name__ == "__main__":
    _main()
