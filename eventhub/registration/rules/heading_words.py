"""What columns of people are called in lists that ministries keep, in seven languages."""

from collections.abc import Mapping

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "name", "full name", "names", "participant", "nom complet", "nom et prénom",
        "nom et prénoms", "nombre completo", "nombre y apellidos", "фио", "ф. и. о.", "имя",
        "姓名", "名字", "الاسم", "الاسم الكامل", "nome", "nome completo",
    ),
    "family_name": (
        "family name", "last name", "surname", "nom", "nom de famille", "apellido", "apellidos",
        "фамилия", "姓", "姓氏", "اسم العائلة", "اللقب", "apelido", "sobrenome",
    ),
    "given_names": (
        "given name", "given names", "first name", "first names", "forename", "prénom",
        "prénoms", "nombre", "nombres", "имя и отчество", "名", "الاسم الأول", "nome próprio",
        "nomes próprios",
    ),
    "honorific": (
        "form of address", "honorific", "salutation", "mr ms", "mr mrs", "civilité",
        "tratamiento", "обращение", "称谓", "称呼", "صيغة المخاطبة", "tratamento",
    ),
    "functional_title": (
        "title", "post", "position", "functional title", "job title", "designation", "fonction",
        "titre", "poste", "cargo", "función", "puesto", "должность", "职务", "职位", "职称",
        "المنصب", "الوظيفة", "المسمى الوظيفي", "função",
    ),
    "organisation": (
        "organization", "organisation", "ministry", "office", "institution", "ministère",
        "organisme", "ministerio", "organización", "institución", "организация", "министерство",
        "ведомство", "单位", "机构", "工作单位", "部门", "المؤسسة", "الوزارة", "الجهة",
        "ministério", "organização", "instituição",
    ),
    "email": (
        "email", "e-mail", "e-mail address", "email address", "mail", "courriel",
        "adresse électronique", "adresse e-mail", "correo", "correo electrónico", "эл. почта",
        "почта", "электронная почта", "адрес электронной почты", "邮箱", "邮件", "电子邮件",
        "电子邮箱", "电子邮件地址", "البريد الإلكتروني", "correio eletrónico",
        "correio eletrônico", "endereço eletrónico",
    ),
    "phone": (
        "phone", "telephone", "mobile", "tel", "phone number", "mobile phone", "téléphone",
        "portable", "numéro de téléphone", "teléfono", "móvil", "telefono", "телефон",
        "мобильный телефон", "电话", "手机", "电话号码", "手机号码", "联系电话", "الهاتف",
        "رقم الهاتف", "الجوال", "telefone", "telemóvel",
    ),
    "category": (
        "category", "role", "capacity", "function in delegation", "catégorie", "qualité",
        "categoría", "calidad", "категория", "роль", "类别", "身份", "الفئة", "الصفة", "categoria",
    ),
    "entity_id": (
        "state", "country", "entity", "delegation", "nationality", "pays", "état", "délégation",
        "país", "estado", "delegación", "государство", "страна", "делегация", "国家", "国别",
        "代表团", "الدولة", "البلد", "الوفد", "delegação",
    ),
    "rank_level_id": (
        "rank", "level", "grade", "rang", "niveau", "rango", "nivel", "ранг", "уровень", "级别",
        "职级", "الرتبة", "المستوى", "nível", "categoria protocolar",
    ),
    "gender": (
        "gender", "sex", "sexe", "genre", "sexo", "género", "пол", "性别", "الجنس", "النوع",
        "gênero",
    ),
    "language": (
        "language", "preferred language", "langue", "langue préférée", "idioma",
        "idioma preferido", "язык", "语言", "语种", "首选语言", "اللغة", "اللغة المفضلة", "língua",
    ),
    "mode": (
        "attendance", "mode of participation", "in person or remote", "mode de participation",
        "modalidad de participación", "форма участия", "参会方式", "طريقة المشاركة",
        "modo de participação",
    ),
    "admission": (
        "pass", "grounds pass", "laissez-passer", "pase", "пропуск", "证件", "通行证",
        "تصريح الدخول",
        "passe",
    ),
    "in_office_since": (
        "in office since", "since", "date of appointment", "en fonction depuis",
        "date de nomination", "en el cargo desde", "fecha de nombramiento", "в должности с",
        "дата назначения", "任职时间", "任命日期", "تاريخ التعيين", "em funções desde",
        "data de nomeação",
    ),
    "display_name": (
        "display name", "name on badge", "badge name", "nom sur le badge",
        "nombre en la credencial", "имя на бейдже", "胸卡姓名", "证件姓名", "الاسم على البطاقة",
        "nome no crachá",
    ),
    "display_caps": (
        "name in capitals", "nom en capitales", "nom en majuscules", "apellidos en mayúsculas",
        "фамилия прописными", "姓氏大写", "apelido em maiúsculas",
    ),
    "passport_latin": (
        "passport name", "name in passport", "name as in passport", "nom dans le passeport",
        "nombre en el pasaporte", "имя в паспорте", "имя латиницей", "护照姓名", "拉丁字母姓名",
        "拼音", "姓名拼音", "الاسم في جواز السفر", "nome no passaporte",
    ),
    "name_local": (
        "local name", "name in own script", "native name", "nom dans l'écriture d'origine",
        "nombre en otra escritura", "имя на родном языке", "中文姓名", "本国文字姓名",
        "当地文字姓名",
        "الاسم بلغة أخرى", "nome em outra escrita",
    ),
    "name_local_language": (
        "script", "language of local name", "écriture", "escritura", "письменность",
        "该文字的语言", "لغة الاسم", "escrita",
    ),
    "name_order": (
        "name order", "ordre des noms", "orden de los nombres", "порядок имён", "порядок имен",
        "姓名顺序", "ترتيب الاسم", "ordem dos nomes",
    ),
    "title_en": (
        "title in english", "english title", "titre en anglais", "cargo en inglés",
        "должность на английском", "英文职务", "المنصب بالإنجليزية", "cargo em inglês",
    ),
    "salutation": (
        "first line of letters", "dear", "formule d'appel", "encabezamiento", "vocativo",
        "начало письма", "信函抬头", "称呼语", "صيغة المخاطبة في الرسائل", "saudação",
    ),
    "ref": (
        "ref", "reference", "référence", "referencia", "ссылка", "номер", "编号", "المرجع",
        "referência",
    ),
}  # fmt: skip
"""By field: "name" is the whole name in one piece, "category" the category."""


def headings_of(code: str) -> frozenset[str]:
    """Return what a column of a field is called elsewhere; nothing where that is not known."""
    return frozenset(HEADINGS.get("category" if code == "category_id" else code, ()))
