"""The seal of the library: hashes of the bundles in ``processes/`` that have passed the whole check.

Checking a procedure takes ten times as long as installing it. A bundle whose hash stands here, byte for byte,
is installed without being checked again; a file that somebody has changed since has another hash and is.
"""

from collections.abc import Iterable
from pathlib import Path

from api.bootstrap import PROCESSES
from api.whole import write_whole

SEAL = PROCESSES / "checked.txt"
_HEAD = "# Made by «motcua procedures seal»: bundles that have passed the whole check. Never edit by hand.\n"


def sealed(path: Path = SEAL) -> frozenset[str]:
    """Hashes of checked bundles; none when there is no such file."""
    if not path.is_file():
        return frozenset()
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line.split()[0] for line in lines if line and not line.startswith("#"))


def write_seal(found: Iterable[tuple[str, str]], path: Path = SEAL) -> None:
    """Write code and hash of each bundle."""
    lines = [f"{sha256} {code}\n" for code, sha256 in sorted(found)]
    write_whole(path, "".join([_HEAD, *lines]).encode())
