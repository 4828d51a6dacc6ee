"""Invented people whose names are hard to set, for events that have nobody yet."""

from eventhub.designs.rules import Face, Kind

_QR = "HTTPS://EVENTS.EXAMPLE.ORG/D/EH1:" + "GEZDGNBVGY3TQOJQ" * 8 + "GEZDG"
_LONG = "Ministry of Communications, Digital Transformation, Innovation and Public Service Delivery"


def _face(
    ref: str, names: tuple[str, ...], entity: tuple[str, ...], post: str = "", local: str = "",
    language: str = "", other: str = "",
) -> Face:  # fmt: skip
    return Face(
        "", ref, names, local, language, post, entity, other, f"{ref[:3].upper()}-07", 1, qr=_QR
    )


STAND_INS = (
    _face("wlk", ("Wolfeschlegelsteinhausen Maximilian", "BERGERDORFF-VAN DER WESTHUIZEN"),
          ("Bolivia (Plurinational State of)", "Bolivie (État plurinational de)"),
          "Permanent Secretary for Digital Infrastructure and Emerging Technologies", other="fr"),
    _face("aml", ("Amal",), ("Côte d’Ivoire", "كوت ديفوار"), "Counsellor", "أمل بنت عبد الرحمن",
          "ar", "ar"),
    _face("zhx", ("LU", "Yining"), ("China", "中国"), "Interpreter", "鹿一宁", "zh", "zh"),
    _face("org", ("Jo", "LI"), (_LONG,), "Head of unit"),
    _face("tha", ("Nguyễn Thị Ánh Tuyết", "TRƯƠNG"), ("Viet Nam",), "Đại biểu", "สมชาย น้ำใจ", "th"),
)  # fmt: skip
KIND = Kind("", ("Delegate", "代表"), "DE", "#1F4E79", "#FFFFFF", ("Z1", "Z2"), "zh")
