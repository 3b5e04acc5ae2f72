"""Does what a page for analysts says, with the real command line, in a folder and at a centre of its own."""

import re
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path

from api.bootstrap import PROCESSES
from api.demo.people import ACCOUNTS, add_officer
from tests.analyst.reading import Changing, Command, Deed, Receiving, Writing, matches
from tests.centre import Centre
from tests.terminal import typed

_IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_BY = re.compile(r"--by (\w+)")
TO_FILL_IN = "MÃ_LẦN_CHUYỂN"  # the reader puts what was printed before in its place


class Stumbled(AssertionError):
    """The page says one thing, the system does another."""


class Walk:
    """One reader's walk along a page; ``folder`` is where the reader types, the library lies in it."""

    def __init__(self, folder: Path, centre: Centre) -> None:
        self.folder = folder
        self._centre = centre
        self._identity = ""
        (folder / "processes").symlink_to(PROCESSES)

    def come(self, text: str) -> None:
        """The accounts of the demo centre that a page speaks of."""
        named = set(_BY.findall(text))
        for account in ACCOUNTS:
            if account.username in named:
                add_officer(self._centre.engine.officers, account)

    def go(self, deed: Deed) -> None:
        """Do one thing that the page says; raises Stumbled."""
        match deed:
            case Writing():
                self._write(deed.file, deed.content)
            case Changing():
                self._change(deed)
            case Receiving():
                self._centre.receive(deed.code)
            case Command():
                self._run(deed)

    def _write(self, name: str, content: str) -> None:
        place = self.folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, encoding="utf-8")

    def _change(self, deed: Changing) -> None:
        lines = (self.folder / deed.file).read_text(encoding="utf-8").splitlines(keepends=True)
        at = [number for number, line in enumerate(lines) if deed.words in line]
        if len(at) != 1:
            raise Stumbled(f"line {deed.line}: «{deed.words}» stands {len(at)} times in {deed.file}")
        lines[at[0] : at[0] + (not deed.before)] = [deed.content]
        self._write(deed.file, "".join(lines))

    def _run(self, deed: Command) -> None:
        words = shlex.split(deed.words.replace(TO_FILL_IN, self._identity))
        code, said = self._called(words)
        if found := _IDENTITY.search(said):
            self._identity = found[0]
        if (code != 0) != deed.refused or not matches(deed.prints, said.splitlines()):
            raise Stumbled(f"line {deed.line}: {deed.words}\nended with {code} and said:\n{said}")

    def _called(self, words: list[str]) -> tuple[int, str]:
        match words:
            case ["mkdir", "-p", *folders]:
                for one in folders:
                    (self.folder / one).mkdir(parents=True, exist_ok=True)
                return 0, ""
            case ["cp", "-r", source, target]:
                shutil.copytree(self.folder / source, self.folder / target / Path(source).name)
                return 0, ""
            case ["motcua", *arguments]:
                return typed(arguments, self.folder, self._environment())
        raise Stumbled(f"nobody taught the reader {words[0]}")

    def _environment(self) -> Mapping[str, str]:
        settings = self._centre.settings
        return {"MOTCUA_DATABASE": settings.database, "MOTCUA_FOLDER": str(settings.folder)}
