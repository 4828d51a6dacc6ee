"""Keys in files, made when first needed, never overwritten."""

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

KEY_BYTES = 32
NONCE_BYTES = 12


class KeyDestroyed(Exception):
    """The key is gone, and with it what it enciphered."""


class KeyRing:
    """The keys below one folder: `<purpose>/<key id>` and `events/<event id>/<class>`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[Path, bytes] = {}
        self._newest: dict[str, tuple[int, str]] = {}

    def newest(self, purpose: str) -> str:
        """Return the id of the key that is used now; make the first one where there is none."""
        folder = self.folder / purpose
        changed = folder.stat().st_mtime_ns if folder.exists() else 0
        if self._newest.get(purpose, (0, ""))[0] != changed or not changed:
            ids = sorted(path.name for path in folder.glob("k*"))
            if not ids:
                return self._make(folder / "k0001").name
            self._newest[purpose] = changed, ids[-1]
        return self._newest[purpose][1]

    def ids(self, purpose: str) -> list[str]:
        """Return the ids of all keys of a purpose, the oldest first."""
        return sorted(path.name for path in (self.folder / purpose).glob("k*"))

    def made_at(self, purpose: str, key_id: str) -> datetime:
        """Return when a key was made: the time of its file."""
        made = (self.folder / purpose / key_id).stat().st_mtime
        return datetime.fromtimestamp(made, UTC)

    def rotate(self, purpose: str) -> str:
        """Make a new key that is used from now on, and return its id."""
        number = int(self.newest(purpose)[1:]) + 1
        return self._make(self.folder / purpose / f"k{number:04d}").name

    def secret(self, purpose: str, key_id: str | None = None) -> bytes:
        """Return the 32 bytes of a key, the newest by default; KeyDestroyed where it is gone."""
        return self._load(self.folder / purpose / (key_id or self.newest(purpose)))

    def signing_key(self, purpose: str, key_id: str | None = None) -> Ed25519PrivateKey:
        """Return the Ed25519 key whose seed the secret is."""
        return Ed25519PrivateKey.from_private_bytes(self.secret(purpose, key_id))

    def mac(self, purpose: str, text: str, key_id: str | None = None) -> bytes:
        """Return HMAC-SHA-256 of the text, 32 bytes, under a key of the purpose."""
        return hmac.new(self.secret(purpose, key_id), text.encode(), hashlib.sha256).digest()

    def event_key(self, event_id: int, data_class: str) -> bytes:
        """Return the key of one class of one event's data, made when first asked for."""
        path = self.folder / "events" / str(event_id) / data_class
        if path.with_suffix(".destroyed").exists():
            raise KeyDestroyed(data_class)
        return self._load(path if path.exists() else self._make(path))

    def destroy_event_key(self, event_id: int, data_class: str) -> None:
        """Overwrite and remove the key, and leave a mark so that no new one takes its place."""
        path = self.folder / "events" / str(event_id) / data_class
        self._make_folder(path.parent)
        path.with_suffix(".destroyed").touch(mode=0o600)
        if path.exists():
            path.write_bytes(secrets.token_bytes(KEY_BYTES))
            path.unlink()
        self._read.pop(path, None)

    def destroy_event_keys(self, event_id: int) -> None:
        """Destroy the keys of all classes of one event's data."""
        folder = self.folder / "events" / str(event_id)
        for path in sorted(folder.glob("*")):
            if path.suffix != ".destroyed":
                self.destroy_event_key(event_id, path.name)

    def encipher(self, key: bytes, text: bytes, context: bytes = b"") -> bytes:
        """Return nonce and AES-GCM ciphertext; `context` must be given again to decipher."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(key).encrypt(nonce, text, context)

    def decipher(self, key: bytes, sealed: bytes, context: bytes = b"") -> bytes:
        """Return the text; ValueError where it was tampered with or belongs elsewhere."""
        try:
            return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
        except InvalidTag as error:
            raise ValueError("not enciphered with this key and context") from error

    def _make(self, path: Path) -> Path:
        self._make_folder(path.parent)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another process was first: its key stands
            os.link(draft, path)
        draft.unlink()
        self._newest.clear()
        return path

    def _make_folder(self, folder: Path) -> None:
        """Make the folder and those above it up to ours, each for its owner alone."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        for one in (*reversed(folder.relative_to(self.folder).parents), folder):
            (self.folder / one).mkdir(exist_ok=True, mode=0o700)

    def _load(self, path: Path) -> bytes:
        if path not in self._read:
            try:
                key = path.read_bytes()
            except FileNotFoundError:
                raise KeyDestroyed(path.name) from None
            self._read[path] = key
        elif not path.exists():
            del self._read[path]
            raise KeyDestroyed(path.name)
        return self._read[path]


def ring() -> KeyRing:
    """Return the application's key ring."""
    found: KeyRing = current_app.extensions["eventhub.keys"]
    return found
