"""The agenda: sessions, tracks, speakers, and the frozen versions in which it is published.

A *session* is any use of time (plenary, panel, break); *publishing* freezes all of them into a
numbered *programme version*, from which every public view and calendar is made once. A *clash*
is two uses of one room or one speaker at the same time.
"""
