"""`make lint`: modules under 300 lines, functions under 40, and words that must not stand in our code."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("engine", "handlers", "api")
MODULE_LINES, FUNCTION_LINES = 300, 40
# Names that run foreign code, however they are come by, and modules that unpack it.
NAMES = frozenset({"eval", "exec", "compile", "__import__", "__builtins__"})
_MODULES = r"import (?:builtins|code|codeop|marshal|shelve|dill|importlib|\w*pickle)(?:\..*)?\Z"
FORBIDDEN = {
    "foreign code": re.compile(rf"(?:{'|'.join(sorted(NAMES))})\Z|{_MODULES}"),
    "clock": re.compile(r"(?:.*\.)?(?:datetime\.(?:now|utcnow|today)|date\.today|time\.(?:time|time_ns))\Z"),
    "shell": re.compile(r"os\.(?:system|popen|exec\w*|spawn\w*)\Z"),
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
    for number, what, said in forbidden(ast.parse(text)):
        if name not in ALLOWED.get(what, set()):
            found.append(f"{name}:{number}: {what} is not allowed: {said}")
    return found


def forbidden(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Line, kind and wording of what must not stand in our code; comments and texts may speak of it."""
    for node in ast.walk(tree):
        for said in _said(node):
            for what, pattern in FORBIDDEN.items():
                if pattern.match(said):
                    yield getattr(node, "lineno", 0), what, said


def _said(node: ast.AST) -> list[str]:
    """Names as they are used, and as they are brought in: module, and module.name."""
    if isinstance(node, ast.Name):
        return [node.id] if node.id in NAMES else []
    if isinstance(node, ast.Attribute):
        return [ast.unparse(node)]
    if isinstance(node, ast.Import):
        return [f"import {one.name}" for one in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"import {node.module}", *(f"{node.module}.{one.name}" for one in node.names)]
    return []


def main() -> int:
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    found = [line for path in paths if "migrations/versions" not in str(path) for line in complaints(path)]
    print("\n".join(found) or f"{len(paths)} modules within their limits")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
