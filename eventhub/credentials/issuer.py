"""Who issues: this installation, known by its address and its keys."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from eventhub.credentials.rules import did_of, multikey
from eventhub.keys.ring import ring
from eventhub.web.urls import host

PURPOSE = "credentials"
CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


def did() -> str:
    """Return the issuer's name: did:web of the base address."""
    return did_of(host()[0])


def newest_key() -> tuple[Ed25519PrivateKey, str]:
    """Return the key that proves what is made now, and its address in the DID document."""
    key_id = ring().newest(PURPOSE)
    return ring().signing_key(PURPOSE, key_id), f"{did()}#{key_id}"


def did_document() -> dict[str, Any]:
    """Return the public keys, older ones too: what they proved stays provable."""
    newest_key()
    name = did()
    methods = [
        {
            "id": f"{name}#{key_id}",
            "type": "Multikey",
            "controller": name,
            "publicKeyMultibase": multikey(_public(key_id)),
        }
        for key_id in ring().ids(PURPOSE)
    ]
    return {
        "@context": CONTEXTS,
        "id": name,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def _public(key_id: str) -> bytes:
    public = ring().signing_key(PURPOSE, key_id).public_key()
    return public.public_bytes(Encoding.Raw, PublicFormat.Raw)
