"""The CMS of a PAdES signature: all but digest and signature written once for a key.

RFC 5652, with the attributes of ETSI EN 319 142-1 (level B-B): content type, message digest, the
signing certificate's digest, and which algorithms are meant (RFC 6211). The time of signing stands
in the PDF, where PAdES wants it.
"""

import hashlib

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from eventhub.signing.key import SigningKey

_NO_DIGEST = bytes(range(200, 232))
"""Stands where a document's digest comes."""
_SEQUENCE, _SET, _OCTETS, _TAG_0, _TAG_1 = 0x30, 0x31, 0x04, 0xA0, 0xA1


class CmsTemplate:
    """What is the same in every signature by one key, as DER."""

    def __init__(self, key: SigningKey) -> None:
        self._private = key.private
        is_curve = isinstance(key.private, EllipticCurvePrivateKey)
        signature_algorithm = algos.SignedDigestAlgorithm(
            {"algorithm": "sha256_ecdsa" if is_curve else "sha256_rsa"}
        )
        digest_algorithm = algos.DigestAlgorithm({"algorithm": "sha256"})
        own = _der(key.certificate)
        above = [_der(each) for each in key.chain]
        attributes = cms.CMSAttributes(
            [
                _attribute("content_type", "data"),
                _attribute("message_digest", _NO_DIGEST),
                _attribute("signing_certificate_v2", _certificate_digest(own)),
                _attribute("cms_algorithm_protection", cms.CMSAlgorithmProtection(
                    {"digest_algorithm": digest_algorithm,
                     "signature_algorithm": signature_algorithm}
                )),
            ]
        )  # fmt: skip
        before, after = attributes.dump().split(_NO_DIGEST)
        self._before, self._after = before[1:], after  # without the tag, of which there are two
        named = cms.IssuerAndSerialNumber(
            {"issuer": own.issuer, "serial_number": own.serial_number}
        )
        self._head = core.Integer(1).dump() + named.dump() + digest_algorithm.dump()
        self._algorithm = signature_algorithm.dump()
        self._outside = (
            core.Integer(1).dump()
            + cms.DigestAlgorithms([digest_algorithm]).dump()
            + cms.EncapsulatedContentInfo({"content_type": "data"}).dump()
            + _node(_TAG_0, *sorted(each.dump() for each in (own, *above)))
        )
        self._kind = cms.ContentType("signed_data").dump()

    def signature(self, digest: bytes) -> bytes:
        """Return the raw signature over a document's SHA-256 digest, with its attributes."""
        text = bytes([_SET]) + self._before + digest + self._after
        if isinstance(self._private, EllipticCurvePrivateKey):
            return self._private.sign(text, ECDSA(SHA256()))
        return self._private.sign(text, PKCS1v15(), SHA256())

    def enclose(self, digest: bytes, signature: bytes, time_stamp: bytes = b"") -> bytes:
        """Return the whole CMS as DER, with the token of a time stamping authority if given."""
        unsigned = _node(_TAG_1, _time_stamp_attribute(time_stamp)) if time_stamp else b""
        attributes = bytes([_TAG_0]) + self._before + digest + self._after
        signed = _node(
            _SEQUENCE, self._head, attributes, self._algorithm, _node(_OCTETS, signature), unsigned
        )
        return _node(
            _SEQUENCE,
            self._kind,
            _node(_TAG_0, _node(_SEQUENCE, self._outside, _node(_SET, signed))),
        )


def _der(certificate: object) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))  # type: ignore[attr-defined]


def _attribute(kind: str, value: object) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": kind, "values": [value]})


def _certificate_digest(certificate: x509.Certificate) -> tsp.SigningCertificateV2:
    """Return which certificate signs, so that no other can be put in its place (RFC 5035)."""
    digest = hashlib.sha256(certificate.dump()).digest()
    issuer = tsp.IssuerSerial(
        {
            "issuer": [x509.GeneralName("directory_name", certificate.issuer)],
            "serial_number": certificate.serial_number,
        }
    )
    return tsp.SigningCertificateV2({"certs": [{"cert_hash": digest, "issuer_serial": issuer}]})


def _time_stamp_attribute(token: bytes) -> bytes:
    kind = cms.CMSAttributeType("signature_time_stamp_token").dump()
    return _node(_SEQUENCE, kind, _node(_SET, token))


def _node(tag: int, *parts: bytes) -> bytes:
    """Return tag, length and content as DER writes them (X.690, 8.1.3)."""
    content = b"".join(parts)
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    counted = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(counted)]) + counted + content
