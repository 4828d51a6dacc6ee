"""What holds for the sources as a whole."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jinja2.meta
import pytest
from flask import Flask
from jinja2 import Environment, nodes

from eventhub import app as factory
from eventhub.core.db import Base
from eventhub.jobs.runner import HANDLERS
from eventhub.mail.seams import MESSAGES
from eventhub.models import METADATA
from eventhub.web.seams import NAV

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "eventhub"
TEMPLATES = ROOT / "templates"


KEYS_UPWARD = {
    "Grant -> people",
    "Grant -> events",
    "Grant -> institutions",
    "StoredFile -> events",
    "OutboxMail -> events",
    "AnswerSet -> registration",
    "EntityGroup -> institutions",
}
"""Ground and tools belong to an event without knowing what one is: a column, no relationship."""


@cache
def sources() -> dict[str, ast.Module]:
    """Return the parsed sources by their path below the package."""
    return {
        str(path.relative_to(PACKAGE)): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls of functions or methods of these names, with the file they stand in."""
    for path, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func
                name = (
                    called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                )
                if name in names:
                    yield path, node


def strings() -> set[str]:
    """Return every string that stands in the sources."""
    return {
        node.value
        for tree in sources().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def floors() -> dict[str, int]:
    """Return how high each package stands, 0 being the top."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        name.strip(): height
        for height, layer in enumerate(layers)
        for name in layer.replace("|", ":").split(":")
    }


def package_of(model: type) -> str:
    """Return the package that a model belongs to."""
    return model.__module__.split(".")[1]


def test_only_transaction_commits() -> None:
    found = [path for path, _call in calls("commit") if path != "core/db.py"]
    assert not found


def test_relationships_and_foreign_keys_point_down_or_stay_home() -> None:
    height = floors()
    mappers = list(Base.registry.mappers)
    owners = {str(mapper.local_table): package_of(mapper.class_) for mapper in mappers}
    upward = []
    for mapper in mappers:
        own = package_of(mapper.class_)
        others = {package_of(relation.mapper.class_) for relation in mapper.relationships}
        for key in METADATA.tables[str(mapper.local_table)].foreign_keys:
            others.add(owners[key.column.table.name])
        name = mapper.class_.__name__
        upward += [f"{name} -> {other}" for other in others if height[other] < height[own]]
    assert set(upward) <= KEYS_UPWARD


def test_every_model_is_known_to_migrations_and_tests() -> None:
    named = {
        f"{node.module.split('.')[1]}/{node.module.split('.')[2]}"
        for node in ast.walk(sources()["models.py"])
        if isinstance(node, ast.ImportFrom) and node.module and node.module.endswith(".models")
    }
    there = {
        path.removesuffix(".py").removesuffix("/__init__")
        for path in sources()
        if path.endswith(("/models.py", "/models/__init__.py"))
    }
    assert named == there
    assert {str(mapper.local_table) for mapper in Base.registry.mappers} <= set(METADATA.tables)


def test_views_jobs_and_parts_are_wired() -> None:
    packages = {path.split("/")[0] for path in sources() if "/" in path}

    def having(name: str) -> set[str]:
        return {
            package
            for package in packages
            if f"{package}/{name}.py" in sources() or f"{package}/{name}/__init__.py" in sources()
        }

    assert set(factory.FEATURES) == having("views")
    assert set(factory.JOBS) == having("jobs")
    connected = {
        node.func.value.id
        for node in ast.walk(sources()["parts.py"])
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
    }
    assert connected == having("parts")


def first_string(call: ast.Call) -> str | None:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def test_every_queued_job_has_a_handler(app: Flask) -> None:
    queued = {first_string(call) for _path, call in calls("queue", "queue_many")} - {None}
    assert queued
    assert queued <= set(HANDLERS)


def test_every_message_sent_is_worded(app: Flask) -> None:
    sent = {
        name
        for path, call in calls("send")
        if (name := first_string(call)) and "." in name and not path.startswith("mail/")
    }
    assert sent
    assert sent <= set(MESSAGES)


def test_every_menu_entry_leads_somewhere(app: Flask) -> None:
    assert {entry.endpoint for entry in NAV} <= set(app.view_functions)


@pytest.fixture(scope="module")
def templates() -> dict[str, nodes.Template]:
    """Return the parsed templates by name."""
    environment = Environment(autoescape=True)
    return {
        str(path.relative_to(TEMPLATES)): environment.parse(path.read_text(encoding="utf-8"))
        for path in sorted(TEMPLATES.rglob("*"))
        if path.suffix in (".html", ".txt", ".xml")
    }


def named_by_templates(templates: dict[str, nodes.Template]) -> set[str]:
    return {
        name
        for tree in templates.values()
        for name in jinja2.meta.find_referenced_templates(tree)
        if name
    }


def ways_to_name(mail: str) -> set[str]:
    """Return how a feature may name the folder of a letter: whole, or by its last part."""
    folder = mail.removeprefix("mail/").rpartition("/")[0]
    return {folder, folder.rpartition("/")[2]}


def test_every_template_named_exists(templates: dict[str, nodes.Template]) -> None:
    rendered = {
        name
        for _path, call in calls("render_template", "page_for_all", "get_template")
        if (name := first_string(call))
    }
    assert len(rendered) > 20
    assert not (rendered | named_by_templates(templates)) - set(templates)
    letters = {name for _path, call in calls("letter") if (name := first_string(call))}
    for folder in letters:
        for part in ("subject.txt", "body.txt", "body.html"):
            wanted = f"{folder}/{part}"
            assert any(name.startswith("mail/") and name.endswith(wanted) for name in templates)


def test_every_template_is_used(templates: dict[str, nodes.Template]) -> None:
    known = strings() | named_by_templates(templates)
    unused = [
        name
        for name in templates
        if name not in known
        and not name.startswith("layouts/")
        and not (name.startswith("mail/") and known & ways_to_name(name))
    ]
    assert not unused


def test_every_package_explains_its_words() -> None:
    silent = [
        path
        for path, tree in sources().items()
        if path.endswith("__init__.py") and "/" in path and not ast.get_docstring(tree)
    ]
    assert not silent


def test_every_public_function_says_what_it_does() -> None:
    silent = [
        f"{path}: {node.name}"
        for path, tree in sources().items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent
