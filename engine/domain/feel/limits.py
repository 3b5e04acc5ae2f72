"""The caps that make FEEL total: whatever an analyst or an attacker writes ends soon and stays small."""

MAX_SOURCE = 3_000  # characters of one expression
MAX_SCRIPT = 20_000  # characters of one script
MAX_DEPTH = 64  # nesting of brackets and of expressions
MAX_NODES = 1_200  # nodes of one expression
MAX_STEPS = 30_000  # nodes evaluated again in loops, plus the elements that functions walk over
SERIES = 400  # steps of reckoning a root, logarithm or power to 34 digits
MAX_STRING = 20_000  # characters of one value
MAX_LIST = 10_000  # items of one list
MAX_NEST = 200  # levels of nested function invocations, in nodes
MAX_DATA = 20_000  # items of data read from or written to a document
MAX_DATA_DEPTH = 64  # nesting of lists and contexts read from or written to a document
DIGITS = 34  # decimal128, as DMN asks
