"""How each dossier of the demo will go: when it comes, what is decided, where it stands today.

Half of the stories are told freely and end as they end. The other half stop at one step each, so that every
officer finds work of every procedure: some in good time, some due soon, some late.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from api.demo.applications import CODES, Request, request_for
from api.demo.arrivals import Arrivals

_RECEPTION = ("tn_kiemtra", "tn_chuyen")
_RESULT = ("kq_phathanh", "kq_tra")
_DECLINE = ("duthao_tc", "ky_tc")
_SUPPLEMENT = ("bs_lap", "bs_duyet")

# Procedure: the usual limit in working hours, and its own steps in order.
WAYS: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "1.009397": (40, ("thuphi", "phancong", "thamdinh", "duthao", "soatxet", "ky")),
    "2.000635": (8, ("thuphi", "tracuu", "ky")),
    "3.000333": (64, ("thuphi", "phancong", "xm_hs", "xm_ta", "thamdinh", "duthao", "ky")),
    "EVN-01": (40, ("phancong", "khaosat", "hopdong", "thicong")),
    "2.002288": (16, ("ky",)),
    "2.002380": (200, ("thuphi", "phancong", "thamdinh", "duthao", "soatxet", "ky")),
    "2.002312": (80, ("phancong", "nghiencuu", "yk_ca", "yk_vh", "thamdinh", "duthao", "soatxet", "ky")),
    "1.010733": (
        200,
        ("phancong", "lap_hd", "hop_hd", "yk_nn", "khaosat", "tonghop", "duthao", "soatxet", "ky"),
    ),
    "1.009794": (96, ("phancong", "thamdinh", "lich", "hientruong", "duthao", "soatxet", "ky")),
    "1.004593": (
        110,
        ("thuphi", "phancong", "thamdinh", "can_danhgia", "danhgia", "duthao", "soatxet", "ky"),
    ),
    "2.000693": (24, ("phancong", "thamdinh", "duthao", "ky")),
    "2.000986": (110, ("thamdinh", "ky", "thuongtru", "thebhyt")),
}
# Where the specialist may decide otherwise than to approve, when that is not the step «thamdinh».
_JUDGES: Mapping[str, str] = {"2.000635": "tracuu", "EVN-01": "khaosat", "1.010733": "tonghop"}
_NO_SUPPLEMENT = frozenset({"2.000635", "EVN-01"})
_NO_DECLINE = frozenset({"1.009794"})
_EXTENDABLE = 40  # working hours: shorter limits leave no time to apologise a day ahead
_NO_POST = frozenset({"2.000986"})


@dataclass(slots=True, kw_only=True)
class Story:
    """One dossier's fate."""

    number: int
    code: str
    channel: str
    arrives: datetime
    request: Request
    result_channel: str
    choices: dict[str, list[str]] = field(default_factory=dict)  # step to decisions, in order; then the first
    stops_at: str | None = None  # nobody does this step before today
    claimed: bool = False  # somebody has taken the step where it stops
    answers_after: float | None = 10.0  # working hours until the supplement comes; None: not yet
    withdraws_at: str | None = None  # the applicant takes the dossier back while this step is open
    extended: bool = False  # the head apologises and sets a new appointment
    pace: float = 0.6  # share of each step's time that officers need
    with_files: bool = False


@dataclass(frozen=True, slots=True)
class _Plot:
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    stops_at: str | None = None
    answers_after: float | None = 10.0
    withdraws_at: str | None = None
    extended: bool = False


def tell(count: int, arrivals: Arrivals, random: Random) -> list[Story]:
    """That many stories, in the order in which the dossiers arrive."""
    told: list[Story] = []
    for code in CODES:
        for plot in list(_standing(code))[: count // len(CODES)]:
            told.append(_story(len(told), code, plot, _lead(code, arrivals, random), random))
    while len(told) < count:
        code = random.choice(CODES)
        told.append(_story(len(told), code, _free(code, random), arrivals.any(random), random))
    return sorted(told[:count], key=lambda story: story.arrives)


def _story(number: int, code: str, plot: _Plot, arrives: datetime, random: Random) -> Story:
    online = random.random() < 0.35
    postal = not online and code not in _NO_POST and random.random() < 0.08
    if plot.stops_at == "tn_chuyen":
        online = False
    return Story(
        number=number,
        code=code,
        channel="online" if online else "postal" if postal else "counter",
        arrives=arrives,
        request=request_for(code, random, arrives.date(), in_doubt=_judged(code, plot)),
        result_channel=random.choice(("counter", "counter", "postal", "online")),
        choices={node: list(values) for node, values in plot.choices.items()},
        stops_at=plot.stops_at,
        claimed=random.random() < 0.35,
        answers_after=plot.answers_after,
        withdraws_at=plot.withdraws_at,
        extended=plot.extended,
        pace=random.uniform(0.3, 0.95),
        with_files=random.random() < 0.4,
    )


def _judged(code: str, plot: _Plot) -> bool:
    """Whether a specialist has to look at it where otherwise the machine decides."""
    judge = _JUDGES.get(code, "thamdinh")
    return judge in (*plot.choices, plot.stops_at, plot.withdraws_at)


def _standing(code: str) -> Iterator[_Plot]:
    """Plots that leave a dossier of the procedure at each of its steps, and waiting for the citizen."""
    judge = _JUDGES.get(code, "thamdinh")
    for node in (*_RECEPTION, *WAYS[code][1], *_RESULT):
        yield _Plot(stops_at=node)
    yield _Plot({"tn_kiemtra": ("supplement",)}, answers_after=None)
    if code not in _NO_SUPPLEMENT:
        word = "revise" if code == "1.010733" else "supplement"
        for node in _SUPPLEMENT:
            yield _Plot({judge: (word,)}, stops_at=node)
        yield _Plot({judge: (word,)}, answers_after=None)
    if code not in _NO_DECLINE:
        for node in _DECLINE:
            yield _Plot({judge: ("decline",)}, stops_at=node)
    yield _Plot(stops_at=judge)


def _free(code: str, random: Random) -> _Plot:
    """A plot as life writes it: two in three go smoothly."""
    judge = _JUDGES.get(code, "thamdinh")
    supplement = () if code in _NO_SUPPLEMENT else ("revise" if code == "1.010733" else "supplement",)
    wait = random.uniform(3, 30)
    plots: list[tuple[float, _Plot]] = [
        (0.62, _Plot()),
        (0.08, _Plot({"tn_kiemtra": ("supplement",)}, answers_after=wait)),
        (0.05, _Plot({"tn_kiemtra": ("refuse",)})),
        (0.08, _Plot({judge: supplement} if supplement else {}, answers_after=wait)),
        (0.05, _Plot({} if code in _NO_DECLINE else {judge: ("decline",)})),
        (0.05, _Plot({"soatxet": ("rework",), "hientruong": ("fix",)})),
        (0.04, _Plot(withdraws_at=judge)),
        (0.03, _Plot(extended=WAYS[code][0] >= _EXTENDABLE)),
    ]
    return random.choices([plot for _, plot in plots], [weight for weight, _ in plots])[0]


def _lead(code: str, arrivals: Arrivals, random: Random) -> datetime:
    """When a dossier came that stands still today: mostly within its limit, some close to it, some beyond."""
    hours = WAYS[code][0]
    share = random.choices(
        (random.uniform(0.2, 0.75), random.uniform(0.86, 0.99), random.uniform(1.1, 1.7)), (6, 2, 2)
    )
    return arrivals.before(timedelta(hours=max(2.0, hours * share[0])), random)
