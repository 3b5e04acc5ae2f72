"""The classes of processes that are made, each with what may stand in it."""

FLOW = ("choice", "loop", "parallel", "inclusive", "fork", "race")
INNER = ("sub", "call", "transaction")
CLASSES: dict[str, tuple[str, ...]] = {
    "choices": ("choice",),
    "loops": ("choice", "loop"),
    "parallel": ("choice", "parallel"),
    "parallel and loops": ("choice", "parallel", "loop"),
    "inclusive": ("choice", "inclusive"),
    "inclusive and loops": ("choice", "inclusive", "loop"),
    "all gateways": ("choice", "parallel", "inclusive", "loop"),
    "several flows": ("choice", "parallel", "loop", "fork", "merge", "link"),
    "sub-processes and calls": ("choice", "parallel", "loop", "sub", "call", "global", "script", "terminate"),
    "timers and messages": ("choice", "parallel", "sub", "timer", "message", "receive", "border"),
    "events behind a gateway": ("choice", "parallel", "loop", "race", "timer", "message", "signal"),
    "signals": ("choice", "parallel", "sub", "signal", "border", "handler", "throw"),
    "errors and escalations": ("choice", "parallel", "sub", "call", "error", "escalation", "border", "throw"),
    "conditions": ("choice", "parallel", "sub", "condition", "timer", "script", "border", "handler"),
    "quantities": ("choice", "parallel", "inclusive", "loop", "quantity", "sub"),
    "instances": ("choice", "sub", "call", "instances", "script", "global", "receive"),
    "turns": ("choice", "sub", "turns", "script", "timer", "border"),
    "event sub-processes": (
        "choice", "parallel", "sub", "timer", "message", "error", "escalation", "handler", "throw",
    ),
    "compensation": ("choice", "parallel", "loop", "sub", "script", "compensation", "error", "border"),
    "transactions": ("choice", "parallel", "transaction", "sub", "script", "compensation", "timer", "border"),
    "everything": (
        *FLOW, *INNER, "merge", "link", "global", "script", "terminate", "timer", "message", "signal",
        "receive", "border", "handler", "throw", "error", "escalation", "condition", "quantity", "instances",
        "turns", "compensation", "job",
    ),
}  # fmt: skip
