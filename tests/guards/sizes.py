"""`make lint`: modules under 300 lines, functions under 40, and words that must not stand in our code."""

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("engine", "handlers", "api")
MODULE_LINES, FUNCTION_LINES = 300, 40
FORBIDDEN = {
    "eval": re.compile(r"(?<![\w.])(eval|exec)\("),
    "pickle": re.compile(r"\b(pickle|marshal|shelve|dill)\b"),
    "clock": re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time)\("),
}
ALLOWED = {"clock": {"engine/clock.py"}}


def complaints(path: Path) -> list[str]:
    """What is wrong with one module."""
    name = str(path.relative_to(ROOT))
    text = path.read_text(encoding="utf-8")
    found = []
    lines = text.count("\n")
    if lines > MODULE_LINES:
        found.append(f"{name}: {lines} lines, at most {MODULE_LINES}")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                found.append(
                    f"{name}:{node.lineno}: {node.name} has {length} lines, at most {FUNCTION_LINES}"
                )
    for what, pattern in FORBIDDEN.items():
        if name not in ALLOWED.get(what, set()):
            found.extend(
                f"{name}:{number}: {what} is not allowed: {line.strip()}"
                for number, line in enumerate(text.splitlines(), 1)
                if pattern.search(line)
            )
    return found


def main() -> int:
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    found = [line for path in paths if "migrations/versions" not in str(path) for line in complaints(path)]
    print("\n".join(found) or f"{len(paths)} modules within their limits")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
