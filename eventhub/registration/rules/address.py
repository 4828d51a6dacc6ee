"""Proposals for forms of address; what is chosen in the end is somebody's choice (R2.17, R2.18)."""

from dataclasses import dataclass

HEADS_OF_STATE, HEADS_OF_GOVERNMENT, MINISTERS, AMBASSADORS = 15, 20, 40, 50
"""The lowest level of rank that is still addressed so; whoever stands below is no Excellency."""


@dataclass(frozen=True, slots=True)
class _Forms:
    """Forms of one language: to write before (in Chinese after) a name, and to begin a letter.

    Each is (woman, man, nothing disclosed); the last one says nothing of gender.
    """

    excellency: tuple[str, str, str]
    plain: tuple[str, str, str]
    to_excellency: str
    dear: tuple[str, str, str]


_FORMS = {
    "en": _Forms(
        ("H.E. Ms.", "H.E. Mr.", "H.E."), ("Ms.", "Mr.", ""),
        "Excellency,", ("Dear Ms. {family},", "Dear Mr. {family},", "Dear {full},"),
    ),
    "fr": _Forms(
        ("S.E. Mme", "S.E. M.", "S.E."), ("Mme", "M.", ""),
        "Excellence,", ("Madame,", "Monsieur,", "Madame, Monsieur,"),
    ),
    "es": _Forms(
        ("Excma. Sra.", "Excmo. Sr.", "S.E."), ("Sra.", "Sr.", ""),
        "Excelencia:", ("Estimada Sra. {family}:", "Estimado Sr. {family}:", "{full}:"),
    ),
    "pt": _Forms(
        ("S. Ex.ª Sra.", "S. Ex.ª Sr.", "S. Ex.ª"), ("Sra.", "Sr.", ""),
        "Excelência,", ("Prezada Sra. {family},", "Prezado Sr. {family},", "{full},"),
    ),
    "ru": _Forms(
        ("Е. П. г-жа", "Е. П. г-н", "Е. П."), ("г-жа", "г-н", ""),
        "Ваше Превосходительство,",
        ("Уважаемая г-жа {family},", "Уважаемый г-н {family},", "{full},"),
    ),
    "zh": _Forms(
        ("阁下", "阁下", "阁下"), ("女士", "先生", ""),
        "尊敬的{full}阁下：", ("尊敬的{full}女士：", "尊敬的{full}先生：", "尊敬的{full}："),
    ),
    "ar": _Forms(
        ("سعادة السيدة", "سعادة السيد", "سعادة"), ("السيدة", "السيد", ""),
        "صاحب السعادة،", ("السيدة {full}،", "السيد {full}،", "{full}،"),
    ),
}  # fmt: skip

_HIGHER_ARABIC = ((HEADS_OF_STATE, "فخامة"), (HEADS_OF_GOVERNMENT, "دولة"), (MINISTERS, "معالي"))


def propose_honorific(level: int | None, gender: str, language: str) -> str:
    """Return the form of address to propose for a level of rank, "" for none (R2.17).

    Gendered only where the gender was disclosed as woman or man.
    """
    forms, place = _FORMS.get(language, _FORMS["en"]), _place(gender)
    if level is None or level > AMBASSADORS:
        return forms.plain[place]
    proposed = forms.excellency[place]
    if language == "ar":
        higher = next((word for lowest, word in _HIGHER_ARABIC if level <= lowest), "سعادة")
        proposed = proposed.replace("سعادة", higher)
    return proposed


def propose_salutation(
    level: int | None, gender: str, language: str, *, family: str, full: str
) -> str:
    """Return the first line of a letter to propose; gendered as `propose_honorific` is (R2.17)."""
    forms, place = _FORMS.get(language, _FORMS["en"]), _place(gender)
    excellency = level is not None and level <= AMBASSADORS
    line = forms.to_excellency if excellency else forms.dear[place]
    if excellency and language == "ar":
        line = "صاحبة السعادة،" if gender == "woman" else line
        line = line if gender in ("woman", "man") else "تحية طيبة وبعد،"
    return line.format(family=family or full, full=full)


def title_in(language: str, submitted: str, english: str) -> str:
    """Return the title for a list: the one submitted, in English the English one (R2.18).

    Nothing is ever translated here.
    """
    return english or submitted if language == "en" else submitted


def _place(gender: str) -> int:
    return {"woman": 0, "man": 1}.get(gender, 2)
