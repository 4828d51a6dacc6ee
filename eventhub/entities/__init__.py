"""States and organizations: their names, their order, the groups they belong to by date.

An *entity* is a State or an organization that can be represented; its *kind* decides the
*block* of a list in which it stands. Names are those of United Nations usage, never those of
a locale library. Order inside a block follows a stored *rank* per language, because comparing
strings goes wrong. A *group* (least developed countries, a Group of Friends) has members from
one day until another. Reference entries come with the software; an installation adds its own.
"""
