"""Data Integrity proofs of the kind eddsa-rdfc-2022 (W3C, Data Integrity EdDSA Cryptosuites)."""

import hashlib
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from eventhub.credentials.rules import multibase
from eventhub.credentials.vocabulary import VOCABULARIES


def proved(
    document: dict[str, Any], private: Ed25519PrivateKey, method: str
) -> dict[str, Any]:  # fmt: skip
    """Return a document with its proof; `method` is the address of the key in the DID document.

    Equal input gives equal output. About 10 ms.
    """
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    options = {"@context": document["@context"], **proof}
    signature = private.sign(_digest(options) + _digest(document))
    return {**document, "proof": {**proof, "proofValue": multibase(signature)}}


def _digest(document: dict[str, Any]) -> bytes:
    """Return the SHA-256 digest of a document's canonical statements (RDFC-1.0)."""
    from pyld import jsonld  # noqa: PLC0415  (0.1 s, for pages that few ask for)

    options = {
        "algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _load,
    }  # fmt: skip
    return hashlib.sha256(jsonld.normalize(document, options).encode()).digest()


def _load(url: str, _options: object) -> dict[str, Any]:
    return {
        "contentType": "application/ld+json", "contextUrl": None, "documentUrl": url,
        "document": {"@context": VOCABULARIES[url]},
    }  # fmt: skip
