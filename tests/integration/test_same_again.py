"""The same commands give the same dossier, byte for byte, whatever the database, process or hash seed."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from api.bootstrap import PROCESSES
from api.sources import read_source
from engine.clock import FixedClock
from engine.domain.command import By
from engine.engine import Engine
from engine.history import read_body
from engine.workflow.bundle import BundleSource, DefinitionCache
from engine.workflow.elements.host import Host
from engine.workflow.running.codec import dump_state, load_state
from tests import centre as centres
from tests.centre import Centre
from tests.integration import stages, story
from tests.integration.observed import everything, record, row, rows


def test_sqlite_and_postgresql_tell_the_same_story(sqlite_centre: Centre, postgresql_centre: Centre) -> None:
    told = story.told(sqlite_centre)
    assert told == story.told(postgresql_centre)
    assert [one["kind"] for one in told][:2] == ["start", "complete"]
    assert {"supplement", "fire"} <= {one["kind"] for one in told}
    assert len({one["state"] for one in told}) > 8


@pytest.mark.parametrize("hash_seed", ["1"])
def test_another_process_with_another_hash_seed_tells_it_too(
    sqlite_centre: Centre, tmp_path: Path, hash_seed: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.story", str(elsewhere)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert json.loads(done.stdout) == json.loads(json.dumps(story.told(sqlite_centre)))


class _Nothing:
    """A world that must not be asked for anything: restoring a state decides nothing."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"restoring asked for {name}")


def test_every_stored_state_can_be_restored_and_is_what_its_hash_says(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("engine.advance.save"), "SNAPSHOT_EVERY", 1)
    story.told(centre)
    definition = centre.engine.procedures.definition(row(centre, "dossier")["bundle"])
    hashes = {one["sequence"]: read_body(one["body"])["state"] for one in rows(centre, "history")}
    snapshots = {one["sequence"]: one["snapshot"] for one in rows(centre, "history_detail")}
    kept = {sequence: packed for sequence, packed in snapshots.items() if packed is not None}
    assert len(kept) > 6
    for sequence, packed in kept.items():
        raw = definition.packing.plain(packed)
        assert sha256(raw).hexdigest() == hashes[sequence]
        host = Host(_Nothing(), definition.nodes, definition.tables, {})  # type: ignore[arg-type]
        restored = load_state(raw, definition.spec, definition.scopes, host)
        assert dump_state(restored) == raw
    assert record(centre).state_hash == hashes[max(kept)]


def test_one_state_in_ten_is_kept_beside_the_commands(sqlite_centre: Centre) -> None:
    told = story.told(sqlite_centre)
    kept = [one["sequence"] for one in rows(sqlite_centre, "history_detail") if one["snapshot"] is not None]
    assert sorted(kept) == list(range(10, len(told) + 1, 10)) != []


# ---- versions


def changed_source() -> BundleSource:
    """The procedure with another name for one of its steps."""
    source = read_source(PROCESSES / "sxd" / f"{stages.WORKS}.bpmn")
    drawn = source.files[source.main].replace("Phân công xử lý".encode(), "Giao việc".encode())
    assert drawn != source.files[source.main]
    return replace(source, files={**source.files, source.main: drawn})


def again(centre: Centre) -> Centre:
    """The same centre after a restart: nothing is left but the database."""
    database = centres.Database(centre.engine.database.url)
    engine = centres.build_engine(centre.settings, database, FixedClock(centre.clock.now()), centres.CHEAP)
    return Centre(engine, centre.clock, centre.settings, centre.people, centre.number)


def test_a_dossier_keeps_its_version_and_new_ones_follow_the_new(centre: Centre) -> None:
    stages.received(centre)
    old = centre.view()
    centre.engine.procedures.deploy(changed_source(), by="system:test", reason="QĐ 2/QĐ-UBND")
    restarted = again(centre)
    restarted.do(restarted.view().tasks[0].name)
    assert [task.name for task in restarted.view().tasks] == ["Phân công xử lý"]
    assert (restarted.view().bundle, restarted.view().procedure_version) == (old.bundle, 1)
    stages.received(restarted)
    restarted.do(restarted.view().tasks[0].name)
    assert [task.name for task in restarted.view().tasks] == ["Giao việc"]
    assert restarted.view().procedure_version == 2
    restarted.engine.database.dispose()


def test_deploying_what_is_live_already_changes_nothing(centre: Centre) -> None:
    before = everything(centre.engine.database)
    source = read_source(PROCESSES / "sxd" / f"{stages.WORKS}.bpmn")
    centre.engine.procedures.deploy(source, by="system:test", reason="lần nữa")
    assert everything(centre.engine.database) == before


def test_definitions_are_kept_by_the_hash_of_all_their_files(centre: Centre) -> None:
    engine: Engine = centre.engine
    live = engine.procedures.get(stages.WORKS)
    assert engine.procedures.definition(live.sha256) is engine.procedures.definition(live.sha256)
    source = read_source(PROCESSES / "sxd" / f"{stages.WORKS}.bpmn")
    form = next(name for name in source.files if name.endswith("trinh-ky.json"))
    touched = replace(source, files={**source.files, form: source.files[form] + b"\n"})
    assert engine.procedures.deploy(touched, by="system:test", reason="QĐ 3").sha256 != live.sha256
    beside = replace(source, files={**source.files, "forms/unused.json": b"{}"})
    assert engine.procedures.deploy(beside, by="system:test", reason="QĐ 4").sha256 == live.sha256


def test_the_cache_lets_go_of_what_was_unused_longest(sqlite_centre: Centre) -> None:
    codes = (stages.WORKS, stages.EXTRACT, stages.BADGE)
    cache = DefinitionCache(limit=2)
    found = [sqlite_centre.engine.procedures.get(code).sha256 for code in codes]
    contents = {one[0]: one[1] for one in everything(sqlite_centre.engine.database)["bundle"]}
    for sha256_ in found[:2]:
        cache.load(sha256_, contents[sha256_])
    assert cache.get(found[0]) is not None
    cache.load(found[2], contents[found[2]])
    assert [cache.get(one) is not None for one in found] == [True, False, True]


def test_a_holiday_decreed_late_is_logged_and_announced(centre: Centre) -> None:
    stages.decreed(centre)
    before = centre.view().line.due_at
    outcome = centre.engine.calendars.replan(by=By(key="system:test"))
    assert (outcome.looked_at, outcome.moved, outcome.failed) == (1, 1, 0)
    assert before is not None
    after = centre.view().line.due_at
    assert after is not None
    assert after - before >= timedelta(days=1)
    (entry,) = rows(centre, "history", kind="replan")
    assert (entry["actor"], entry["due_at"]) == ("system:test", after)
    told = rows(centre, "outbox", sequence=entry["sequence"])
    assert [one["handler"] for one in told] == ["notify_applicant"]
    assert b"replanned" in told[0]["payload"]


def test_a_replay_reckons_each_moment_by_the_calendar_of_that_moment(centre: Centre) -> None:
    stages.decreed(centre)
    told_then = centre.view().explanation
    centre.engine.calendars.replan(by=By(key="system:test"))
    frames = centre.engine.replays.of(centre.officer("auditor"), centre.number).frames
    assert [frame.entry.kind for frame in frames[-2:]] == ["complete", "replan"]
    assert frames[-2].explanation == told_then
    assert "Quốc tang" in " ".join(frames[-1].explanation)
    assert "Quốc tang" not in " ".join(frames[-2].explanation)
