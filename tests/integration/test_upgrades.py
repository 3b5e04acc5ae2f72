"""What a release has left behind is opened by this build, proven, run again and brought to its end."""

from datetime import timedelta
from pathlib import Path

import pytest
import zstandard

from api.bootstrap import open_sandbox
from api.cli.deeds import Deeds
from engine.sandbox import Sandbox
from tests import fixtures
from tests.fixtures.make import MORNING

LEFT = sorted(Path(fixtures.__file__).parent.glob("*.sqlite.zst"))


@pytest.fixture(params=LEFT, ids=lambda path: path.name.removesuffix(".sqlite.zst"))
def left(request: pytest.FixtureRequest, tmp_path: Path) -> Sandbox:
    """A copy of the database of a release, a month later."""
    file = tmp_path / "centre.sqlite"
    packed = request.param.read_bytes()
    file.write_bytes(zstandard.ZstdDecompressor().decompress(packed, max_output_size=64 * 1024 * 1024))
    sandbox = open_sandbox(tmp_path, MORNING + timedelta(days=30), f"sqlite:///{file}")
    sandbox.resume()
    return sandbox


def test_there_is_something_left() -> None:
    assert LEFT


def test_every_chain_holds_and_every_command_comes_to_the_same(left: Sandbox) -> None:
    numbers = left.numbers()
    assert len(numbers) >= 10
    assert [fault for number in numbers for fault in left.engine.verification.of(number)] == []
    again = [left.engine.replays.run_again(number) for number in numbers]
    assert [one.deviation for one in again if one.deviation] == []
    assert all(one.done == one.commands for one in again)


def test_every_dossier_that_is_open_can_be_brought_to_its_end(left: Sandbox) -> None:
    deeds = Deeds(left)
    open_ = [case for case in left.cases() if not case.ended]
    assert len(open_) >= 6
    for case in open_:
        if case.process == "beside":
            deeds.do(f"case {case.number}")
            deeds.do("do b_h1 enough=true")
    deeds.do("auto")
    assert [case.process for case in left.cases() if not case.ended] == []
