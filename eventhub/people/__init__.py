"""Persons and accounts.

An *account* signs in (e-mail and password, or a one-time code by mail); a *person* is only the
link between registrations at several events, confirmed by the person or a data officer and never
guessed from an e-mail address. A *mail code* is six digits sent to an address, good for 30
minutes and five tries.
"""
