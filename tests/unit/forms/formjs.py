"""form-js itself, run under Node: what it says of filled forms."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from shutil import which
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("formjs.mjs")
PACKAGES = Path(__file__).resolve().parents[3] / "api/ui/node_modules"
ROOMY = "--max-semi-space-size=64"  # MiB; a page is much short-lived rubbish


def node() -> str:
    """The program that runs form-js; skips the test, and says what is missing, where there is none."""
    found = which("node")
    if found is None:
        pytest.skip("form-js: node was not found; install Node 20 or newer")
    if not (PACKAGES / "@bpmn-io/form-js-viewer").exists():
        pytest.skip("form-js: its packages are missing; run make ui")
    return found


def said_by_formjs(filled: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> list[dict[str, Any]]:
    """For each form with what stands in it: ``errors`` by path, ``data`` as sent, paths ``shown``."""
    lines = "".join(json.dumps({"form": form, "data": data}) + "\n" for form, data in filled)
    done = subprocess.run(
        [node(), ROOMY, str(SCRIPT)], input=lines, capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]
