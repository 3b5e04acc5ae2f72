"""The guard against eval, exec, pickle and raw clocks cannot be talked round."""

from pathlib import Path

import pytest

from tests.guards.sizes import ROOT, complaints

FORBIDDEN = [
    "eval('1')", "exec('1')", "eval ('1')", "f = eval",
    "import builtins", "__builtins__['eval']('1')", "__import__('os')", "compile('1', '', 'eval')",
    "import pickle", "from pickle import loads", "import marshal as m", "import shelve", "import dill",
    "import _pickle", "import cloudpickle", "import jsonpickle", "import importlib",
    "datetime.now()", "datetime.datetime.utcnow()", "date.today()", "from time import time", "time.time()",
    "import code", "from os import system", "os.system('x')", "os.popen('x')", "time.time_ns()",
]  # fmt: skip
ALLOWED = [
    "expression.evaluate(scope)", "def evaluate(): ...", "re.compile('x')", "# eval and pickle are not used",
    "'''Never calls eval(), exec() or pickle.'''", "cursor.execute('SELECT 1')", "from time import monotonic",
    "clock.now()", "compile_expression('1')",
]  # fmt: skip


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tests.guards.sizes.ROOT", tmp_path)
    return tmp_path / "module.py"


@pytest.mark.parametrize("line", FORBIDDEN)
def test_what_could_run_foreign_code_or_tell_another_time_is_found(module: Path, line: str) -> None:
    module.write_text(f"def f():\n    {line}\n", encoding="utf-8")
    assert complaints(module)


@pytest.mark.parametrize("line", ALLOWED)
def test_what_merely_sounds_like_it_passes(module: Path, line: str) -> None:
    module.write_text(f"def f():\n    {line}\n    return 1\n", encoding="utf-8")
    assert complaints(module) == []


def test_our_own_modules_pass() -> None:
    for package in ("engine", "handlers", "api"):
        for path in sorted((ROOT / package).rglob("*.py")):
            found = [line for line in complaints(path) if "is not allowed" in line]
            assert found == []
