"""The document: read aloud, signed where a key is set, every difficult name in it."""

import tomllib
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from eventhub.certificates import services
from eventhub.certificates.models import Certificate
from eventhub.core import clock
from eventhub.events.models import Event
from tests.attendance.people import participant
from tests.browser import Browser
from tests.certificates.issued import issue
from tests.paper import Tool
from tests.printing.conftest import bare
from tests.signing.authority import NOW, PASSPHRASE, Authority, curve
from tests.signing.reading import faults_of_tags, said_by_pyhanko

PEOPLE = tomllib.loads(Path("eventhub/demo/content/people.toml").read_text())["people"]


@pytest.fixture
def certificate(event: Event) -> Certificate:
    participant(event, "M1", "M2", given_names="Thị Bích Ngọc", family_name="Nguyễn Hoàng")
    return issue(event)[0]


@pytest.mark.parametrize("layout", ["landscape", "portrait"])
@pytest.mark.parametrize("level", ["attendance", "completion", "appreciation"])
def test_document_is_read_aloud(
    certificate: Certificate, fonts: Path, tmp_path: Path, level: str, layout: str
) -> None:
    certificate.level = level
    certificate.shown = {**certificate.shown, "layout": layout, "sessions": [{"en": "A panel"}]}
    file = tmp_path / "c.pdf"
    file.write_bytes(services.make_unsigned(certificate))
    assert faults_of_tags(file) == []


@pytest.mark.parametrize("person", PEOPLE, ids=lambda one: one["id"])
def test_r5_8_each_difficult_name_is_found_in_the_text(
    certificate: Certificate, fonts: Path, tool: Tool, tmp_path: Path, person: dict[str, str]
) -> None:
    name = " ".join(x for x in (person["given_names"], person["family_name"].upper()) if x)
    local = person.get("name_local", "")
    certificate.shown = {
        **certificate.shown, "name": name, "name_local": local,
        "name_local_language": person.get("name_local_language", ""),
    }  # fmt: skip
    file = tmp_path / "c.pdf"
    file.write_bytes(services.make_unsigned(certificate))
    read = bare(tool("pdftotext", file, "-"))
    assert bare(name) in read
    assert bare(local) in read


def test_r5_5_code_on_paper_is_read_and_opens_the_certificate(
    certificate: Certificate, fonts: Path, tool: Tool, tmp_path: Path, browser: Browser
) -> None:
    file = tmp_path / "c.pdf"
    file.write_bytes(services.make_unsigned(certificate))
    tool("pdftoppm", "-r", "150", "-png", "-singlefile", file, tmp_path / "c")
    read = tool("zbarimg", "-q", "--raw", tmp_path / "c.png").strip()
    assert read.startswith("HTTP://LOCALHOST/C/")
    page = browser.get(urlsplit(read).path)
    assert page.status == 200
    assert certificate.shown["name"] in page.text


@pytest.mark.own_app
def test_r5_8_document_is_signed_where_a_key_is_set(
    app: Flask, certificate: Certificate, fonts: Path, tmp_path: Path
) -> None:
    authority, settings = Authority(), app.extensions["eventhub.settings"]
    settings.keys.mkdir(parents=True, exist_ok=True)
    authority.give(curve()).write(settings.keys / "seal.p12", authority.root.certificate)
    app.extensions["eventhub.settings"] = replace(
        settings, signing_key="seal.p12", signing_passphrase=PASSPHRASE
    )
    with clock.at(NOW):
        signed = services.make_document(certificate)
    said = said_by_pyhanko(signed, authority.root.certificate)
    assert said.bottom_line, said.pretty_print_details()
    assert said.coverage.name == "ENTIRE_FILE"
    file = tmp_path / "c.pdf"
    file.write_bytes(signed)
    assert faults_of_tags(file) == []
    assert services.make_unsigned(certificate) == services.make_unsigned(certificate)
