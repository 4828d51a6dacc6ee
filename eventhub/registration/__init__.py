"""Registrations: the request to attend, the decisions on it, the seats it needs.

A *registration* moves through ten states by the transitions of `rules.TRANSITIONS` and by no
other; each move writes one *decision*. A *pool* limits seats; a seat is taken at submitted. A
person's decision is *held* for two minutes before it takes effect. What an accredited person
changes of what is printed becomes a *change request*.
"""
