"""Certificates: the level a person reached, the document that says so, and its verification.

A *level* (participation, completion) follows from credited minutes and the event's policy (R5.2).
The first file made *is* the certificate: stored, hashed, served for ever. Its *serial* is printed
for people; its *code* is unguessable and opens the public verification page.
"""
