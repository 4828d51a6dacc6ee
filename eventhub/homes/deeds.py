"""What is said of acts whose subject alone would not tell what happened."""

from collections.abc import Callable

from eventhub.i18n import _, ngettext

Said = Callable[[str, int], str]

DEEDS: dict[str, Said] = {
    "agenda.adopt": lambda who, n: _("%(who)s noted that the agenda was adopted", who=who),
    "agenda.cancel_embargo": lambda who, n: _(
        "%(who)s stopped a programme that was to become public", who=who
    ),
    "agenda.confirm": lambda who, n: _(
        "%(who)s confirmed a proposal and published the programme", who=who
    ),
    "agenda.draft_back": lambda who, n: _(
        "%(who)s took an older programme up as the draft", who=who
    ),
    "agenda.drop_proposal": lambda who, n: _("%(who)s dropped a proposed programme", who=who),
    "agenda.propose": lambda who, n: _("%(who)s proposed to publish the programme", who=who),
    "agenda.sketch": lambda who, n: _("%(who)s laid out a draft of the programme", who=who),
    "arrival.enter": lambda who, n: ngettext(
        "%(who)s entered the journey of one person",
        "%(who)s entered the journeys of %(n)s people", n, who=who,
    ),
    "arrival.purge": lambda who, n: _("%(who)s erased the journeys, as it was set", who=who),
    "delegation.call": lambda who, n: _("%(who)s wrote down a call", who=who),
    "delegation.head_away": lambda who, n: _(
        "%(who)s noted who acts for a head of delegation", who=who
    ),
    "delegation.head_back": lambda who, n: _(
        "%(who)s noted that a head of delegation is back", who=who
    ),
    "delegation.note": lambda who, n: _("%(who)s wrote a note on a delegation", who=who),
    "delegation.reply": lambda who, n: ngettext(
        "%(who)s wrote down the reply of one delegation",
        "%(who)s wrote down the replies of %(n)s delegations", n, who=who,
    ),
    "event.setting": lambda who, n: _("%(who)s changed the rules of the event", who=who),
    "finding.accept": lambda who, n: _("%(who)s accepted a fault of the programme", who=who),
    "finding.reopen": lambda who, n: _(
        "%(who)s no longer accepts a fault of the programme", who=who
    ),
    "floor_card.hand": lambda who, n: _("%(who)s handed out floor cards", who=who),
    "floor_card.set": lambda who, n: _("%(who)s said how many floor cards there are", who=who),
    "floor_card.take_back": lambda who, n: _("%(who)s took floor cards back", who=who),
    "letter.refuse": lambda who, n: _("%(who)s refused an official letter", who=who),
    "letter.verify": lambda who, n: ngettext(
        "%(who)s verified one official letter",
        "%(who)s verified %(n)s official letters", n, who=who,
    ),
    "letter.receive": lambda who, n: ngettext(
        "%(who)s sent one official letter", "%(who)s sent %(n)s official letters", n, who=who
    ),
    "registration.confirm_same_person": lambda who, n: ngettext(
        "%(who)s confirmed that one person was here before",
        "%(who)s confirmed that %(n)s people were here before", n, who=who,
    ),
    "registration.declare_informed": lambda who, n: ngettext(
        "%(who)s declared that one person is informed",
        "%(who)s declared that %(n)s people are informed", n, who=who,
    ),
    "registration.invite": lambda who, n: ngettext(
        "%(who)s invited one person by a link", "%(who)s invited %(n)s people by a link",
        n, who=who,
    ),
    "registration.new_link": lambda who, n: ngettext(
        "%(who)s made one new private link", "%(who)s made %(n)s new private links", n, who=who
    ),
    "registration.not_same_person": lambda who, n: _(
        "%(who)s said that two registrations are two people", who=who
    ),
    "registration.request_change": lambda who, n: ngettext(
        "%(who)s asked for a change of one registration",
        "%(who)s asked for changes of %(n)s registrations", n, who=who,
    ),
    "registration.accepted_change": lambda who, n: ngettext(
        "%(who)s agreed to one change", "%(who)s agreed to %(n)s changes", n, who=who
    ),
    "registration.refused_change": lambda who, n: ngettext(
        "%(who)s refused one change", "%(who)s refused %(n)s changes", n, who=who
    ),
    "registration.set_session_seat": lambda who, n: ngettext(
        "%(who)s changed one seat in a session",
        "%(who)s changed %(n)s seats in sessions", n, who=who,
    ),
    "speaker.purge": lambda who, n: _(
        "%(who)s erased what speakers had told of themselves, as it was set", who=who
    ),
    "speaker_list.make": lambda who, n: ngettext(
        "%(who)s opened one list of speakers", "%(who)s opened %(n)s lists of speakers",
        n, who=who,
    ),
    "speaking_request.add": lambda who, n: ngettext(
        "%(who)s put one speaker on a list", "%(who)s put %(n)s speakers on lists", n, who=who
    ),
    "speaking_request.speak": lambda who, n: ngettext(
        "%(who)s gave the floor once", "%(who)s gave the floor %(n)s times", n, who=who
    ),
    "speaking_request.done": lambda who, n: ngettext(
        "%(who)s noted that one statement is over",
        "%(who)s noted that %(n)s statements are over", n, who=who,
    ),
    "speaking_request.skip": lambda who, n: ngettext(
        "%(who)s passed over one speaker", "%(who)s passed over %(n)s speakers", n, who=who
    ),
    "speaking_request.move": lambda who, n: ngettext(
        "%(who)s moved one speaker in a list", "%(who)s moved %(n)s speakers in lists",
        n, who=who,
    ),
}  # fmt: skip
"""By action of the log: who did it, to how many."""
