"""Passwords: composed, judged, hashed; nothing else ever sees one."""

import secrets
import threading
import unicodedata

from argon2 import PasswordHasher as Argon2
from argon2.exceptions import InvalidHashError, VerificationError

from engine.errors import Invalid

_SHORTEST, _LONGEST = 8, 128
_RULE = (
    f"Mật khẩu dài từ {_SHORTEST} đến {_LONGEST} ký tự, không trùng tên đăng nhập và không "
    "thuộc các mật khẩu phổ biến.",
    f"A password has {_SHORTEST} to {_LONGEST} characters, is not the user name and not a common one.",
)
_COMMON = frozenset({"password", "12345678", "123456789", "matkhau1", "motcua123", "qwertyuiop", "abcd1234"})


class PasswordHasher:
    """argon2id with 19 MiB and two passes; at most four at once, so that guessing cannot eat the memory."""

    def __init__(self, *, time_cost: int = 2, memory_kib: int = 19 * 1024) -> None:
        self._argon2 = Argon2(time_cost=time_cost, memory_cost=memory_kib, parallelism=1)
        self._slots = threading.BoundedSemaphore(4)
        self._decoy = self.hash(secrets.token_hex(16))

    def hash(self, password: str) -> str:
        with self._slots:
            return self._argon2.hash(composed(password))

    def fits(self, stored: str | None, password: str) -> bool:
        """Whether the password is the stored one; takes as long when there is nobody of that name."""
        with self._slots:
            try:
                fits = self._argon2.verify(stored or self._decoy, composed(password))
            except (VerificationError, InvalidHashError):
                return False
        return fits and stored is not None

    def outdated(self, stored: str) -> bool:
        return self._argon2.check_needs_rehash(stored)


def composed(text: str) -> str:
    """The same text from every keyboard: Vietnamese letters may come in two spellings."""
    return unicodedata.normalize("NFC", text)


def require_password(password: str, username: str) -> None:
    """Raise Invalid for a password that is short, very long, common, or the user name."""
    fits = _SHORTEST <= len(password) <= _LONGEST
    if not fits or password.lower() in _COMMON or password.lower() == username:
        raise Invalid({"password": _RULE})
