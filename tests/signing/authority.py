"""An authority of our own, which gives out certificates for tests."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

BEGINS = datetime(2024, 1, 1, tzinfo=UTC)
NOW = datetime(2024, 4, 3, 12, tzinfo=UTC)
ENDS = datetime(2025, 1, 1, tzinfo=UTC)
PASSPHRASE = "only for tests"


@dataclass(frozen=True)
class Given:
    """A certificate with its private key."""

    private: PrivateKey
    certificate: x509.Certificate

    def write(self, file: Path, *above: x509.Certificate) -> None:
        """Write both as PKCS#12."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(
            pkcs12.serialize_key_and_certificates(
                b"signing", self.private, self.certificate, above,
                BestAvailableEncryption(PASSPHRASE.encode()),
            )
        )  # fmt: skip


def curve() -> PrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def rsa_key(bits: int = 2048) -> PrivateKey:
    return rsa.generate_private_key(65537, bits)


class Authority:
    """A root that everybody in a test trusts."""

    def __init__(self) -> None:
        key = curve()
        self.root = Given(key, _certificate("Test Root", key, None))

    def give(
        self, private: PrivateKey, name: str = "Ministry of Tests", *, ends: datetime = ENDS,
        signs: bool = True, stamps: bool = False,
    ) -> Given:  # fmt: skip
        """Return a certificate for a key, from BEGINS to `ends`."""
        made = _certificate(name, private, self.root, ends=ends, signs=signs, stamps=stamps)
        return Given(private, made)


def _certificate(
    name: str, private: PrivateKey, issuer: Given | None, *, ends: datetime = ENDS,
    signs: bool = True, stamps: bool = False,
) -> x509.Certificate:  # fmt: skip
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGINS)
        .not_valid_after(ends if issuer else ends + timedelta(days=365))
        .add_extension(x509.BasicConstraints(issuer is None, None), critical=True)
        .add_extension(_usage(signs=signs, is_root=issuer is None), critical=True)
    )
    if stamps:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purpose, critical=True)
    return builder.sign(issuer.private if issuer else private, hashes.SHA256())


def _usage(*, signs: bool, is_root: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs, content_commitment=signs, key_encipherment=not signs,
        data_encipherment=False, key_agreement=False, key_cert_sign=is_root, crl_sign=is_root,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
