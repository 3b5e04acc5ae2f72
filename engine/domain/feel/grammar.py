"""The grammar of FEEL (DMN 1.5, chapter 10) as LALR(1): tokens from ``lexer``, nodes from ``builder``."""

from functools import cache

from lark import Lark, Token
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer

from engine.domain.feel.builder import Builder
from engine.domain.feel.errors import FeelSyntaxError
from engine.domain.feel.nodes import Node

GRAMMAR = """
%declare NAME NUMBER STRING TRUE FALSE NULL SOME EVERY
%declare PLUS MINUS STAR SLASH EQ NE LT LE GT GE
%declare _IF _THEN _ELSE _FOR _IN _RETURN _SATISFIES _AND _OR _BETWEEN _FUNCTION _INSTANCE _OF
%declare _LPAR _RPAR _LSQB _RSQB _LBRACE _RBRACE _COMMA _COLON _DOT _DOTDOT _AT _POW _ARROW
%declare _OPEN_START _OPEN_END _NOT_TESTS

?expression: disjunction
iteration: NAME _IN expression [_DOTDOT expression]
parameter: NAME [_COLON type]

?disjunction: conjunction (_OR conjunction)*
?conjunction: comparison (_AND comparison)*
?comparison: sum
    | comparison (equality | order) sum          -> compare
    | comparison equality bound                  -> compare_bound
    | comparison _BETWEEN sum _AND sum           -> between
    | comparison _IN sum                         -> in_value
    | comparison _IN (same | bound)              -> in_tests
    | comparison _IN _LPAR tests_in_brackets _RPAR -> in_tests
tests_in_brackets: same | _test_item (_COMMA _test_item)+
_test_item: same | bound | expression
same: equality sum                               -> test
bound: order sum                                 -> test
!equality: EQ | NE
!order: LT | LE | GT | GE

?sum: product ((PLUS | MINUS) product)*
?product: power ((STAR | SLASH) power)*
?power: unary (_POW unary)*
?unary: typed
    | MINUS unary                                -> negation
    // As an operand these reach as far to the right as they can.
    | _IF expression _THEN expression _ELSE expression                     -> if_
    | _FOR iteration (_COMMA iteration)* _RETURN expression                -> for_
    | (SOME | EVERY) iteration (_COMMA iteration)* _SATISFIES expression   -> quantified
    | _FUNCTION _LPAR [parameter (_COMMA parameter)*] _RPAR expression     -> function
?typed: postfix
    | postfix _INSTANCE _OF type                 -> instance_of
?postfix: primary
    | postfix _DOT NAME                          -> path
    | postfix _LSQB expression _RSQB             -> filter
    | postfix _LPAR _RPAR                        -> call
    | postfix _LPAR expression (_COMMA expression)* _RPAR  -> call
    | postfix _LPAR argument (_COMMA argument)* _RPAR      -> call_named
argument: NAME _COLON expression

?primary: NUMBER                                 -> number
    | STRING                                     -> string
    | TRUE                                       -> true
    | FALSE                                      -> false
    | NULL                                       -> null
    | NAME                                       -> name
    | _AT STRING                                 -> at_literal
    | _LPAR expression _RPAR
    | _LPAR bound _RPAR                          -> half_range
    | _LSQB _RSQB                                -> list
    | _LSQB expression (_COMMA expression)* _RSQB -> list
    | _LBRACE _RBRACE                            -> context
    | _LBRACE entry (_COMMA entry)* _RBRACE      -> context
    | (_LPAR | _OPEN_START) expression _DOTDOT expression (_RPAR | _OPEN_END) -> range_open
    | (_LPAR | _OPEN_START) expression _DOTDOT expression _RSQB               -> range_open_start
    | _LSQB expression _DOTDOT expression (_RPAR | _OPEN_END)                 -> range_open_end
    | _LSQB expression _DOTDOT expression _RSQB                               -> range_closed
entry: (NAME | STRING) _COLON expression

type: NAME
    | NAME LT type (_COMMA type)* GT
    | NAME LT field (_COMMA field)* GT
    | _FUNCTION LT [type (_COMMA type)*] GT _ARROW type  -> function_type
field: NAME _COLON type

unary_tests: _test_item (_COMMA _test_item)*
    | _NOT_TESTS _LPAR _test_item (_COMMA _test_item)* _RPAR  -> negated_tests
"""

SIGN_NAMES = {
    "_LPAR": "(", "_RPAR": ")", "_LSQB": "[", "_RSQB": "]", "_LBRACE": "{", "_RBRACE": "}", "_COMMA": ",",
    "_COLON": ":", "_THEN": "then", "_ELSE": "else", "_IN": "in", "_RETURN": "return", "_AND": "and",
    "_SATISFIES": "satisfies", "_OF": "of", "NAME": "tên", "STRING": '"..."',
}  # fmt: skip


class _Tokens(Lexer):
    """Hands tokens made before to lark."""

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: object, parser_state: object = None):  # type: ignore[no-untyped-def]
        return iter(lexer_state)  # type: ignore[call-overload]


@cache
def parser() -> Lark:
    """Made when it is first needed: its tables take as long as a third of a start."""
    return Lark(
        GRAMMAR,
        parser="lalr",
        lexer=_Tokens,
        transformer=Builder(),
        start=["expression", "unary_tests"],
    )


def parse(tokens: list[Token], source: str, *, start: str = "expression") -> Node:
    """The tree of ``tokens``; ``source`` only serves to tell line and column. Raises FeelSyntaxError."""
    try:
        return parser().parse(tokens, start=start)  # type: ignore[return-value]
    except UnexpectedToken as problem:
        raise explain(problem, source) from None


def explain(problem: UnexpectedToken, source: str) -> FeelSyntaxError:
    """Turn the parser's complaint into a sentence: what stands there, and what could."""
    token = problem.token
    wanted = [SIGN_NAMES[name] for name in SIGN_NAMES if name in (problem.accepts or problem.expected)]
    only = wanted if len(wanted) <= 3 else []
    could_vi = f"; ở đây cần {' hoặc '.join(only)}" if only else ""
    could_en = f"; expected {' or '.join('a name' if w == 'tên' else w for w in only)}" if only else ""
    if token.type == "$END":
        return FeelSyntaxError.at(
            source,
            len(source),
            f"biểu thức chưa viết hết{could_vi}",
            f"the expression ends too early{could_en}",
        )
    return FeelSyntaxError.at(
        source,
        token.start_pos or 0,
        f"không hiểu «{token}»{could_vi}",
        f"«{token}» does not fit here{could_en}",
    )
