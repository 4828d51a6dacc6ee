"""Checks of names: everybody sees how their name will be printed, and says whether it is right.

The *forms* of a name are what badge, list of participants and certificate print. A *confirmation*
holds the digest of the forms that somebody saw: when one of them changes, it counts no more. The
*print freeze* is the event's deadline for looking over names.
"""
