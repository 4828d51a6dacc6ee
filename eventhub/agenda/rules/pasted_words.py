"""Words by which a pasted timetable is understood: column titles, kinds of sessions, roles."""

from collections.abc import Mapping

from eventhub.core.text import fold

_TITLES: Mapping[str, tuple[str, ...]] = {
    "day": ("day", "date", "jour", "día", "fecha", "день", "дата", "日期", "日", "天", "اليوم",
            "التاريخ", "dia", "data"),
    "start": ("start", "starts", "from", "begin", "begins", "start time", "début", "de", "inicio",
              "начало", "开始", "开始时间", "البداية", "início"),
    "end": ("end", "ends", "to", "until", "end time", "fin", "à", "final", "конец", "окончание",
            "结束", "结束时间", "النهاية", "fim"),
    "time": ("time", "times", "hour", "hours", "heure", "heures", "horaire", "horaires", "hora",
             "horario", "время", "时间", "الوقت", "التوقيت", "horário"),
    "title": ("title", "session", "topic", "item", "activity", "subject", "programme", "event",
              "titre", "séance", "sujet", "activité", "intitulé", "título", "sesión", "tema",
              "actividad", "название", "заседание", "тема", "мероприятие", "标题", "议题", "会议",
              "内容", "主题", "活动", "العنوان", "الجلسة", "الموضوع", "النشاط", "sessão"),
    "room": ("room", "venue", "place", "location", "hall", "salle", "lieu", "sala", "lugar",
             "зал", "место", "помещение", "地点", "会场", "会议室", "房间", "القاعة", "المكان",
             "local"),
    "kind": ("type", "kind", "format", "category", "nature", "tipo", "тип", "вид", "类型", "形式",
             "النوع"),
    "speakers": ("speaker", "speakers", "presenter", "presenters", "moderator", "chair",
                 "participants", "panellists", "intervenant", "intervenants", "orateur",
                 "orateurs", "orador", "oradores", "ponentes", "докладчик", "докладчики",
                 "выступающие", "发言人", "主讲人", "演讲人", "嘉宾", "المتحدثون", "المتكلمون",
                 "oradores"),
}  # fmt: skip

_KINDS: Mapping[str, tuple[str, ...]] = {
    "break": ("break", "coffee", "tea", "lunch", "pause", "café", "déjeuner", "almuerzo",
              "pausa", "перерыв", "кофе", "обед", "茶歇", "午餐", "休息", "استراحة", "غداء"),
    "social": ("reception", "dinner", "cocktail", "banquet", "réception", "dîner", "cena",
               "recepción", "приём", "ужин", "招待会", "晚宴", "晚餐", "استقبال", "عشاء"),
    "logistics": ("registration", "accreditation", "badges", "departure", "arrival", "photo",
                  "inscription", "accueil", "départ", "registro", "acreditación", "регистрация",
                  "签到", "报到", "合影", "التسجيل"),
    "opening": ("opening", "ouverture", "apertura", "inauguración", "открытие", "开幕",
                "الافتتاح", "افتتاح", "abertura"),
    "closing": ("closing", "clôture", "clausura", "закрытие", "闭幕", "الختام", "اختتام",
                "encerramento"),
    "high_level": ("high-level", "haut niveau", "alto nivel", "высокого уровня", "高级别",
                   "رفيع المستوى"),
    "keynote": ("keynote", "主旨", "discours liminaire", "discurso principal"),
    "panel": ("panel", "table ronde", "roundtable", "round table", "mesa redonda",
              "круглый стол", "圆桌", "حلقة نقاش"),
    "workshop": ("workshop", "atelier", "taller", "семинар-практикум", "工作坊", "研讨",
                 "ورشة"),
    "lecture": ("lecture", "conférence magistrale", "лекция", "讲座", "محاضرة"),
    "study_visit": ("visit", "visite", "visita", "экскурсия", "参观", "考察", "زيارة"),
    "press": ("press", "presse", "prensa", "пресс", "新闻发布", "记者", "صحفي"),
    "bilateral": ("bilateral", "bilatéral", "двусторонн", "双边", "ثنائي"),
    "drafting": ("drafting", "rédaction", "redacción", "редакц", "起草", "صياغة"),
    "side_event": ("side event", "manifestation parallèle", "evento paralelo", "边会",
                   "параллельное мероприятие", "حدث جانبي"),
    "parallel": ("parallel", "parallèle", "paralela", "параллельн", "平行", "分论坛", "موازية"),
    "plenary": ("plenary", "plénière", "plenaria", "пленарн", "全体会议", "عامة"),
}  # fmt: skip

_ROLES: Mapping[str, tuple[str, ...]] = {
    "chair": ("chair", "chairperson", "chaired by", "président", "présidente", "presidente",
              "presidencia", "председатель", "主席", "主持", "الرئيس", "رئيس"),
    "moderator": ("moderator", "moderated by", "modérateur", "modératrice", "moderador",
                  "moderadora", "модератор", "主持人", "المدير"),
    "keynote": ("keynote", "keynote speaker", "主旨发言"),
    "panellist": ("panellist", "panellists", "panelist", "panelists", "panéliste", "panélistes",
                  "panelista", "panelistas", "участник", "участники", "嘉宾", "المشاركون"),
    "discussant": ("discussant", "discussants", "commentateur", "点评人"),
    "rapporteur": ("rapporteur", "rapporteuse", "relator", "relatora", "докладчик", "报告员",
                   "المقرر"),
    "lecturer": ("lecturer", "lecturers", "conférencier", "conférencière", "лектор", "主讲人",
                 "المحاضر"),
    "speaker": ("speaker", "speakers", "orateur", "orateurs", "orador", "oradores",
                "выступающий", "发言人", "المتحدث"),
}  # fmt: skip

HEADS: Mapping[str, str] = {fold(word): name for name, words in _TITLES.items() for word in words}
"""The field of a column by its title, folded."""

KIND_WORDS: Mapping[str, str] = {
    fold(word): kind for kind, words in _KINDS.items() for word in words
}
"""The kind of a session by a word of its title, folded; the telling ones first."""

ROLE_WORDS: Mapping[str, str] = {
    fold(word): role for role, words in _ROLES.items() for word in words
}
"""The role of a speaker by the word before a colon, folded."""

PLACES = tuple(
    fold(word)
    for word in ("room", "hall", "salle", "sala", "auditorium", "foyer", "зал", "厅", "室", "会场",
                 "القاعة", "قاعة")
)  # fmt: skip
"""Words that names of rooms begin or end with, folded."""
