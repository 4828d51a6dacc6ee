"""The pages that pictures are taken of and that are checked from outside."""

from dataclasses import dataclass

SIGN_IN = "/sign-in"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the demo: {lang} in its path stands for the language, else ?lang= is added.

    role: a word of the role of the demo account that opens it; empty for anybody.
    """

    name: str
    path: str
    role: str = ""

    def address(self, base: str, language: str) -> str:
        """Return the page's full address in one language."""
        if "{lang}" in self.path:
            return base + self.path.format(lang=language)
        joint = "&" if "?" in self.path else "?"
        return f"{base}{self.path}{joint}lang={language}"


PAGES = (
    Page("front", "/"),
    Page("sign-in", SIGN_IN),
    Page("event-forum", "/{lang}/xiamen-2024"),
    Page("event-side-event", "/{lang}/new-york-2025"),
    Page("event-seminar", "/{lang}/beijing-2024"),
    Page("programme", "/{lang}/xiamen-2024/programme"),
    Page("programme-now", "/{lang}/xiamen-2024/programme/now"),
    Page("programme-seminar", "/{lang}/beijing-2024/programme"),
    Page("calendar-help", "/{lang}/xiamen-2024/calendar"),
    Page("conference-apps", "/{lang}/xiamen-2024/programme/apps"),
    Page("choose-zone", "/{lang}/xiamen-2024/my-time"),
    Page("privacy", "/{lang}/xiamen-2024/privacy"),
    Page("find", "/{lang}/xiamen-2024/find"),
    Page("check-certificate", "/c"),
    Page("manage", "/manage", "organiser"),
    Page("manage-forum", "/manage/xiamen-2024", "organiser"),
    Page("new-event", "/manage/events/new", "organiser"),
    Page("settings", "/manage/xiamen-2024/settings", "organiser"),
    Page("team", "/manage/xiamen-2024/team", "organiser"),
    Page("people", "/manage/xiamen-2024/people?view=all", "organiser"),
    Page("delegations", "/manage/xiamen-2024/delegations", "organiser"),
    Page("work-programme", "/manage/xiamen-2024/programme", "organiser"),
    Page("programme-checks", "/manage/xiamen-2024/programme/checks", "organiser"),
    Page("speakers-lists", "/manage/new-york-2025/speaking", "organiser"),
    Page("add-session", "/manage/xiamen-2024/programme/sessions/new", "organiser"),
    Page("badges", "/manage/xiamen-2024/badges", "organiser"),
    Page("desk", "/manage/xiamen-2024/desk", "organiser"),
    Page("gates", "/manage/xiamen-2024/gates", "organiser"),
    Page("messages", "/manage/xiamen-2024/messages", "organiser"),
    Page("figures", "/manage/xiamen-2024/figures", "organiser"),
    Page("attendance", "/manage/beijing-2024/attendance", "organiser"),
    Page("attendance-scores", "/manage/beijing-2024/attendance-scores", "organiser"),
    Page("attendance-survey", "/manage/beijing-2024/attendance-survey", "organiser"),
    Page("certificates", "/manage/beijing-2024/certificates", "organiser"),
    Page("account", "/account", "organiser"),
    Page("queue", "/manage/shanghai-2025-rehearsal/people", "accreditation"),
    Page("focal-point", "/manage", "focal"),
    Page("door", "/door", "door"),
    Page("installation", "/manage/installation", "administrator"),
    Page("components", "/manage/installation/components", "administrator"),
)

_FORUM = (
    "invitations", "letters", "information-note", "places", "places/rules", "places/new", "order",
    "order/draw", "order/settings", "order/extra", "people/import", "people/new", "people/twins",
    "arrivals?show=all", "arrivals/others", "arrivals/vehicles", "arrivals/vehicles/new",
    "arrivals/officers", "arrivals/courtesies", "arrivals/courtesies/ranks/MIN", "heads",
    "floor", "floor-cards", "gates/new", "rehearse", "copy", "programme/versions",
    "programme/speakers", "programme/speakers/new", "programme/rooms", "programme/tracks/new",
    "settings/address", "settings/basics", "settings/categories", "settings/dates",
    "settings/hosts", "settings/languages", "settings/life", "settings/life/cancel",
    "settings/pages", "settings/registration", "settings/rooms", "settings/switches", "names",
    "name-plates",
)  # fmt: skip

MORE_PAGES = (
    Page("find-certificate", "/c/find"),
    Page("claim", "/{lang}/xiamen-2024/delegation"),
    Page("programme-search", "/{lang}/xiamen-2024/programme/search"),
    Page("programme-found", "/{lang}/xiamen-2024/programme/search?q=digital"),
    Page("programme-in-french", "/{lang}/xiamen-2024/programme/languages/fr"),
    Page("programme-choice", "/{lang}/xiamen-2024/programme/mine"),
    Page("speakers", "/{lang}/xiamen-2024/programme/speakers"),
    Page("papers", "/{lang}/xiamen-2024/programme/papers"),
    Page("tickets", "/manage/new-york-2025/tickets", "organiser"),
    Page("states", "/manage/new-york-2025/states-in-the-room", "organiser"),
    Page("roll-call", "/manage/beijing-2024/roll-call", "organiser"),
    Page("certificate-design", "/manage/beijing-2024/certificates/design", "organiser"),
    Page("certificate-issue", "/manage/beijing-2024/certificates/issue", "organiser"),
    Page("certificate-signatory", "/manage/beijing-2024/certificates/signatories/1", "organiser"),
    *(
        Page(path.partition("?")[0].replace("/", "-"), f"/manage/xiamen-2024/{path}", "organiser")
        for path in _FORUM
    ),
    Page("liaison", "/manage/xiamen-2024/arrivals?show=all", "liaison"),
    Page("institutions", "/manage/institutions", "administrator"),
    Page("groups", "/manage/institutions/groups", "administrator"),
    *(
        Page(f"installation-{name}", f"/manage/installation/{name}", "administrator")
        for name in ("keys", "log", "team", "work")
    ),
    Page("installation-mail", "/manage/installation/mail?show=all", "administrator"),
)
"""Pages behind those: held to the same by the tests in the browser."""

ALL_PAGES = PAGES + MORE_PAGES
