"""A timetable pasted from Excel or Word, as it is understood."""

from datetime import date

import pytest

from eventhub.agenda.rules.pasted import PastedRow, brackets_in, read_timetable, speakers_in
from eventhub.core.text import fold
from tests.agenda.programmes import wall

DAYS = [date(2024, 4, 2), date(2024, 4, 3)]
ROOMS = ["Jimei Hall", "Gulangyu"]
KINDS = {fold(name): kind for name, kind in (("Panel", "panel"), ("Plenary meeting", "plenary"))}


def read(text: str) -> list[PastedRow]:
    """Return the rows of a text."""
    return read_timetable(text, days=DAYS, rooms=ROOMS, kinds=KINDS)


def shown(text: str) -> list[tuple[str, str, str]]:
    """Return start, end and title of each row."""
    return [
        (
            f"{row.starts:%d %H:%M}" if row.starts else "",
            f"{row.ends:%d %H:%M}" if row.ends else "",
            row.title,
        )
        for row in read(text)
    ]


def faults(text: str) -> list[tuple[str, ...]]:
    """Return what is wrong with each row."""
    return [row.faults for row in read(text)]


def test_columns_of_a_sheet_are_known_by_their_titles() -> None:
    (row,) = read(
        "Date\tStart\tEnd\tTitle\tRoom\tType\tSpeakers\n"
        "2 April 2024\t9:00\t10:30\tThe first panel\tGulangyu\tPanel\tChair: A. DIALLO\n"
    )
    assert (row.starts, row.ends) == (wall("2024-04-02T09:00"), wall("2024-04-02T10:30"))
    assert (row.title, row.room, row.kind) == ("The first panel", "Gulangyu", "panel")
    assert row.speakers == "Chair: A. DIALLO"
    assert row.number == 2


@pytest.mark.parametrize(
    "text",
    [
        "日期\t时间\t议题\t地点\n4月2日\t9:00-10:30\t开幕式\t鼓浪屿厅",
        "Jour\tHoraire\tSéance\tSalle\n2 avril\t9h00 - 10h30\t开幕式\t鼓浪屿厅",
        "4月2日\t9:00-10:30\t开幕式\t鼓浪屿厅",
        "Tuesday\t9 am\t10.30 am\t开幕式\t鼓浪屿厅",
        "1\tTuesday 2 April\t9:00\t10:30\t开幕式\t鼓浪屿厅"[2:],
    ],
)
def test_columns_are_guessed_in_any_language_and_order(text: str) -> None:
    (row,) = read(text)
    assert (row.starts, row.ends) == (wall("2024-04-02T09:00"), wall("2024-04-02T10:30"))
    assert (row.title, row.room, row.kind) == ("开幕式", "鼓浪屿厅", "opening")


def test_day_stands_above_the_lines_of_its_sessions() -> None:
    text = """Tuesday, 2 April 2024
    09.00-09.30 Opening
    09.30 High-level segment
    12:00 Lunch
    14:00 - 15:30 Track 1
    Mercredi 3 avril
    9h30 Plénière
    11h–12h Clôture"""
    assert shown(text) == [
        ("02 09:00", "02 09:30", "Opening"),
        ("02 09:30", "02 12:00", "High-level segment"),
        ("02 12:00", "02 14:00", "Lunch"),
        ("02 14:00", "02 15:30", "Track 1"),
        ("03 09:30", "03 11:00", "Plénière"),
        ("03 11:00", "03 12:00", "Clôture"),
    ]
    assert [row.ends_guessed for row in read(text)] == [False, True, True, False, True, False]
    assert [row.kind for row in read(text)] == [
        "opening", "high_level", "break", "", "plenary", "closing",
    ]  # fmt: skip


def test_day_of_a_row_counts_until_another_is_named() -> None:
    text = "2 April\t9:00\t10:00\tOne\n\t10:00\t11:00\tTwo\n3 April\t9:00\t9:30\tThree"
    assert [start for start, _end, _title in shown(text)] == ["02 09:00", "02 10:00", "03 09:00"]


def test_rows_at_the_same_time_end_when_the_next_begins() -> None:
    text = "2 April\t14:00\tTrack 1\tGulangyu\n\t14:00\tTrack 2\tJimei Hall\n\t15:00\tEnd\tGulangyu"
    assert [end for _start, end, _title in shown(text)] == ["02 15:00", "02 15:00", ""]
    assert faults(text)[-1] == ("no_end",)


def test_cell_of_several_lines_in_quotes_is_one_cell() -> None:
    (row,) = read('2 April\t9:00-10:00\tThe first panel\tGulangyu\t"Chair: A. DIALLO\nB. KONE"')
    assert row.speakers == "Chair: A. DIALLO\nB. KONE"
    (row,) = read('2 April\t9:00-10:00\tThe 5" screen\tGulangyu')
    assert row.title == 'The 5" screen'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9:00-10:00 Opening", ("no_day",)),
        ("2 April\t\tOpening\tGulangyu\n\t9:00\tTalks\tGulangyu\n\t9:30-10:00\tEnd\tGulangyu",
         ("no_start",)),
        ("2 April\t9:00-9:00\tOpening of the forum", ("no_length",)),
        ("2 April\t15:00-14:00\tOpening of the forum", ("ends_first",)),
        ("2 April\n9:00 Opening", ("no_end",)),
        ("Day\tTime\tTitle\n2 April\t9:00-10:00\t", ("no_title",)),
        ("Day\tTime\tTitle\n31 April\t9:00-10:00\tOpening", ("no_day",)),
    ],
)  # fmt: skip
def test_fault_of_a_row_is_named(text: str, found: tuple[str, ...]) -> None:
    assert faults(text)[0] == found


def test_session_across_midnight_ends_on_the_next_day() -> None:
    assert shown("2 April\n22:30-00:15 Last round\n20:00-24:00 Dinner") == [
        ("02 22:30", "03 00:15", "Last round"),
        ("02 20:00", "03 00:00", "Dinner"),
    ]


def test_session_before_the_event_keeps_its_day() -> None:
    assert shown("1 April 2024\t14:00-20:00\tRegistration")[0][0] == "01 14:00"


def test_speakers_of_a_cell_are_told_apart_with_their_roles() -> None:
    assert speakers_in("Chair: Ms. A. DIALLO, Minister; Mr. B. KONE\nPanellists: C. LI") == [
        ("chair", "Ms. A. DIALLO", "Minister"),
        ("chair", "Mr. B. KONE", ""),
        ("panellist", "C. LI", ""),
    ]
    assert speakers_in("主席：李伟，部长") == [("chair", "李伟", "部长")]
    assert speakers_in(" ; ") == []


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("moderator", "moderator"), ("Modératrice", "moderator"), ("moderadora", "moderator"),
        ("модератор", "moderator"), ("主持人", "moderator"), ("المقرر", "rapporteur"),
        ("Panellist", "panellist"),
    ],
)  # fmt: skip
def test_role_in_brackets_is_of_one_person_and_leaves_the_name(word: str, role: str) -> None:
    assert speakers_in(f"Ms Ana Silva ({word}); Jo Li") == [
        (role, "Ms Ana Silva", ""),
        ("speaker", "Jo Li", ""),
    ]
    assert speakers_in(f"Chair: A. KONE; Ana Silva（{word}）, Minister; Jo Li") == [
        ("chair", "A. KONE", ""),
        (role, "Ana Silva", "Minister"),
        ("chair", "Jo Li", ""),
    ]


def test_other_words_in_brackets_stay_and_are_told() -> None:
    text = "Jo Li (Kenya); Ana Silva (chair)"
    assert speakers_in(text) == [("speaker", "Jo Li (Kenya)", ""), ("chair", "Ana Silva", "")]
    assert brackets_in(text) == ["Kenya"]


def test_nothing_and_much_are_read_without_fault() -> None:
    assert read("") == []
    assert read("\n \t \n") == []
    assert len(read("2 April\n" + "9:00-10:00 Talk\n" * 1000)) == 400
