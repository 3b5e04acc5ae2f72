"""Diagrams tried out on the terminal: ``motcua play``."""

import json
import shlex
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from api.bootstrap import open_sandbox
from api.cli.deeds import Deeds, told
from api.cli.given_file import GivenFile
from api.sources import placed_files, read_source
from engine.clock import VIETNAM
from engine.errors import MotcuaError
from engine.given import given
from engine.procedures import BundleRefused, BundleSource
from engine.sandbox import Unplayable

_MORNING = "2026-03-02T08:00:00+07:00"  # a Monday: where time begins unless it is said


@click.command(help="Chạy thử sơ đồ trong bộ nhớ / run diagrams in a sandbox. Lệnh: docs/how-to/play.md")
@click.argument("files", nargs=-1, type=GivenFile())
@click.option("--do", "deeds", multiple=True, help="Một lệnh, ví dụ «start», «do xem_xet decision=yes».")
@click.option(
    "--script", type=click.File("r", encoding="utf-8"), help="Tệp lệnh, mỗi dòng một lệnh; - là đầu vào."
)
@click.option("--json", "as_json", is_flag=True, help="Mỗi lệnh trả lời một dòng JSON.")
@click.option("--at", default=_MORNING, show_default=True, help="Thời điểm bắt đầu của đồng hồ ảo.")
@click.option("--auto", is_flag=True, help="Bắt đầu, tự làm mọi việc, để thời gian trôi đến khi kết thúc.")
def play(
    files: tuple[Path, ...], deeds: tuple[str, ...], script: Any, as_json: bool, at: str, auto: bool
) -> None:
    if auto:
        deeds = (*(deeds or ("start",)), "auto")
    if not deeds and script is None:
        script = sys.stdin
    first = [" ".join(["load", *(shlex.quote(str(path)) for path in files)])] if files else []
    with TemporaryDirectory() as folder:
        stage = Stage(Path(folder), datetime.fromisoformat(at).astimezone(VIETNAM), as_json=as_json)
        prompt = sys.stdin.isatty() and not as_json
        for line in (*first, *deeds, *(_lines(script, prompt=prompt) if script is not None else ())):
            if line.split()[0] == "quit":
                break
            if not stage.do(line) and line in first:
                sys.exit(1)
        sys.exit(0 if stage.sound else 2)


def _lines(script: Any, *, prompt: bool) -> Iterator[str]:
    while True:
        if prompt:
            click.echo("> ", nl=False)
        line = script.readline()
        if not line:
            return
        if line.strip() and not line.lstrip().startswith("#"):
            yield line.strip()


class Stage:
    """Does lines, one after the other, and tells what came of each; ``load`` begins anew."""

    def __init__(self, folder: Path, at: datetime, *, as_json: bool) -> None:
        self._folder, self._at = folder, at
        self._as_json = as_json
        self._sandbox = open_sandbox(folder, at)
        self._deeds = Deeds(self._sandbox)
        self.sound = True  # whether everything so far could be done

    def do(self, line: str) -> bool:
        """Do a line; False when it was refused."""
        try:
            said, error = self._load(line) if line.split()[0] == "load" else self._deeds.do(line), None
        except MotcuaError as refusal:
            said, error, self.sound = "", refusal, False
        if self._as_json:
            click.echo(json.dumps(self._answer(line, said, error), ensure_ascii=False))
        else:
            self._tell(said, error)
        return error is None

    def _load(self, line: str) -> str:
        """Load diagrams into a new sandbox; what belongs to a procedure of ours is found beside it."""
        self._sandbox = open_sandbox(self._folder, self._at)
        self._deeds = Deeds(self._sandbox)
        paths = [Path(word) for word in shlex.split(line)[1:]]
        if not paths:
            raise Unplayable(why_vi="chưa ghi tên tệp sau load", why_en="name a file behind load")
        named = placed_files((path.name, given(path)) for path in paths)
        for path in paths:
            if path.suffix.lower() == ".bpmn":
                ours = b"urn:motcua:bpmn:1" in given(path)
                beside = read_source(path).files if ours else {}
                self._sandbox.load(BundleSource(main=path.name, files={**beside, **named}))
        return ", ".join(self._sandbox.processes)

    def _answer(self, line: str, said: str, error: MotcuaError | None) -> dict[str, Any]:
        return {
            "deed": line, "ok": error is None, "said": said,
            **({"error": _refusal(error)} if error is not None else {}),
            "now": self._sandbox.clock.at.isoformat(),
            "processes": list(self._sandbox.processes),
            "cases": [case.to_json() for case in self._sandbox.cases()],
        }  # fmt: skip

    def _tell(self, said: str, error: MotcuaError | None) -> None:
        if error is not None:
            click.echo(f"Lỗi: {error.message('vi')}", err=True)
            for one in error.findings if isinstance(error, BundleRefused) else ():
                click.echo(f"  {one.sentence()}", err=True)
            return
        if said:
            click.echo(said)
        for told_line in told(self._sandbox):
            click.echo(told_line)


def _refusal(error: MotcuaError) -> dict[str, Any]:
    found = error.findings if isinstance(error, BundleRefused) else ()
    return {
        "code": error.code, "vi": error.message("vi"), "en": error.message("en"),
        "element": getattr(error, "node_id", None), "path": list(getattr(error, "path", ())),
        "findings": [
            {"rule": one.rule, "severity": str(one.severity), "element": one.element_id, "file": one.file,
             "line": one.line, "vi": one.message_vi, "en": one.message_en, "remedy_vi": one.remedy_vi,
             "remedy_en": one.remedy_en}
            for one in found
        ],
    }  # fmt: skip
