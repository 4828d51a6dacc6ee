"""What the terms of our credentials mean: the IRIs under which they are signed.

Only the terms that we write, as Verifiable Credentials 2.0 and Open Badges 3.0 define them. What is
signed are statements made of IRIs, so a verifier with the published vocabularies reads the same.
"""

from typing import Any

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

_VC = "https://www.w3.org/2018/credentials#"
_STATUS = "https://www.w3.org/ns/credentials/status#"
_SECURITY = "https://w3id.org/security#"
_BADGE = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
_SCHEMA = "https://schema.org/"
_XSD = "https://www.w3.org/2001/XMLSchema#"
_LINK = "@id"


def _terms(prefix: str, *names: str) -> dict[str, str]:
    return {name: prefix + name for name in names}


def _typed(prefix: str, kinds: dict[str, str]) -> dict[str, dict[str, str]]:
    return {name: {"@id": prefix + name, "@type": kind} for name, kind in kinds.items()}


VOCABULARIES: dict[str, dict[str, Any]] = {
    CREDENTIALS_V2: {
        "id": "@id",
        "type": "@type",
        **_terms(_SCHEMA, "name", "description"),
        **_terms(_VC, "VerifiableCredential"),
        **_typed(_VC, {
            "credentialStatus": _LINK, "credentialSubject": _LINK, "evidence": _LINK,
            "issuer": _LINK, "validFrom": "http://www.w3.org/2001/XMLSchema#dateTime",
        }),
        **_terms(
            _STATUS, "BitstringStatusListCredential", "BitstringStatusList",
            "BitstringStatusListEntry", "statusPurpose", "statusListIndex",
        ),
        **_typed(_STATUS, {
            "encodedList": _SECURITY + "multibase", "statusListCredential": _LINK,
        }),
        **_terms(_SECURITY, "DataIntegrityProof", "assertionMethod"),
        **_typed(_SECURITY, {
            "cryptosuite": _SECURITY + "cryptosuiteString", "proofPurpose": "@vocab",
            "verificationMethod": _LINK,
        }),
    },
    OPEN_BADGES: {
        **_terms(
            _BADGE, "OpenBadgeCredential", "Achievement", "AchievementSubject", "Evidence",
            "IdentityObject", "Profile", "achievement", "achievementType", "identifier",
            "identityHash", "identityType", "narrative",
        ),
        **_typed(_BADGE, {
            "activityEndDate": _XSD + "date", "activityStartDate": _XSD + "date",
            "creditsEarned": _XSD + "float", "hashed": _XSD + "boolean",
        }),
        "criteria": {"@id": _BADGE + "Criteria", "@type": _LINK},
        **_terms(_SCHEMA, "inLanguage"),
        **_typed(_SCHEMA, {"url": _XSD + "anyURI"}),
    },
}  # fmt: skip
