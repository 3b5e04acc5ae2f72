"""The program as somebody types it on a terminal: the installed entry point, in this process."""

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from api.cli import main


def typed(words: Sequence[object], folder: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    """``motcua`` with these words, typed in a folder: its exit code, and all that it said.

    Whatever the program does not catch comes through: on a terminal it would be a traceback.
    """
    surroundings = (
        patch.dict(os.environ, environment),
        patch.object(sys, "argv", ["motcua", *map(str, words)]),
    )
    with StringIO() as said, redirect_stdout(said), redirect_stderr(said), chdir(folder):
        with surroundings[0], surroundings[1]:
            try:
                main()
            except SystemExit as ended:
                return _code(ended, said)
        return 0, said.getvalue()


def _code(ended: SystemExit, said: StringIO) -> tuple[int, str]:
    """Python prints what an exit was given when that is no number, and ends with 1."""
    if isinstance(ended.code, str):
        return 1, said.getvalue() + ended.code
    return int(ended.code or 0), said.getvalue()
