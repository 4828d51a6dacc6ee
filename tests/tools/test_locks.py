"""The lock files: whole, hashed, free of addresses, in step with pyproject.toml."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-node.lock")
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)( ; .+)? \\$", re.MULTILINE)


def pinned(lock: str) -> dict[str, str]:
    """Return each package of a lock with its version."""
    return {name: version for name, version, _ in PINNED.findall((ROOT / lock).read_text())}


def names(requirements: list[str]) -> set[str]:
    """Return the bare, normalized names of some requirements."""
    bare = (re.split(r"[\[<>=!~; ]", requirement)[0] for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in bare}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_a_version_and_a_hash(lock: str) -> None:
    packages = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    assert packages
    for package in packages:
        assert PINNED.match(package), package.splitlines()[0]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", package), package.splitlines()[0]


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_holds_an_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert "index-url" not in text


def test_front_end_packages_are_exact_and_hashed() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert locked[""]["dependencies"] == wanted
    for name, version in wanted.items():
        assert locked[f"node_modules/{name}"]["version"] == version
    for path, package in locked.items():
        assert "resolved" not in package, path
        assert path == "" or package["integrity"].startswith("sha512-"), path


def test_the_locks_hold_what_pyproject_asks_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = asked["project"]["optional-dependencies"]
    to_run = names([*asked["project"]["dependencies"], *extras["postgres"]])
    assert to_run <= pinned("requirements.lock").keys()
    to_develop = to_run | names([*extras["test"], *extras["dev"]])
    assert to_develop <= pinned("requirements-dev.lock").keys()
    assert names(asked["dependency-groups"]["node"]) <= pinned("requirements-node.lock").keys()


def test_developing_runs_on_the_versions_that_are_shipped() -> None:
    shipped, developed = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert {name: developed.get(name) for name in shipped} == shipped
