"""Settings: from the environment only, typed, checked when the program starts."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.errors import MotcuaError

_SAMPLES = frozenset({"secret", "changeme", "dev", "password", "motcua"})
_SHORTEST_SECRET = 32  # characters


class BadSetting(MotcuaError):
    """The program does not start with a setting like this."""

    code = "bad-setting"
    vi = "Thiết lập {name} không hợp lệ: {why}."
    en = "Setting {name} is not valid: {why}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything an installation decides. Names of environment variables: MOTCUA_ and the field's name."""

    database: str  # URL; SQLite in the folder below, or postgresql+psycopg://...
    folder: Path  # of files that are not in the database: documents, outgoing mail, the demo's secret
    secret: str  # signs the form tokens; from MOTCUA_SECRET_FILE
    public_url: str  # address that QR codes and links lead to
    host: str
    port: int
    centre: str  # agency code of the centre
    number_pattern: str  # of dossier numbers: {yymmdd} and {serial}
    proxies: int = 0  # how many proxies of ours stand in front and write X-Forwarded-For
    spread: bool = False  # the tables are spread over machines by Citus

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read and check the settings; raises BadSetting."""
        folder = Path(environment.get("MOTCUA_FOLDER", "var")).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        port = environment.get("MOTCUA_PORT", "8000")
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise BadSetting(name="MOTCUA_PORT", why=f"«{port}» không phải số cổng")
        database = environment.get("MOTCUA_DATABASE", f"sqlite:///{folder / 'motcua.sqlite3'}")
        if not database.startswith(("sqlite:", "postgresql+psycopg:")):
            raise BadSetting(name="MOTCUA_DATABASE", why="chỉ nhận sqlite: hoặc postgresql+psycopg:")
        host = environment.get("MOTCUA_HOST", "127.0.0.1")
        pattern = environment.get("MOTCUA_NUMBER_PATTERN", "000.00.00.H41-{yymmdd}-{serial:04d}")
        _require_pattern(pattern)
        proxies = environment.get("MOTCUA_PROXIES", "0")
        if proxies not in ("0", "1", "2", "3"):
            raise BadSetting(name="MOTCUA_PROXIES", why="phải là số từ 0 đến 3")
        spread = environment.get("MOTCUA_SPREAD", "0")
        if spread not in ("0", "1"):
            raise BadSetting(name="MOTCUA_SPREAD", why="phải là 0 hoặc 1")
        return cls(
            database=database,
            folder=folder,
            secret=_secret(environment, folder),
            public_url=environment.get("MOTCUA_PUBLIC_URL", f"http://{host}:{port}").rstrip("/"),
            host=host,
            port=int(port),
            centre=environment.get("MOTCUA_CENTRE", "TTHCC"),
            number_pattern=pattern,
            proxies=int(proxies),
            spread=spread == "1",
        )

    @property
    def https(self) -> bool:
        """Whether browsers reach us encrypted: then cookies are only sent so."""
        return self.public_url.startswith("https:")

    @property
    def files_folder(self) -> Path:
        return self.folder / "documents"

    @property
    def tracking_url(self) -> str:
        return f"{self.public_url}/tra-cuu/"


def _require_pattern(pattern: str) -> None:
    try:
        first, second = pattern.format(yymmdd="260101", serial=1), pattern.format(yymmdd="260101", serial=2)
    except (KeyError, ValueError, IndexError) as error:
        raise BadSetting(name="MOTCUA_NUMBER_PATTERN", why=f"sai mẫu ({error})") from error
    if first == second or "260101" not in first:
        raise BadSetting(name="MOTCUA_NUMBER_PATTERN", why="phải có {yymmdd} và {serial}")


def _secret(environment: Mapping[str, str], folder: Path) -> str:
    named = environment.get("MOTCUA_SECRET_FILE")
    path = Path(named) if named else folder / "secret"
    if not named and not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSetting(name="MOTCUA_SECRET_FILE", why=f"không đọc được {path}") from error
    if len(secret) < _SHORTEST_SECRET or secret.lower() in _SAMPLES:
        raise BadSetting(name="MOTCUA_SECRET_FILE", why=f"cần ít nhất {_SHORTEST_SECRET} ký tự ngẫu nhiên")
    return secret
