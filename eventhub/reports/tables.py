"""Figures as tables in the present language: for the page and for the file alike."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from eventhub.entities.queries import region_name
from eventhub.entities.rules import alphabetical
from eventhub.i18n import _, current
from eventhub.i18n.times import number
from eventhub.reports.queries import Report
from eventhub.reports.rules import Basis


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: a name, its code, how many."""

    name: str
    code: str
    count: int


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what its lines are, what is counted, and the definition printed under it."""

    key: str
    title: str
    item: str
    unit: str
    lines: tuple[Line, ...]
    definition: str


def tables_of(report: Report) -> list[Table]:
    """Return the short tables, those without lines left out."""
    found = report.figures
    made = (
        _table("states_by_region", _("States by region"), _("Region"), _("States"),
               found.states_by_region, region_name, state_definition()),
        _table("states_by_group", _("States by regional group"), _("Regional group"), _("States"),
               found.states_by_group, region_name,
               _("Regional groups of the United Nations, as they are counted for elections.")),
        _table("persons_by_region", _("People by region"), _("Region"), _("People"),
               found.persons_by_region, region_name,
               _("By the region of the State that a person represents.")),
        _by_category(report),
        _by_gender(report),
        _special(report),
    )  # fmt: skip
    return [table for table in made if table.lines]


def lists_of(report: Report) -> list[Table]:
    """Return the lists of States and of organizations, each in the order of the language."""
    found = report.figures
    made = (
        _list(report, "states", _("States represented"), _("State"), found.persons_by_state,
              state_definition()),
        _list(report, "organizations", _("Organizations represented"), _("Organization"),
              found.persons_by_organization,
              _("Whoever comes for an organization counts for it alone, and for no State.")),
    )  # fmt: skip
    return [table for table in made if table.lines]


def rows_of(report: Report) -> Iterator[tuple[str | int, ...]]:
    """Yield the rows of the file, heads first: table, code, name, unit, number."""
    yield _("Table"), _("Code"), _("Name"), _("Unit"), _("Number")
    everybody = _("Registrations")
    yield everybody, "registered", _("Registered"), _("Registrations"), report.tally.registered
    yield everybody, "accredited", _("Accredited"), _("Registrations"), report.tally.accredited
    yield everybody, "attended", _("Attended"), _("Registrations"), report.tally.attended
    yield (
        everybody,
        "participants",
        people_word(report.basis),
        _("People"),
        (report.figures.participants),
    )
    for table in (*tables_of(report), *lists_of(report)):
        for line in table.lines:
            yield table.title, line.code, line.name, table.unit, line.count


def people_word(basis: Basis) -> str:
    """Return how those who are counted are called."""
    words = {
        Basis.REGISTERED: _("registered in categories that count"),
        Basis.ACCREDITED: _("accredited in categories that count"),
        Basis.ATTENDED: _("participants"),
    }
    return words[basis]


def definition(basis: Basis) -> str:
    """Return who is counted on this basis (R6.1)."""
    if basis == Basis.ATTENDED:
        return _(
            "Participants are the accredited in categories that count as participants who attended "
            "at least once: read at a gate, ticked on a roll call, or their State ticked as "
            "present. A person who came to several events is counted once."
        )
    if basis == Basis.ACCREDITED:
        return _(
            "Counted are the accredited in categories that count as participants, whether they "
            "came or not."
        )
    return _(
        "Counted are all who sent a registration that is still in force, in categories that count "
        "as participants, whether they are accredited or not."
    )


def state_definition() -> str:
    """Return what is counted as a State."""
    return _(
        "Member and observer States that somebody counted here represents, whatever the "
        "nationality of the person. Organizations are counted apart."
    )


def percent(share: float) -> str:
    """Return a share as whole per cent, by the language's rules."""
    return _("%(number)s%%", number=number(round(100 * share)))


def _table(
    key: str,
    title: str,
    item: str,
    unit: str,
    counts: Mapping[str, int],
    name: Callable[[str], str],
    text: str,
) -> Table:
    lines = tuple(Line(name(code), code, count) for code, count in counts.items())
    return Table(key, title, item, unit, lines, text)


def _by_category(report: Report) -> Table:
    counts = report.figures.persons_by_category
    lines = tuple(
        Line(names.pick(), code, counts[code])
        for code, names in report.categories.items()
        if code in counts
    )
    text = definition(report.basis)
    return Table("category", _("People by category"), _("Category"), _("People"), lines, text)


def _by_gender(report: Report) -> Table:
    found = report.figures
    lines: tuple[Line, ...] = ()
    text = ""
    if found.women_share is not None and found.answer_rate is not None:
        lines = (
            Line(_("Women"), "woman", found.women),
            Line(_("Men"), "man", found.men),
            Line(_("Another answer"), "another", found.another),
            Line(_("Did not say"), "undisclosed", found.undisclosed),
        )
        text = _(
            "%(share)s of those who answered are women. %(rate)s answered; the question is "
            "optional.",
            share=percent(found.women_share),
            rate=percent(found.answer_rate),
        )
    return Table("gender", _("People by gender"), _("Answer"), _("People"), lines, text)


def _special(report: Report) -> Table:
    found = report.figures
    lines = (
        Line(_("Least developed countries"), "LDC", found.ldc),
        Line(_("Landlocked developing countries"), "LLDC", found.lldc),
        Line(_("Small island developing States"), "SIDS", found.sids),
    )
    return Table(
        "special",
        _("States in special situations"),
        _("Group"),
        _("States"),
        lines if found.states else (),
        _("As the groups were on the first day of the event. A State may be in several."),
    )


def _list(
    report: Report, key: str, title: str, item: str, counts: Mapping[str, int], text: str
) -> Table:
    lines = tuple(Line(name, code, counts[code]) for name, code in _named(report) if code in counts)
    return Table(key, title, item, _("People"), lines, text)


def _named(report: Report) -> list[tuple[str, str]]:
    """Return name and code of what is counted: as the one event lists it, else by the alphabet."""
    if report.order is not None:
        return [(placed.name, placed.entity.code) for placed in report.order]
    listed = (entity.listed() for entity in report.entities.values())
    return [(one.name, one.code) for one in alphabetical(listed, current())]
