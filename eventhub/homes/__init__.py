"""Homes: the pages where people begin, which join what the features know.

`/manage` is the front page of whoever is signed in: events and delegations. `/manage/<slug>` is
the *home* of an event: what is late today, the *stages* of its life, figures, what happened last.
*Messages* is the event's outbox as its team sees it. Nothing here has a table or a rule.
"""
