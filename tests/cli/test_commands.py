"""The commands that look after an installation."""

import re
import stat
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from eventhub import __version__, texts
from eventhub.i18n import LANGUAGES
from tests.cli.running import Place, free_port


def test_version_is_told(tmp_path: Path) -> None:
    answer = Place(tmp_path, free_port()).call("--version")
    assert answer.stdout == f"eventhub {__version__}\n"


def test_migrate_twice_changes_nothing(place: Place) -> None:
    answer = place.call("migrate")
    assert answer.returncode == 0
    assert "newest schema" in answer.stdout


def test_first_administrator_is_made_with_a_password(place: Place) -> None:
    answer = place.call("create-admin", "Ada@Example.org")
    assert answer.returncode == 0, answer.stderr
    found = re.search(r"ada@example\.org\s+(\S{19})", answer.stdout)
    assert found
    again = place.call("create-admin", "ada@example.org")
    assert again.returncode == 0, "a lost password is set anew"
    assert found.group(1) not in again.stdout


def test_doctor_says_what_to_do(place: Place) -> None:
    answer = place.call("doctor")
    assert answer.returncode == 1, "there are no fonts here"
    assert "ok   database: sqlite" in answer.stdout
    assert re.search(r"ok   schema: \w+", answer.stdout)
    assert "FAIL fonts: run: eventhub setup" in answer.stdout
    (place.folder / "data" / "keys").chmod(0o755)
    assert "FAIL keys: others may read it" in place.call("doctor").stdout


def test_doctor_of_an_empty_database_says_migrate(tmp_path: Path) -> None:
    answer = Place(tmp_path, free_port()).call("doctor")
    assert "FAIL schema: run: eventhub migrate" in answer.stdout
    assert "Traceback" not in answer.stderr


def test_bad_setting_is_one_plain_line(tmp_path: Path) -> None:
    place = Place(tmp_path, free_port(), {"EVENTHUB_MODE": "production"})
    answer = place.call("migrate")
    assert answer.returncode == 1
    assert "Set SECRET_KEY" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_backup_command_and_back_again(place: Place, tmp_path: Path) -> None:
    place.call("create-admin", "ada@example.org")
    file = tmp_path / "b.tar"
    answer = place.call("backup", str(file))
    assert answer.returncode == 0, answer.stderr
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (tmp_path / "other").mkdir()
    other = Place(tmp_path / "other", free_port())
    restored = other.call("restore", str(file))
    assert restored.returncode == 0, restored.stderr
    assert "rows and 0 files are back" in restored.stdout
    assert "ok   schema" in other.call("doctor").stdout
    again = other.call("restore", str(file))
    assert again.returncode == 1
    assert "Traceback" not in again.stderr


def test_texts_are_collected_and_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "eventhub").mkdir()
    (tmp_path / "templates").mkdir()
    source = 'x = _("Good day")\ny = ngettext("%(n)s seat", "%(n)s seats", 2)\n'
    (tmp_path / "eventhub" / "a.py").write_text(source)
    (tmp_path / "templates" / "a.html").write_text('<p>{{ _("Bye, %(name)s", name=x) }}</p>')
    (tmp_path / "templates" / "b.txt").write_text('{{ lazy_gettext("A line") }}')
    missing = texts.collect(tmp_path)
    assert missing == {code: 4 for code in LANGUAGES if code != "en"}
    path = tmp_path / "translations" / "fr" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale="fr")
    message = catalogue.get("Good day")
    assert message is not None
    message.string = "Bonjour"
    texts._write(path, catalogue)
    assert texts.collect(tmp_path)["fr"] == 3, "what was translated stays"
    monkeypatch.setattr(texts, "FOLDERS", (tmp_path / "translations",))
    assert texts.compile_all() == 6
    assert texts.compile_all() == 0, "only what is newer"
    assert path.with_suffix(".mo").stat().st_size > 0
