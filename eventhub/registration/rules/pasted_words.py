"""Words by which pasted lists are understood: column titles and forms of address."""

from collections.abc import Mapping

from eventhub.core.text import fold

_TITLES: Mapping[str, tuple[str, ...]] = {
    "name": (
        "name", "full name", "names", "participant", "nom complet", "nom et prénom",
        "nom et prénoms", "nombre completo", "nombre y apellidos", "фио", "ф. и. о.", "имя",
        "姓名", "名字", "الاسم", "الاسم الكامل", "nome", "nome completo",
    ),
    "family_name": (
        "family name", "last name", "surname", "nom", "nom de famille", "apellido", "apellidos",
        "фамилия", "姓", "اسم العائلة", "اللقب", "apelido", "sobrenome",
    ),
    "given_names": (
        "given name", "given names", "first name", "first names", "forename", "prénom",
        "prénoms", "nombre", "nombres", "имя и отчество", "名", "الاسم الأول", "nome próprio",
    ),
    "honorific": (
        "form of address", "honorific", "salutation", "mr ms", "mr mrs", "civilité",
        "tratamiento", "обращение", "称谓", "称呼", "صيغة المخاطبة", "tratamento",
    ),
    "functional_title": (
        "title", "post", "position", "functional title", "job title", "designation", "fonction",
        "titre", "poste", "cargo", "función", "должность", "职务", "职位", "المنصب", "الوظيفة",
        "função",
    ),
    "organisation": (
        "organization", "organisation", "ministry", "office", "institution", "ministère",
        "organisme", "ministerio", "organización", "организация", "министерство", "单位", "机构",
        "المؤسسة", "الوزارة", "الجهة", "ministério", "organização",
    ),
    "email": (
        "email", "e-mail", "e-mail address", "email address", "mail", "courriel",
        "adresse électronique", "correo", "correo electrónico", "эл. почта", "почта",
        "электронная почта", "邮箱", "电子邮件", "البريد الإلكتروني", "correio eletrónico",
    ),
    "phone": (
        "phone", "telephone", "mobile", "tel", "téléphone", "portable", "teléfono", "móvil",
        "телефон", "电话", "手机", "الهاتف", "telefone",
    ),
    "category": (
        "category", "role", "capacity", "function in delegation", "catégorie", "qualité",
        "categoría", "calidad", "категория", "роль", "类别", "身份", "الفئة", "الصفة", "categoria",
    ),
}  # fmt: skip

_ADDRESS = (
    "H.E.", "HE", "Mr", "Mr.", "Ms", "Ms.", "Mrs", "Mrs.", "Miss", "Mx", "Dr", "Dr.", "Prof",
    "Prof.", "Hon", "Hon.", "Amb", "Amb.", "Sir", "Dame", "Eng", "Eng.", "Gen.", "Col.",
    "M.", "Mme", "Mlle", "S.E.", "S. E.", "S.E.M.", "Pr", "Sr", "Sr.", "Sra", "Sra.",
    "Excmo.", "Excma.", "Dra.", "Dña.", "S. Ex.ª", "г-н", "г-жа", "д-р", "проф.", "Е. П.",
    "السيد", "السيدة", "سعادة", "معالي", "د.", "先生", "女士",
)  # fmt: skip

HEADS: Mapping[str, str] = {fold(word): name for name, words in _TITLES.items() for word in words}
"""The field of a column by its title, folded."""

HONORIFICS = frozenset(fold(word) for word in _ADDRESS)
"""Forms of address, folded."""
