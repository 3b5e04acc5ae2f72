"""Blocks as a BPMN diagram with gateways, as an analyst would draw them."""

from tests.differential.models import Block, Choice, Inclusive, Loop, Parallel, Sequence, Task

_HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:x">'


class Drawing:
    """Elements and flows as they are put down; ``id`` numbers what has no name."""

    def __init__(self) -> None:
        self.elements: list[str] = []
        self.flows: list[str] = []
        self._count = 0

    def process(self, block: Block) -> bytes:
        self.elements.append('<startEvent id="begin"/>')
        last = self._draw(block, "begin")
        self.elements.append('<endEvent id="finish"/>')
        self._flow(last, "finish")
        inner = "".join(self.elements + self.flows)
        return f'{_HEAD}<process id="p" isExecutable="true">{inner}</process></definitions>'.encode()

    def _draw(self, block: Block, before: str, condition: str | None = None, flow: str | None = None) -> str:
        """Put a block behind an element; the element at which it ends."""
        if isinstance(block, Task):
            self.elements.append(f'<userTask id="{block.name}" name="{block.name}"/>')
            self._flow(before, block.name, condition, flow)
            return block.name
        if isinstance(block, Sequence):
            return self._sequence(block, before, condition, flow)
        if isinstance(block, Loop):
            return self._loop(block, before, condition, flow)
        return self._split(block, before, condition, flow)

    def _sequence(self, block: Sequence, before: str, condition: str | None, flow: str | None) -> str:
        for part in block.parts:
            before = self._draw(part, before, condition, flow)
            condition = flow = None
        if condition is not None or flow is not None:  # an empty branch: a gateway to hold the flow
            before = self._pass(before, condition, flow)
        return before

    def _pass(self, before: str, condition: str | None, flow: str | None) -> str:
        middle = self._gateway("exclusive")
        self._flow(before, middle, condition, flow)
        return middle

    def _loop(self, block: Loop, before: str, condition: str | None, flow: str | None) -> str:
        top = self._pass(before, condition, flow)
        last = self._draw(block.body, top)
        out = self._id()
        bottom = self._gateway("exclusive", out)
        self._flow(last, bottom)
        self._flow(bottom, top, block.name)
        after = self._gateway("exclusive")
        self._flow(bottom, after, None, out)
        return after

    def _split(
        self, block: Choice | Parallel | Inclusive, before: str, condition: str | None, flow: str | None
    ) -> str:
        kind = {Choice: "exclusive", Parallel: "parallel", Inclusive: "inclusive"}[type(block)]
        default = None if isinstance(block, Parallel) else self._id()
        split = self._gateway(kind, default)
        self._flow(before, split, condition, flow)
        join = self._gateway(kind)
        names = () if isinstance(block, Parallel) else block.names
        for place, branch in enumerate(block.branches):
            name = names[place] if place < len(names) else None
            self._flow(self._draw(branch, split, name, None if name else default or self._id()), join)
        return join

    def _gateway(self, kind: str, default: str | None = None) -> str:
        identity = self._id()
        said = f' default="{default}"' if default else ""
        self.elements.append(f'<{kind}Gateway id="{identity}"{said}/>')
        return identity

    def _flow(self, before: str, after: str, condition: str | None = None, flow: str | None = None) -> None:
        when = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        self.flows.append(
            f'<sequenceFlow id="{flow or self._id()}" sourceRef="{before}" targetRef="{after}">{when}'
            "</sequenceFlow>"
        )

    def _id(self) -> str:
        self._count += 1
        return f"x{self._count}"
