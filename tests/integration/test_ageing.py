"""A dossier that is sent back again and again stays as light as a young one: rows, record and state."""

from pathlib import Path

from sqlalchemy import text

from engine.workflow.bundle import BundleSource
from tests.bench import drawings
from tests.bench.ageing import Dossier
from tests.bench.workload import furnish, opened

_SIZES = """
SELECT length(body) + length(payload) + coalesce(length(snapshot), 0) FROM history
JOIN history_detail USING (dossier_id, sequence) WHERE sequence BETWEEN :first AND :last
"""
_KEPT = "SELECT length(record) + length(state) FROM dossier WHERE procedure_code = 'W5'"


def test_the_rows_of_a_step_that_was_sent_back_400_times_are_no_larger_than_at_first(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'motcua.sqlite3'}"
    furnish(url, tmp_path)
    source = BundleSource(main="a.bpmn", files={"a.bpmn": drawings.drawn("W5", drawings.rework())})
    with opened(url, tmp_path) as engine:
        engine.procedures.deploy(source, by="system:test", reason="kiểm thử")
        dossier = Dossier(engine, "W5").walk(120)
        with engine.database.reading() as connection:
            young = connection.execute(text(_KEPT)).scalar_one()
        dossier.walk(280)
        with engine.database.reading() as connection:
            old = connection.execute(text(_KEPT)).scalar_one()
            early, late = (
                sum(connection.execute(text(_SIZES), {"first": first, "last": first + 9}).scalars())
                for first in (110, 390)
            )
    assert abs(old - young) <= 8  # compressed ids and moments differ by some bytes
    assert abs(late - early) <= early // 50
