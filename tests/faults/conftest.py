"""How long and how hard: a short run (``make test-faults``), a long one (``make faults``), and its seed."""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from api.furnishing import furnish
from handlers.stand_in import StandIn
from tests import centre as centres
from tests.faults.cluster import Cluster, free_port

LONG, SEED = "MOTCUA_TEST_FAULTS_LONG", "MOTCUA_TEST_FAULTS_SEED"


@dataclass(frozen=True, slots=True)
class Size:
    """Of this run."""

    long: bool
    seed: int

    def of(self, short: int, long: int) -> int:
        return long if self.long else short

    def lot(self, what: str) -> random.Random:
        """Draws that follow from the seed and what they are for."""
        return random.Random(f"{self.seed}:{what}")


@pytest.fixture(scope="session")
def size() -> Size:
    """Printed, so that a run that failed can be repeated (as far as threads and processes allow)."""
    seed = int(os.environ.get(SEED) or random.SystemRandom().randrange(1_000_000))
    print(f"\nseed of the faults: {SEED}={seed}")  # noqa: T201
    return Size(long=bool(os.environ.get(LONG)), seed=seed)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in here is one of faults; a long run takes as long as it takes."""
    for item in items:
        if "tests/faults/" in str(item.path):
            item.add_marker(pytest.mark.fault)
            item.add_marker(pytest.mark.timeout(7200 if os.environ.get(LONG) else 300))


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Cluster]:
    """A server that may be crashed, holding a furnished centre to copy."""
    folder = Path("/tmp") / f"motcua-faults-{worker_id}-{os.getpid()}"
    folder.mkdir(mode=0o755)
    running = Cluster(folder / "server")
    running.tell("CREATE DATABASE furnished")
    place = tmp_path_factory.mktemp("furnished")
    centres.furnished(running.url("furnished"), place)
    with centres.opened(running.url("furnished"), place) as centre:
        furnish(centre.engine)  # the whole library: processes that start later find nothing to install
    running.wait_for_all_gone("furnished")
    yield running
    running.stop()
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    folder.rmdir()


@pytest.fixture
def server_database(cluster: Cluster) -> Iterator[str]:
    """Name of a furnished database of one test on the server that may be crashed."""
    name = f"motcua_{uuid4().hex[:8]}"
    cluster.tell(f'CREATE DATABASE "{name}" TEMPLATE furnished')
    yield name
    cluster.tell(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture(scope="session")
def partners() -> Iterator[dict[str, str]]:
    """Settings that lead to a stand-in for all other systems."""
    with StandIn() as stand_in:
        yield stand_in.environment()
