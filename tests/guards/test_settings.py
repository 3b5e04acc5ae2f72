"""Every setting that the code reads is told to those who run it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [path for folder in ("api", "engine", "handlers") for path in (ROOT / folder).rglob("*.py")]
MANUALS = "".join((ROOT / name).read_text("utf-8") for name in ("docs/how-to/run.md", "handlers/README.md"))
PARTNERS = ("VEHICLE_REGISTER", "SOCIAL_INSURANCE", "POLICE", "SMS")


def settings_read() -> set[str]:
    found: set[str] = set()
    for path in SOURCES:
        text = path.read_text("utf-8")
        found.update(re.findall(r"MOTCUA_[A-Z][A-Z_]*[A-Z]", text))
        found.update(f"MOTCUA_{name.upper()}" for name in re.findall(r'\bsetting\(\s*"(\w+)"', text))
    return found


def is_told(name: str) -> bool:
    """Named in full, or as an ending after the beginning that the manual gives once."""
    if name in MANUALS:
        return True
    if any(name in (f"MOTCUA_{partner}_URL", f"MOTCUA_{partner}_SECRET") for partner in PARTNERS):
        return "MOTCUA_<NAME>_URL" in MANUALS
    return name.startswith("MOTCUA_SMTP") and f"`_{name.removeprefix('MOTCUA_SMTP_')}`" in MANUALS


@pytest.mark.parametrize("name", sorted(settings_read()))
def test_a_setting_is_told_to_those_who_run_it(name: str) -> None:
    assert is_told(name), f"{name} stands neither in docs/how-to/run.md nor in handlers/README.md"


def test_settings_are_found_at_all() -> None:
    assert {"MOTCUA_DATABASE", "MOTCUA_SMTP_PORT", "MOTCUA_OUTGOING"} <= settings_read()
