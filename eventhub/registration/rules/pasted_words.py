"""Words by which pasted lists are understood: column titles and forms of address."""

from collections.abc import Mapping

from eventhub.core.text import fold
from eventhub.registration.rules.heading_words import HEADINGS

_READ = (
    "name", "family_name", "given_names", "honorific", "functional_title", "organisation",
    "email", "phone", "category",
)  # fmt: skip
"""The fields of a pasted line."""

_ADDRESS = (
    "H.E.", "HE", "Mr", "Mr.", "Ms", "Ms.", "Mrs", "Mrs.", "Miss", "Mx", "Dr", "Dr.", "Prof",
    "Prof.", "Hon", "Hon.", "Amb", "Amb.", "Sir", "Dame", "Eng", "Eng.", "Gen.", "Col.",
    "M.", "Mme", "Mlle", "S.E.", "S. E.", "S.E.M.", "Pr", "Sr", "Sr.", "Sra", "Sra.",
    "Excmo.", "Excma.", "Dra.", "Dña.", "S. Ex.ª", "г-н", "г-жа", "д-р", "проф.", "Е. П.",
    "السيد", "السيدة", "سعادة", "معالي", "د.", "先生", "女士",
)  # fmt: skip

HEADS: Mapping[str, str] = {fold(word): name for name in _READ for word in HEADINGS[name]}
"""The field of a column by its title, folded."""

HONORIFICS = frozenset(fold(word) for word in _ADDRESS)
"""Forms of address, folded."""

POSTS = frozenset(
    fold(word)
    for word in (
        "officer", "director", "minister", "secretary", "adviser", "advisor", "ambassador",
        "counsellor", "attaché", "head", "chief", "manager", "president", "commissioner",
        "coordinator", "expert", "deputy", "assistant", "representative", "directeur", "directrice",
        "ministre", "secrétaire", "conseiller", "conseillère", "ambassadeur", "ambassadrice",
        "chef",
        "président", "présidente", "chargé", "chargée", "directora", "ministro", "ministra",
        "secretario", "secretaria", "asesor", "asesora", "embajador", "embajadora", "jefe", "jefa",
        "consejero", "consejera", "директор", "министр", "секретарь", "советник", "посол",
        "начальник", "заместитель", "эксперт", "مدير", "مديرة", "وزير", "وزيرة", "سفير", "سفيرة",
        "مستشار", "مستشارة", "رئيس", "رئيسة", "司长", "局长", "部长", "处长", "大使", "参赞",
        "主任", "秘书",
        "diretor", "diretora", "secretário", "secretária", "assessor", "embaixador", "embaixadora",
    )
)  # fmt: skip
"""Words of posts, folded, which no given name has."""
