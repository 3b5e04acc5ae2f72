"""FEEL (DMN 1.5): the one language of gateways, scripts, timers, decision tables and form conditions.

Total and pure: every text either compiles or raises FeelSyntaxError, every evaluation either gives a value
or raises FeelEvaluationError, soon, without touching anything but the scope it is given.
"""

from engine.domain.feel.codec import from_json, to_json
from engine.domain.feel.errors import FeelEvaluationError, FeelSyntaxError
from engine.domain.feel.expression import Expression, UnaryTests, compile_expression, compile_unary_tests
from engine.domain.feel.functions.registry import Builtin, Library, Registry
from engine.domain.feel.functions.standard import STANDARD
from engine.domain.feel.script import Script, compile_script
from engine.domain.feel.values import FeelValue, Range, YearsMonths

__all__ = [
    "STANDARD",
    "Builtin",
    "Expression",
    "FeelEvaluationError",
    "FeelSyntaxError",
    "FeelValue",
    "Library",
    "Range",
    "Registry",
    "Script",
    "UnaryTests",
    "YearsMonths",
    "compile_expression",
    "compile_script",
    "compile_unary_tests",
    "from_json",
    "to_json",
]
