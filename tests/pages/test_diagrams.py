"""What the diagram island is given, and the list of steps that says the same."""

from api.pages.diagrams import DiagramView, of_definition, of_dossier, of_replay
from tests.centre import Centre

CODE = "1.009397"


def dossier_diagram(centre: Centre) -> DiagramView:
    view = centre.view()
    definition = centre.engine.procedures.definition(view.bundle)
    with centre.app().test_request_context():
        return of_dossier(view, definition)


def test_a_dossier_at_the_counter_opens_the_diagram_of_the_shared_reception(sqlite_centre: Centre) -> None:
    sqlite_centre.submit(CODE)
    diagram = dossier_diagram(sqlite_centre)
    first = diagram.data["now"][0]
    assert diagram.data["processOf"][first] == "shared_reception"
    assert diagram.data["main"] == "p_1_009397"
    assert next(one["id"] for one in diagram.data["diagrams"]) == "p_1_009397"
    assert {one["name"] for one in diagram.data["diagrams"]} >= {"Tiếp nhận hồ sơ"}
    assert all("<bpmn:definitions" in one["xml"] for one in diagram.data["diagrams"])


def test_a_received_dossier_stands_on_the_step_that_waits_for_a_person(sqlite_centre: Centre) -> None:
    sqlite_centre.receive(CODE)
    diagram = dossier_diagram(sqlite_centre)
    waiting = {task.node for task in sqlite_centre.view().tasks}
    assert diagram.data["now"][0] in waiting
    assert waiting == {step.node for step in diagram.steps if step.state == "now" and step.count} & waiting
    done = {step.name for step in diagram.steps if step.state == "done"}
    assert {"Kiểm tra hồ sơ", "Đã tiếp nhận"} <= done
    assert not diagram.data["late"]


def test_the_step_of_an_overdue_dossier_is_late(sqlite_centre: Centre) -> None:
    sqlite_centre.receive(CODE)
    sqlite_centre.clock.advance(days=60)
    diagram = dossier_diagram(sqlite_centre)
    assert diagram.data["late"] == [task.node for task in sqlite_centre.view().tasks]
    assert [step.name for step in diagram.steps if step.state == "late"] == [
        task.name for task in sqlite_centre.view().tasks
    ]


def test_the_frames_of_a_replay_grow_step_by_step(sqlite_centre: Centre) -> None:
    sqlite_centre.receive(CODE)
    sqlite_centre.walk()
    replay = sqlite_centre.engine.replays.of(sqlite_centre.officer("auditor"), sqlite_centre.number)
    definition = sqlite_centre.engine.procedures.definition(replay.bundle)
    with sqlite_centre.app().test_request_context():
        start = of_replay(replay, definition, 1)
        end = of_replay(replay, definition, len(replay.frames))
    frames = end.data["frames"]
    assert len(frames) == len(replay.frames)
    passed = [sum(frame["path"].values()) for frame in frames]
    assert passed == sorted(passed)
    assert passed[0] < passed[-1]
    assert not frames[-1]["now"], "a dossier that has ended waits nowhere"
    assert {step.name for step in start.steps if step.state == "now"} >= {"Kiểm tra hồ sơ"}
    assert not [step for step in end.steps if step.state == "now"]


def test_the_list_of_a_procedure_follows_the_drawing_with_called_steps_behind_their_call(
    sqlite_centre: Centre,
) -> None:
    version = sqlite_centre.engine.procedures.get(CODE)
    definition = sqlite_centre.engine.procedures.definition(version.sha256)
    with sqlite_centre.app().test_request_context():
        names = [step.name for step in of_definition(definition).steps]
    assert names.index("Tiếp nhận hồ sơ") < names.index("Kiểm tra hồ sơ")
    assert names.index("Kiểm tra hồ sơ") < names.index("Phát hành và trả kết quả")


def test_in_english_the_roles_of_the_list_are_english(sqlite_centre: Centre) -> None:
    version = sqlite_centre.engine.procedures.get(CODE)
    definition = sqlite_centre.engine.procedures.definition(version.sha256)
    with sqlite_centre.app().test_request_context("/?lang=en"):
        roles = {step.role for step in of_definition(definition).steps}
    assert "Hệ thống" not in roles
    assert "System" in roles
