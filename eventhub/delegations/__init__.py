"""Delegations: who an entity sends to an event, and who looks after them.

A *delegation* is an entity at an event. Its *focal points* hold a grant whose scope is the
delegation: they see it and *vouch* for its people, which moves a registration from submitted to
nominated.
"""
