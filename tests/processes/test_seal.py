"""The seal says which bundles have passed the whole check; the tests of the library check each anew."""

import pytest

from api.furnishing import diagrams
from api.seal import SEAL, sealed
from api.sources import read_source
from engine.workflow.bundle import BundleSource, compile_bundle
from engine.workflow.errors import BundleRefused

from .world import PROCESSES


def test_the_seal_is_of_the_library_as_it_stands() -> None:
    known = sealed()
    found = {file.stem: compile_bundle(read_source(file), checked=known).sha256 for file in diagrams()}
    assert {code for code, sha256 in found.items() if sha256 not in known} == set(), (
        "run «motcua procedures seal» after changing a procedure, a form, a table or a shared process"
    )
    assert len(known) == len(found)


def test_a_changed_file_is_not_under_the_seal() -> None:
    source = read_source(PROCESSES / "sxd/1.009794.bpmn")
    broken = source.files[source.main].replace(b'form="tham-dinh"', b'form="khong-co"')
    changed = BundleSource(main=source.main, files={**source.files, source.main: broken})
    with pytest.raises(BundleRefused) as refused:
        compile_bundle(changed, checked=sealed())
    assert any(one.rule == "form-missing" for one in refused.value.findings)


def test_the_seal_can_be_read_by_people() -> None:
    lines = SEAL.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert all(len(line.split()) == 2 for line in lines[1:])
