"""What a start costs: a diagram compiled, restored from its bundle, and the way to the first page."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import handlers
from api.bootstrap import PROCESSES
from api.sources import read_source
from engine.workflow.bundle import compile_bundle, load_definition
from tests.bench.figures import Figure, middle
from tests.bench.rounds import ROOT
from tests.bench.workload import W1

REAL = PROCESSES / "svhtt" / "1.009397.bpmn"  # with three called diagrams, eleven forms and a table
FIRST_PAGE = 5.0  # seconds from `make run` on a finished set-up, at most
_PATIENCE = 600  # seconds; the first start makes the demo centre


def definitions(*, quick: bool) -> Iterator[Figure]:
    """Milliseconds, medians."""
    names = [handler.name for handler in handlers.ALL]
    for title, path in (("W1", W1), ("a real procedure with its called diagrams", REAL)):
        source = read_source(path)
        bundle = compile_bundle(source, handlers=names)
        times = 5 if quick else 15
        parse = milliseconds(lambda source=source: compile_bundle(source, handlers=names), times)
        restore = milliseconds(lambda bundle=bundle: load_definition(bundle.sha256, bundle.content), times)
        yield Figure(name=f"check and compile {title}", value=parse, unit="ms")
        yield Figure(name=f"restore {title} from its bundle", value=restore, unit="ms")


def milliseconds(work: Callable[[], object], times: int) -> float:
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append((time.perf_counter() - began) * 1000)
    return middle(spent)


def first_page(folder: Path) -> Iterator[Figure]:
    """`motcua run --demo` once until it answers (it makes the demo centre), then again, and that is timed."""
    command = [str(Path(sys.executable).with_name("motcua")), "run", "--demo"]
    if subprocess.run([*command[:2], "--help"], capture_output=True, check=False).returncode:
        return
    _start(command, folder)
    yield Figure(
        name="make run to the first page, set up before",
        value=middle([_start(command, folder) for _ in range(3)]),
        unit="s",
        most=FIRST_PAGE,
    )


def _start(command: Sequence[str], folder: Path) -> float:
    """Seconds until the first page was there; the server is ended afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "MOTCUA_FOLDER": str(folder), "MOTCUA_PORT": str(port)}
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            _until_answered(f"http://127.0.0.1:{port}/", process)
            return time.perf_counter() - began
        finally:
            process.send_signal(signal.SIGINT)


def _until_answered(url: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(url, timeout=5) as answer:  # noqa: S310  our own server
                answer.read()
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError("motcua run does not answer")
