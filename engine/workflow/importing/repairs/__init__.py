"""The table of repairs, in the order in which they are tried: each may rest on what those before it did."""

from engine.workflow.importing.repair import Repair
from engine.workflow.importing.repairs import (
    conditions,
    data,
    ends,
    events,
    flows,
    gateways,
    identity,
    leftovers,
    messages,
    names,
    picture,
    pools,
    repetition,
    shape,
    starts,
    templates,
    timers,
    vendors,
    work,
)

FAMILIES = (
    picture, shape, identity, pools, templates, flows, vendors, conditions, data, timers, events, names, work,
    repetition, gateways, starts, ends, messages, leftovers,
)  # fmt: skip
REPAIRS: tuple[Repair, ...] = tuple(repair for family in FAMILIES for repair in family.REPAIRS)
