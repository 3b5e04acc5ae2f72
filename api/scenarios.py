"""Finding files of scenarios, and playing each with the diagram it belongs to, one process a worker."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from api.bootstrap import open_sandbox, scenario_centres
from api.sources import placed_files, read_source
from engine.domain.written import NotText, written
from engine.errors import MotcuaError
from engine.given import given
from engine.procedures import BundleSource
from engine.scenario import BadScenario, Centres, FileResult, faulty, play_file, read_scenarios
from engine.scenario.arena import play_arena
from engine.scenario.errors import unknown
from engine.scenario.model import ScenarioFile

SCENARIOS = "*.test.yaml"
_ARENA = "test_*.json"


def scenario_files(paths: Iterable[Path]) -> list[Path]:
    """Files of scenarios among these and below these folders; SpiffArena's beside their diagrams."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            here = [*path.rglob(SCENARIOS), *(one for one in path.rglob(_ARENA) if diagram_of(one).is_file())]
            found.update(dict.fromkeys(sorted(here)))
        else:
            found[path] = None
    return list(found)


def diagram_of(path: Path) -> Path:
    """The diagram that a file of SpiffArena's tests is for."""
    return path.with_name(f"{path.stem.removeprefix('test_')}.bpmn")


def play_all(files: list[Path], workers: int, told: Callable[[FileResult], None]) -> Iterator[FileResult]:
    """What came of each file, in the order of the files; ``told`` hears of each as it is done."""
    with TemporaryDirectory(prefix="motcua-scenarios-") as folder:
        if workers < 2 or len(files) < 2:
            for file in files:
                result = play(file, folder)
                told(result)
                yield result
            return
        with ProcessPoolExecutor(min(workers, len(files))) as pool:
            # The longest first, so that no worker is left alone with it at the end.
            order = sorted(files, key=lambda file: -file.stat().st_size)
            begun: dict[Path, Future[FileResult]] = {file: pool.submit(play, file, folder) for file in order}
            for one in as_completed(begun.values()):
                told(one.result())
            yield from (begun[file].result() for file in files)


def play(path: Path, folder: str) -> FileResult:
    """What came of one file; never raises for what stands in it."""
    try:
        if path.suffix == ".json":
            return _play_arena(path, folder)
        file = read_scenarios(scenario_text(path), str(path))
        return play_file(_centres(os.getpid(), folder), file, _source(path, file))
    except MotcuaError as refusal:
        return faulty(str(path), refusal)


def scenario_text(path: Path) -> str:
    """The text of a file that analysts write. Raises BadScenario with the line, FileRefused, FileTooLarge."""
    try:
        return written(given(path))
    except NotText as error:
        raise BadScenario(file=str(path), line=error.line, field="", why=error.why) from error


@lru_cache(maxsize=1)
def _centres(process: int, folder: str) -> Centres:
    """What a worker needs once; the number of the process keeps a fork from taking over its parent's."""
    return scenario_centres(Path(folder) / str(process))


def _source(path: Path, file: ScenarioFile) -> BundleSource:
    """The diagram named, else the one with the procedure's code above or beside the scenarios."""
    folders = (path.parent.parent, path.parent)
    named = file.diagram or f"{file.procedure}.bpmn"
    for folder in folders if file.diagram is None else (path.parent,):
        if (folder / named).is_file():
            return read_source((folder / named).resolve())  # what belongs to it is found beside it
    known = [one.stem for folder in folders for one in sorted(folder.glob("*.bpmn"))]
    field = "sơ đồ" if file.diagram else "thủ tục"
    raise BadScenario(
        file=str(path), line=file.line, field=field, why=unknown(file.diagram or file.procedure, known)
    )


def _play_arena(path: Path, folder: str) -> FileResult:
    """A bare diagram in the sandbox; what lies beside it may be called."""
    main = diagram_of(path)
    if not main.is_file():
        why = f"không có sơ đồ «{main.name}» bên cạnh", f"there is no “{main.name}” beside it"
        raise BadScenario(file=str(path), line=1, field="", why=why)
    beside = sorted(one for one in main.parent.iterdir() if one.suffix in (".bpmn", ".dmn"))
    files = placed_files((one.name, given(one)) for one in beside)

    def opened(at: object) -> object:
        return open_sandbox(Path(folder) / str(os.getpid()), at)  # type: ignore[arg-type]

    return play_arena(scenario_text(path), str(path), BundleSource(main=main.name, files=files), opened)  # type: ignore[arg-type]
