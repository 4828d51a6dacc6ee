"""The table of checks from outside, and how it is filled in."""

from pathlib import Path

import pytest

from tools.outside_checks import CHECKS, NOT_RUN, Check, filled, main, run
from tools.running_demo import Demo

KIT = Path("kit")


def test_accounts_addresses_and_links_are_filled_in(site: Demo) -> None:
    assert filled("{organiser}", KIT, site) == ["ada@example.org", "right"]
    assert filled("{base}/x", KIT, site) == [f"{site.base}/x"]
    assert filled("{shots}", KIT, site) == ["kit/shots"]
    assert filled("{link:/page \\.ics}", KIT, site) == [f"{site.base}/a.ics?x=1&y=2"]
    assert filled("{sign_in:organiser}", KIT, site) == [
        f"{site.base}/sign-in ada@example.org right"
    ]


def test_link_that_is_not_there_fails_its_check(site: Demo) -> None:
    with pytest.raises(LookupError, match="no link like"):
        filled("{link:/page \\.pdf}", KIT, site)


def test_absent_folder_is_said_aloud(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(tmp_path / "absent") == NOT_RUN
    assert f"kit absent: {len(CHECKS)} checks not run" in capsys.readouterr().out


@pytest.mark.browser
def test_file_behind_a_sign_in_is_fetched(site: Demo, tmp_path: Path) -> None:
    (file,) = filled("{download:organiser /private \\.ics}", tmp_path, site)
    assert "<h1>Here</h1>" in Path(file).read_text()


@pytest.mark.parametrize(("code", "passed"), [(0, True), (1, False)])
def test_check_passes_by_its_exit_code(
    code: int, passed: bool, site: Demo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = f"import sys; print('FAIL one thing'); print('summary', *sys.argv[1:]); exit({code})"
    (tmp_path / "some_check.py").write_text(program)
    (tmp_path / "env.sh").write_text("export PY=python3\n")
    check = Check("something", "some_check.py", ("{base}", "{organiser}"))
    assert run(check, tmp_path, tmp_path, site) is passed
    printed = capsys.readouterr().out
    assert "FAIL one thing" in printed
    assert f"something: summary {site.base} ada@example.org right" in printed
