"""Signatures on PDFs: PAdES, by a key of the installation, off until one is given.

The *key* is a PKCS#12 file in the key ring's folder: a private key (P-256, P-384 or RSA) with its
certificate and those above it. A *signature field* is the invisible, tagged place in a PDF that
holds a signature; its *room* is the number of bytes kept for it. Signatures are of level B-B
(ETSI EN 319 142-1), and of level B-T where a time stamping authority is set.

`signer()` gives what signs, or None where no key is set; whatever stops a set key from signing is
told as SigningRefused, so that nothing leaves unsigned by oversight.
"""
