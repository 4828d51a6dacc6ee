"""Credentials: each certificate as an Open Badge 3.0 that a wallet can hold and anybody check.

A *credential* is a certificate's frozen words as JSON-LD, with a Data Integrity *proof*
(eddsa-rdfc-2022) by the *issuer*, which is this installation under its did:web. The *DID document*
tells the issuer's public keys, old ones too; an *achievement* is one level of one event; the
*status list* has one bit for each certificate, set when it is no longer valid.

Nothing is stored: a credential is signed from its certificate when it is asked for, so it says what
the certificate says and ends with it. What stands in a wallet stays provable by the old keys. It
names its subject as the certificate's page does, and tells no address and no organization.
"""
