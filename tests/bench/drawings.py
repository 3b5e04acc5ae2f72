"""Small procedures for the measurement, drawn in a few words; one officer does everything."""

import re

_NODE = re.compile(r'<(?:\w+Event|\w+Task|\w+Gateway) id="(\w+)"')
_DIAGRAM = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:motcua="urn:motcua:bpmn:1" id="defs" targetNamespace="urn:motcua:processes">
<process id="{id}" name="Hồ sơ đo tuổi thọ" isExecutable="true">
<extensionElements>
<motcua:procedure code="{code}" agency="SXD" domain="Đo tốc độ" level="direct" resume="RESTART"
 source="make bench"/>
<motcua:timeLimit note="Chỉ dùng để đo, không phải thủ tục thật.">working days(10)</motcua:timeLimit>
<motcua:result name="Văn bản trả lời" type="letter" signer="leader"/>
<motcua:channel name="counter"/>
<motcua:basis document="NĐ 61/2018/NĐ-CP" article="Điều 19"/>
</extensionElements>
<laneSet id="lanes"><lane id="lane" name="Chuyên viên">
<extensionElements><motcua:role name="processing" agency="competent"/></extensionElements>
{nodes}
</lane></laneSet>
{body}
</process>
</definitions>
"""


def drawn(code: str, body: str) -> bytes:
    """A procedure of that code with these elements."""
    nodes = "".join(f"<flowNodeRef>{one}</flowNodeRef>" for one in _NODE.findall(body))
    return _DIAGRAM.format(id=code.lower(), code=code, body=body, nodes=nodes).encode()


def users(*names: str, inside: str = "") -> str:
    button = '<extensionElements><motcua:task timeLimit="working days(2)"/>'
    button += '<motcua:decision value="done" label="Xong"/></extensionElements>'
    return "".join(f'<userTask id="{name}" name="Bước {name}">{button}{inside}</userTask>' for name in names)


def flows(*paths: str) -> str:
    """Sequence flows along paths such as "a b c"; ``a b`` is named a_b."""
    pairs = [pair for path in paths for pair in zip(path.split(), path.split()[1:], strict=False)]
    return "".join(f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairs)


ENDS = '<startEvent id="s" name="Bắt đầu"/><endEvent id="e" name="Xong"/>'


def rework() -> str:
    """A step that is sent back for ever."""
    body = ENDS + '<exclusiveGateway id="m" name="Gộp"/><exclusiveGateway id="x" name="Đạt?" default="x_e"/>'
    body += '<scriptTask id="k" name="Chưa đạt"><script>again = true</script></scriptTask>' + users("a")
    back = '<sequenceFlow id="x_m" name="Làm lại" sourceRef="x" targetRef="m">'
    back += "<conditionExpression>again = true</conditionExpression></sequenceFlow>"
    return body + flows("s k m a x e") + back


def instances(number: int, sequential: str) -> str:
    """One step done so many times."""
    loop = f'<multiInstanceLoopCharacteristics isSequential="{sequential}">'
    loop += f"<loopCardinality>{number}</loopCardinality></multiInstanceLoopCharacteristics>"
    return ENDS + users("a", inside=loop) + flows("s a e")


def blocks(number: int) -> str:
    """So many parallel blocks of three branches, one behind the other."""
    body, last = ENDS, "s"
    for block in range(number):
        fork, join, branches = f"f{block}", f"j{block}", [f"t{block}{one}" for one in "abc"]
        body += f'<parallelGateway id="{fork}" name="Tách"/><parallelGateway id="{join}" name="Gộp"/>'
        body += users(*branches) + flows(f"{last} {fork}", *(f"{fork} {one} {join}" for one in branches))
        last = join
    return body + flows(f"{last} e")
