"""A file as an argument of a command; what is wrong with it is said in both languages."""

from pathlib import Path
from typing import Any

import click

from engine.errors import MotcuaError
from engine.given import require_file


class GivenFile(click.ParamType[Path]):
    """The path of an ordinary file that may be read; with ``folders`` also that of a folder."""

    name = "file"

    def __init__(self, *, folders: bool = False) -> None:
        self._folders = folders

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(value)
        if self._folders and path.is_dir():
            return path
        try:
            require_file(path)
        except MotcuaError as error:
            self.fail(f"{error.message('vi')} / {error.message('en')}", param, ctx)
        return path
