"""The key that signs: read from its PKCS#12 file, looked at before it is used."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    SECP384R1,
    EllipticCurvePrivateKey,
)
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from eventhub.i18n import _
from eventhub.i18n.times import plain_day

LEAST_RSA_BITS = 2048
WARN_BEFORE = timedelta(weeks=6)
"""How long before its end a key is spoken of: new ones take an authority weeks."""

PrivateKey = EllipticCurvePrivateKey | RSAPrivateKey


class SigningRefused(Exception):
    """A key is set and cannot sign; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key, its certificate, and the certificates above it."""

    private: PrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    @property
    def holder(self) -> str:
        """Return in whose name it signs."""
        names = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(names[0].value) if names else self.certificate.subject.rfc4514_string()

    @property
    def ends_at(self) -> datetime:
        """Return the last instant at which it signs."""
        return self.certificate.not_valid_after_utc

    def ends_soon(self, now: datetime) -> bool:
        """Tell whether it is time to ask for the next one."""
        return now > self.ends_at - WARN_BEFORE

    def refuse_outside_its_time(self, now: datetime) -> None:
        """Raise SigningRefused before the certificate's first and after its last instant."""
        begins_at = self.certificate.not_valid_before_utc
        if now < begins_at:
            raise SigningRefused(
                _("The signing key is not valid before %(day)s.", day=plain_day(begins_at.date()))
            )
        if now > self.ends_at:
            raise SigningRefused(
                _(
                    "The signing key expired on %(day)s. Put its successor in its place, then let "
                    "the failed work run again.",
                    day=plain_day(self.ends_at.date()),
                )
            )


def read_key(file: Path, passphrase: str) -> SigningKey:
    """Return the key of a PKCS#12 file; SigningRefused where it is none that may sign."""
    try:
        sealed = file.read_bytes()
    except OSError as error:
        raise SigningRefused(
            _(
                "The signing key %(file)s cannot be read: %(reason)s.",
                file=file,
                reason=error.strerror,
            )
        ) from None
    try:
        private, certificate, above = pkcs12.load_key_and_certificates(
            sealed, passphrase.encode() or None
        )
    except (ValueError, UnsupportedAlgorithm):
        raise SigningRefused(
            _(
                "%(file)s does not open: it is no PKCS#12 file, or EVENTHUB_SIGNING_PASSPHRASE is "
                "not its passphrase.",
                file=file.name,
            )
        ) from None
    if private is None or certificate is None:
        raise SigningRefused(
            _("%(file)s holds no private key with its certificate.", file=file.name)
        )
    _refuse_other_uses(certificate)
    return SigningKey(_usable(private), certificate, tuple(above))


def _usable(private: object) -> PrivateKey:
    if isinstance(private, EllipticCurvePrivateKey):
        if isinstance(private.curve, (SECP256R1, SECP384R1)):
            return private
    elif isinstance(private, RSAPrivateKey) and private.key_size >= LEAST_RSA_BITS:
        return private
    raise SigningRefused(
        _("The signing key must be P-256, P-384 or RSA of at least %(n)s bits.", n=LEAST_RSA_BITS)
    )


def _refuse_other_uses(certificate: x509.Certificate) -> None:
    """Raise SigningRefused where the certificate is for other things than signing."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise SigningRefused(
            _(
                "The certificate of the signing key is not for digital signatures: ask your "
                "authority for one with that key usage."
            )
        )
