"""Collecting the interface's words for translators, and compiling what they wrote."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from eventhub.i18n import LANGUAGES
from eventhub.i18n.catalogue import FOLDERS

ROOT = Path(__file__).resolve().parents[1]
METHODS = {
    "eventhub": [("**.py", "python")],
    "templates": [("**.html", "jinja2"), ("**.txt", "jinja2")],
}
_IN_CONTEXT = ((1, "c"), 2)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": _IN_CONTEXT,
    "lazy_pgettext": _IN_CONTEXT,
}
OPTIONS = {"**.html": {"silent": "false"}, "**.txt": {"silent": "false"}}
TRANSLATED = tuple(code for code in LANGUAGES if code != "en")
"""English is what the sources say."""


def collect(root: Path = ROOT) -> dict[str, int]:
    """Write the texts of sources and templates into translations/; return what each lacks."""
    template = Catalog(project="EventHub", charset="utf-8")
    for name, line, message, comments, context in _found(root):
        template.add(message, None, [(name, line)], auto_comments=comments, context=context)
    folder = root / "translations"
    _write(folder / "messages.pot", template)
    return {
        code: _update(folder / code / "LC_MESSAGES" / "messages.po", code, template)
        for code in TRANSLATED
    }


def _found(root: Path) -> Iterator[tuple[str, int, Any, list[str], str | None]]:
    for folder, methods in METHODS.items():
        for found in extract_from_dir(root / folder, methods, OPTIONS, KEYWORDS):
            name, line, message, comments, context = found
            yield f"{folder}/{name}", line, message, comments, context


def _update(path: Path, code: str, template: Catalog) -> int:
    """Bring one catalogue up to date; return how many texts it lacks."""
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=code)
    else:
        catalogue = Catalog(locale=code, project="EventHub", charset="utf-8")
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    _write(path, catalogue)
    return sum(1 for message in catalogue if message.id and not _is_said(message.string))


def _is_said(text: object) -> bool:
    return all(text) if isinstance(text, tuple | list) else bool(text)


def _write(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(
            file,
            catalogue,
            width=100,
            sort_output=True,
            omit_header=False,
            include_lineno=False,
            ignore_obsolete=True,
        )


def compile_all() -> int:
    """Compile every catalogue that is newer than what was compiled; return how many."""
    count = 0
    for source in (path for folder in FOLDERS for path in folder.glob("*/LC_MESSAGES/messages.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        draft = target.with_suffix(".part")
        with draft.open("wb") as file:
            write_mo(file, catalogue)
        draft.replace(target)
        count += 1
    return count
