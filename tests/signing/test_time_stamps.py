"""Signatures with the time from an authority (PAdES B-T), asked over HTTP."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from asn1crypto import keys, tsp
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from eventhub.signing.key import SigningRefused
from eventhub.signing.signer import Signer
from eventhub.signing.timestamps import TimeStamps
from tests.signing.authority import NOW, Authority, Given, curve, rsa_key
from tests.signing.reading import as_asn1, faults_of_tags, said_by_pyhanko

pytestmark = pytest.mark.any_database

LABEL = "Signature"


@dataclass
class Stamping:
    """A time stamping authority on this machine; `answer` makes its answers."""

    answer: Callable[[tsp.TimeStampReq], bytes]
    url: str = ""
    asked: list[tsp.TimeStampReq] = field(default_factory=list)


@pytest.fixture(scope="module")
def stamper(authority: Authority) -> DummyTimeStamper:
    given = authority.give(rsa_key(), "Time of Tests", stamps=True)
    der = given.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(as_asn1(given.certificate), keys.PrivateKeyInfo.load(der), fixed_dt=NOW)


@pytest.fixture
def stamping(stamper: DummyTimeStamper) -> Iterator[Stamping]:
    said = Stamping(lambda request: stamper.request_tsa_response(request).dump())

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            request = tsp.TimeStampReq.load(self.rfile.read(length))
            said.asked.append(request)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(said.answer(request))

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        said.url = f"http://127.0.0.1:{server.server_port}/"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield said
        server.shutdown()
        thread.join()


@pytest.fixture
def signer(
    authority: Authority, signed_by: Callable[[Given], Signer], stamping: Stamping
) -> Signer:
    key = signed_by(authority.give(curve())).key
    return Signer(key, TimeStamps(stamping.url))


def test_pyhanko_finds_signature_and_time_valid(
    document: bytes, signer: Signer, stamping: Stamping, authority: Authority, in_2024: None,
    tmp_path: Path,
) -> None:  # fmt: skip
    signed = signer.sign(document, label=LABEL)
    said = said_by_pyhanko(signed, authority.root.certificate)
    assert said.bottom_line, said.pretty_print_details()
    assert said.timestamp_validity is not None
    assert said.timestamp_validity.intact
    assert said.timestamp_validity.trusted
    assert said.timestamp_validity.timestamp == NOW
    assert len(stamping.asked) == 1
    (tmp_path / "signed.pdf").write_bytes(signed)
    assert faults_of_tags(tmp_path / "signed.pdf") == []


def test_a_stamp_on_something_else_is_refused(
    document: bytes, signer: Signer, stamping: Stamping, stamper: DummyTimeStamper, in_2024: None
) -> None:
    def stamp_another(request: tsp.TimeStampReq) -> bytes:
        request["message_imprint"]["hashed_message"] = bytes(32)
        return stamper.request_tsa_response(request).dump()  # type: ignore[no-any-return]

    stamping.answer = stamp_another
    with pytest.raises(SigningRefused, match="something else"):
        signer.sign(document, label=LABEL)


def test_an_authority_that_refuses_leaves_nothing_signed(
    document: bytes, signer: Signer, stamping: Stamping, in_2024: None
) -> None:
    status = tsp.PKIStatusInfo({"status": "rejection"}).dump()
    refusal = b"\x30" + bytes([len(status)]) + status  # a TimeStampResp that holds no token
    for answer in (refusal, b"", b"not a stamp"):
        stamping.answer = lambda _request, answer=answer: answer
        with pytest.raises(SigningRefused, match="gave no time stamp"):
            signer.sign(document, label=LABEL)


def test_an_authority_that_is_not_there_is_told(
    document: bytes, signed_by: Callable[[Given], Signer], authority: Authority, in_2024: None
) -> None:
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as closed:
        url = f"http://127.0.0.1:{closed.server_port}/"
    key = signed_by(authority.give(curve())).key
    with pytest.raises(SigningRefused, match="gave no time stamp"):
        Signer(key, TimeStamps(url)).sign(document, label=LABEL)
