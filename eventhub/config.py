"""Settings, typed, read once from the environment; docs/operating.md has the table of them."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit


class BadSetting(Exception):
    """A setting is missing or makes no sense; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation decides. Each field is EVENTHUB_<NAME> in the environment.

    mode: development, test, demo or production.
    base_url: the address people use, without a slash at its end; links in mail start with it.
    data_dir: folder of the SQLite file, stored files, caches, sent mail of the demo.
    keys_dir: folder of the key ring; keep it out of the back-ups of data_dir.
    fonts_dir: folder of the fonts that documents are printed with (`eventhub setup` fills it).
    secret_keys: comma-separated, the first one signs sessions, the others are still accepted.
    offline_pages: yes or no: whether browsers keep programmes for when there is no network; with no
    they throw away what they keep.
    signing_key: PKCS#12 file that signs certificates, named from keys_dir on; empty: none does.
    signing_passphrase: what opens that file.
    timestamp_url: the authority (RFC 3161) that puts the time on signatures; empty: none does.
    mail: smtp://user:password@host:port, smtps://..., or folder: (written to data_dir/mail).
    """

    mode: str = "development"
    base_url: str = "http://127.0.0.1:8000"
    data_dir: Path = Path("var")
    keys_dir: Path | None = None
    fonts_dir: Path | None = None
    database_url: str = ""
    secret_keys: str = ""
    mail: str = "folder:"
    mail_from: str = "EventHub <no-reply@example.org>"
    max_upload_mb: int = 12
    workers: int = 2
    threads: int = 4
    log_format: str = "text"
    offline_pages: bool = True
    signing_key: str = ""
    signing_passphrase: str = ""
    timestamp_url: str = ""

    @property
    def keys(self) -> Path:
        """Return the key ring's folder."""
        return (self.keys_dir or self.data_dir / "keys").absolute()

    @property
    def fonts(self) -> Path:
        """Return the folder of fonts for printing."""
        return (self.fonts_dir or self.data_dir / "fonts").absolute()

    @property
    def database(self) -> str:
        """Return the database's address; SQLite in data_dir by default."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'eventhub.sqlite'}"

    @property
    def host(self) -> str:
        """Return the host, with its port where it has one, as it stands in base_url."""
        return urlsplit(self.base_url).netloc

    @property
    def is_https(self) -> bool:
        """Tell whether people reach the site over TLS."""
        return self.base_url.startswith("https:")

    def folder(self, name: str) -> Path:
        """Return a folder below data_dir, made where it is missing, readable by us alone."""
        path = self.data_dir.absolute() / name
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path


MODES = ("development", "test", "demo", "production")


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raise BadSetting with a plain sentence where one cannot be used."""
    env = os.environ if environment is None else environment
    given: dict[str, object] = {}
    for field in fields(Settings):
        raw = env.get(f"EVENTHUB_{field.name.upper()}")
        if raw is None and field.name == "secret_keys":
            raw = env.get("SECRET_KEY")
        if raw is not None and raw.strip():
            given[field.name] = _typed(field.name, raw.strip())
    settings = Settings(**given)  # type: ignore[arg-type]
    check(settings)
    return settings


def _typed(name: str, raw: str) -> object:
    if name in ("data_dir", "keys_dir", "fonts_dir"):
        return Path(raw)
    if name in ("max_upload_mb", "workers", "threads"):
        if not raw.isdigit() or int(raw) < 1:
            raise BadSetting(f"EVENTHUB_{name.upper()} must be a whole number above 0.")
        return int(raw)
    if name == "offline_pages":
        if raw.lower() not in ("yes", "no"):
            raise BadSetting("EVENTHUB_OFFLINE_PAGES must be yes or no.")
        return raw.lower() == "yes"
    return raw.rstrip("/") if name == "base_url" else raw


def check(settings: Settings) -> None:
    """Raise BadSetting where the settings do not go together."""
    if settings.mode not in MODES:
        raise BadSetting(f"EVENTHUB_MODE must be one of {', '.join(MODES)}.")
    parts = urlsplit(settings.base_url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise BadSetting(
            "EVENTHUB_BASE_URL must be a full address such as https://events.example.org."
        )
    if not settings.mail.startswith(("smtp://", "smtps://", "folder:")):
        raise BadSetting("EVENTHUB_MAIL must start with smtp://, smtps:// or folder:.")
    if not re.fullmatch(r"[A-Za-z0-9_.-]*", settings.signing_key):
        raise BadSetting(
            "EVENTHUB_SIGNING_KEY must be the name of a file in the keys folder, of letters, "
            "digits and . _ -"
        )
    if settings.timestamp_url and not settings.timestamp_url.startswith(("http://", "https://")):
        raise BadSetting("EVENTHUB_TIMESTAMP_URL must start with http:// or https://.")
    if settings.mode == "production":
        if len(settings.secret_keys.split(",")[0]) < 32:
            raise BadSetting(
                "Set SECRET_KEY (at least 32 random characters) before starting in production."
            )
        if settings.mail.startswith("folder:"):
            raise BadSetting("Set EVENTHUB_MAIL to your mail server before starting in production.")
