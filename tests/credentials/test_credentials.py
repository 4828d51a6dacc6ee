"""Credentials: believed by others, changed by nobody, ended with their certificates."""

import copy
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from flask import Flask
from pyld import jsonld

from eventhub.certificates.models import Certificate
from eventhub.certificates.personal import PERSONAL
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.credentials.vocabulary import VOCABULARIES
from eventhub.events.models import Event
from eventhub.keys.ring import ring
from eventhub.people.seams import Whose
from tests.attendance.people import participant
from tests.browser import Browser
from tests.certificates.issued import issue, withdraw
from tests.credentials.conftest import DID, NAME, Answer, Json, Verifier, address, fetch
from tests.factories import make_event

Certificates = Sequence[Certificate]
LIST = "/credentials/status/list-1"
GOOD = Answer(proof=True, status=True, fault="")


def test_digitalbazaar_verifies_a_credential(
    certificates: Certificates, browser: Browser, verifier: Verifier
) -> None:
    credentials = [fetch(browser, address(one)) for one in certificates]
    assert verifier.verify(*credentials) == [GOOD, GOOD]


def test_a_changed_credential_does_not_verify(
    certificates: Certificates, browser: Browser, verifier: Verifier
) -> None:
    credential = fetch(browser, address(certificates[0]))
    changes: list[Json] = [copy.deepcopy(credential) for _turn in range(5)]
    changes[0]["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody Else"
    changes[1]["credentialSubject"]["achievement"]["name"] += " "
    changes[2]["credentialStatus"]["statusListIndex"] = "1"
    changes[3]["validFrom"] = "2020-01-01T00:00:00Z"
    del changes[4]["credentialSubject"]["identifier"]
    answers = verifier.verify(*changes)
    assert [answer.proof for answer in answers] == [False] * 5
    assert {answer.fault for answer in answers} == {"Invalid signature."}


def test_a_withdrawn_certificate_is_told_by_the_status_list(
    certificates: Certificates, browser: Browser, verifier: Verifier
) -> None:
    held = [fetch(browser, address(one)) for one in certificates]
    withdraw(certificates[0])
    assert [(one.proof, one.status) for one in verifier.verify(*held)] == [
        (True, False),
        (True, True),
    ]
    assert browser.get(address(certificates[0])).status == 404
    assert browser.get(address(certificates[1])).status == 200


def test_a_replaced_certificate_is_told_by_the_status_list(
    certificates: Certificates, event: Event, browser: Browser, verifier: Verifier
) -> None:
    held = fetch(browser, address(certificates[0]))
    with transaction():
        db.session.get_one(Certificate, certificates[0].id).shown = {
            **certificates[0].shown, "name": "Misspelt",
        }  # fmt: skip
    assert len(issue(event)) == 1
    assert [one.status for one in verifier.verify(held)] == [False]


def test_the_holders_wish_ends_the_credential(
    certificates: Certificates, event: Event, browser: Browser, verifier: Verifier
) -> None:
    held = fetch(browser, address(certificates[0]))
    whose = Whose("REF", event.id, certificates[0].registration_id, certificates_too=True)
    with transaction():
        PERSONAL.erase(whose, actor=SYSTEM)
    assert [one.status for one in verifier.verify(held)] == [False]
    assert browser.get(address(certificates[0])).status == 404


def test_r5_6_erasure_alone_leaves_what_the_certificate_still_says(
    certificates: Certificates, event: Event, browser: Browser, verifier: Verifier
) -> None:
    whose = Whose("REF", event.id, certificates[0].registration_id)
    with transaction():
        PERSONAL.erase(whose, actor=SYSTEM)
    credential = fetch(browser, address(certificates[0]))
    assert credential["credentialSubject"]["identifier"][0]["identityHash"] == NAME
    assert "creditsEarned" not in credential["credentialSubject"]
    assert verifier.verify(credential) == [GOOD]


def test_a_certificate_that_is_gone_has_ended(
    certificates: Certificates, browser: Browser, verifier: Verifier
) -> None:
    held = [fetch(browser, address(one)) for one in certificates]
    with transaction():
        db.session.delete(db.session.get_one(Certificate, certificates[1].id))
    assert [one.status for one in verifier.verify(*held)] == [True, False]


def test_a_rehearsals_certificates_are_no_credentials(
    certificates: Certificates, event: Event, browser: Browser
) -> None:
    assert browser.get(address(certificates[0])).status == 200
    other = make_event().id
    with transaction():
        db.session.get_one(Event, event.id).rehearsal_of_id = other
    assert browser.get(address(certificates[0])).status == 404
    page = browser.get(address(certificates[0]).removesuffix("/credential.json"))
    assert page.soup.find("a", href=address(certificates[0])) is None


def test_what_an_older_key_proved_stays_good(
    app: Flask, certificates: Certificates, browser: Browser, verifier: Verifier
) -> None:
    before = fetch(browser, address(certificates[0]))
    ring().rotate("credentials")
    after = fetch(browser, address(certificates[0]))
    assert before["proof"]["verificationMethod"] == f"{DID}#k0001"
    assert after["proof"]["verificationMethod"] == f"{DID}#k0002"
    assert Verifier(browser).verify(before, after) == [GOOD, GOOD]
    # Whoever kept the older list of keys cannot know the newer one.
    assert [answer.proof for answer in verifier.verify(before, after)] == [True, False]


def test_the_status_list_itself_is_proved(
    certificates: Certificates, browser: Browser, verifier: Verifier
) -> None:
    url = fetch(browser, address(certificates[0]))["credentialStatus"]["statusListCredential"]
    listed = fetch(browser, url)
    changed = copy.deepcopy(listed)
    changed["credentialSubject"]["encodedList"] += "A"
    answers = verifier.verify(listed, changed)
    assert [answer.proof for answer in answers] == [True, False]


def test_a_credential_says_what_the_certificate_says_and_no_more(
    certificates: Certificates, browser: Browser
) -> None:
    credential = fetch(browser, address(certificates[0]))
    subject = credential["credentialSubject"]
    (identifier,) = subject["identifier"]
    assert identifier == {
        "type": "IdentityObject", "hashed": False, "identityType": "name", "identityHash": NAME,
    }  # fmt: skip
    assert set(subject) == {
        "type", "identifier", "activityStartDate", "activityEndDate", "achievement",
        "creditsEarned",
    }  # fmt: skip
    assert subject["achievement"]["achievementType"] == "CertificateOfCompletion"
    assert credential["issuer"]["id"] == DID
    assert credential["evidence"][0]["id"] + "/credential.json" == credential["id"]
    text = json.dumps(credential)
    assert "maria@example.org" not in text
    assert credential["id"] == f"http://localhost{address(certificates[0])}"


def test_a_credential_is_the_same_each_time(certificates: Certificates, browser: Browser) -> None:
    first, second = (browser.get(address(certificates[0])).response.data for _turn in range(2))
    assert first == second


def test_an_achievement_is_told_under_its_own_address(
    certificates: Certificates, browser: Browser
) -> None:
    achievement = fetch(browser, address(certificates[0]))["credentialSubject"]["achievement"]
    assert fetch(browser, achievement["id"]) == achievement
    ref = achievement["id"].split("/")[-2]
    assert browser.get(f"/credentials/achievements/{ref}/appreciation").status == 404
    assert browser.get("/credentials/achievements/NOBODY/completion").status == 404


def statements(document: dict[str, Any], vocabularies: Mapping[str, Any]) -> str:
    """Return the canonical statements that a document makes under these vocabularies."""

    def load(url: str, _options: object) -> dict[str, Any]:
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url,
                "document": vocabularies[url]}  # fmt: skip

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    said: str = jsonld.normalize(document, options)
    return said


def test_our_terms_mean_what_the_published_vocabularies_say(
    certificates: Certificates, verifier: Verifier, browser: Browser
) -> None:
    verifier.verify()
    ours = {url: {"@context": terms} for url, terms in VOCABULARIES.items()}
    credential = fetch(browser, address(certificates[0]))
    status = fetch(browser, credential["credentialStatus"]["statusListCredential"])
    for document in (credential, status):
        proof = {"@context": document["@context"], **document.pop("proof")}
        del proof["proofValue"]
        for part in (document, proof):
            said = statements(part, ours)
            assert said
            assert said == statements(part, verifier.vocabularies)


def test_a_certificate_without_its_file_has_no_credential_yet(
    event: Event, browser: Browser
) -> None:
    participant(event, "M1")
    (certificate,) = issue(event)
    assert browser.get(address(certificate)).status == 404


def test_the_page_of_a_certificate_links_to_its_credential(
    certificates: Certificates, browser: Browser
) -> None:
    path = address(certificates[0])
    page = browser.get(path.removesuffix("/credential.json"))
    assert page.soup.find("a", href=path) is not None
    withdraw(certificates[0])
    page = browser.get(path.removesuffix("/credential.json"))
    assert page.soup.find("a", href=path) is None


def test_r5_5_guessing_codes_is_stopped_here_as_on_the_page(browser: Browser) -> None:
    codes = [f"AAAA-AAAA-AAAA-AA{number}" for number in range(22, 54)]
    answers = [browser.get(f"/c/{code}/credential.json").status for code in codes]
    assert answers == [404] * 30 + [429] * 2
    assert browser.get("/c/AAAA-AAAA-AAAA-AAAA").status == 429


def test_unknown_codes_and_lists_are_not_found(
    certificates: Certificates, browser: Browser
) -> None:
    for path in (
        "/c/AAAA-AAAA-AAAA-AAAA/credential.json", "/credentials/status/list-2",
        "/credentials/status/list-0", "/credentials/status/1", "/credentials/status/list-1x",
    ):  # fmt: skip
        assert browser.get(path).status == 404, path


@pytest.mark.parametrize("page", ["/.well-known/did.json", LIST])
def test_published_files_are_not_sent_twice_to_who_knows_them(
    certificates: Certificates, browser: Browser, page: str
) -> None:
    first = browser.get(page).response
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in first.headers
    again = browser.get(page, **{"If-None-Match": first.headers["ETag"]}).response
    assert again.status_code == 304
    assert not again.data


def test_a_status_list_is_sent_again_when_a_certificate_was_withdrawn(
    certificates: Certificates, browser: Browser
) -> None:
    first = browser.get(LIST).response
    withdraw(certificates[1])
    again = browser.get(LIST, **{"If-None-Match": first.headers["ETag"]}).response
    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]
