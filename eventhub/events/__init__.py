"""Events: forums, side events and seminars, their series, categories, zones, rooms and pages.

An *event* starts from a *preset* (forum, side_event, seminar) that sets *switches*: what is off
is absent everywhere. A *category* says who vouches for its people, who approves them, how their
badge looks and which *zones* it opens. The *fallback order* of an event is its list of
languages: a text missing in the reader's language is shown in the first of them that has it.
"""
