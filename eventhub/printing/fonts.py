"""The fonts of printed documents: where they come from and where they lie."""

import os
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

WEIGHTS = ("400Regular", "700Bold")
CONF = "fonts.conf"
COVERAGE = "coverage.json"


class FontsMissing(Exception):
    """The fonts are not in place; the message says what to run."""


@dataclass(frozen=True, slots=True)
class FontPackage:
    """An npm package of one font family, and the scripts (ISO 15924) it is here for."""

    package: str
    family: str
    scripts: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """Return the package's place below node_modules."""
        return Path("@expo-google-fonts") / self.package

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the font files wanted, one per weight, relative to the package's folder."""
        stem = self.family.replace(" ", "")
        return tuple(Path(weight) / f"{stem}_{weight}.ttf" for weight in WEIGHTS)


# A character is drawn with the first family that has it: order matters.
FONT_PACKAGES = (
    FontPackage("noto-sans", "Noto Sans", ("Latn", "Cyrl", "Grek")),
    FontPackage("noto-sans-arabic", "Noto Sans Arabic", ("Arab",)),
    FontPackage("noto-sans-hebrew", "Noto Sans Hebrew", ("Hebr",)),
    FontPackage("noto-sans-ethiopic", "Noto Sans Ethiopic", ("Ethi",)),
    FontPackage("noto-sans-armenian", "Noto Sans Armenian", ("Armn",)),
    FontPackage("noto-sans-georgian", "Noto Sans Georgian", ("Geor",)),
    FontPackage("noto-sans-devanagari", "Noto Sans Devanagari", ("Deva",)),
    FontPackage("noto-sans-bengali", "Noto Sans Bengali", ("Beng",)),
    FontPackage("noto-sans-tamil", "Noto Sans Tamil", ("Taml",)),
    FontPackage("noto-sans-sinhala", "Noto Sans Sinhala", ("Sinh",)),
    FontPackage("noto-sans-thai", "Noto Sans Thai", ("Thai",)),
    FontPackage("noto-sans-lao", "Noto Sans Lao", ("Laoo",)),
    FontPackage("noto-sans-khmer", "Noto Sans Khmer", ("Khmr",)),
    FontPackage("noto-sans-myanmar", "Noto Sans Myanmar", ("Mymr",)),
    FontPackage("noto-sans-sc", "Noto Sans SC", ("Hans", "Hant")),
    FontPackage("noto-sans-jp", "Noto Sans JP", ("Jpan",)),
    FontPackage("noto-sans-kr", "Noto Sans KR", ("Kore",)),
    FontPackage("noto-serif", "Noto Serif", ("Latn", "Cyrl", "Grek")),
    FontPackage("noto-naskh-arabic", "Noto Naskh Arabic", ("Arab",)),
)
_SERIF = ("Noto Serif", "Noto Naskh Arabic")
_BY_LANGUAGE = {"ja": "Noto Sans JP", "ko": "Noto Sans KR"}


def write_fonts_conf(fonts_dir: Path, conf_path: Path) -> None:
    """Write a fontconfig file that knows the fonts of fonts_dir alone, in their fixed order."""
    folder = escape(str(fonts_dir.absolute()))
    serif = "".join(f"<string>{family}</string>" for family in _SERIF)
    sans = "".join(f"<string>{f.family}</string>" for f in FONT_PACKAGES if f.family not in _SERIF)
    languages = "".join(
        f'  <match target="pattern">\n'
        f'    <test name="lang" compare="contains"><string>{language}</string></test>\n'
        f'    <edit name="family" mode="append_last" binding="strong">'
        f"<string>Noto Sans</string><string>{family}</string></edit>\n"
        f"  </match>\n"
        for language, family in _BY_LANGUAGE.items()
    )
    serifs = "".join(
        f'  <match target="pattern">\n'
        f'    <test name="family"><string>{name}</string></test>\n'
        f'    <edit name="family" mode="assign" binding="strong">{serif}</edit>\n'
        f"  </match>\n"
        for name in ("serif", _SERIF[0])
    )
    conf_path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        "<fontconfig>\n"
        f"  <dir>{folder}</dir>\n"
        f"  <cachedir>{folder}/cache</cachedir>\n"
        f"{serifs}{languages}"
        '  <match target="pattern">\n'
        f'    <edit name="family" mode="append_last" binding="strong">{sans}</edit>\n'
        "  </match>\n"
        "</fontconfig>\n",
        encoding="utf-8",
    )


def use_fonts(fonts_dir: Path) -> None:
    """Let this process and its children print with the fonts of fonts_dir and no others.

    Call it before the first document is made. Raises FontsMissing where copy_fonts has not run.
    """
    conf = fonts_dir.absolute() / CONF
    if not conf.is_file():
        raise FontsMissing(f"There are no fonts in {fonts_dir}: run eventhub setup")
    write_fonts_conf(fonts_dir, conf)  # the folder may have been moved
    os.environ["FONTCONFIG_FILE"] = str(conf)


def use_fonts_of(fonts_dir: Path) -> None:
    """Put fonts to use in a process that may have none yet; raise FontsMissing like use_fonts."""
    if not os.environ.get("FONTCONFIG_FILE"):
        use_fonts(fonts_dir)


def fonts_in_use() -> Path:
    """Return the folder given to use_fonts; raise FontsMissing where there was none."""
    conf = Path(os.environ.get("FONTCONFIG_FILE", ""))
    if not (conf.parent / COVERAGE).is_file():
        raise FontsMissing("No fonts are in use: call use_fonts first")
    return conf.parent
