"""Long lists a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for

_NAME = "trang"  # of the page's number in the address
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """What is shown of a list; places are counted from one."""

    items: Sequence[T]
    first: int
    total: int
    previous_url: str | None
    next_url: str | None

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1


def page_of(found: Sequence[T], size: int) -> Page[T]:
    """The page of a list that the request asks for; a number that it does not have becomes the nearest."""
    last = max(1, -(-len(found) // size))
    asked = request.args.get(_NAME, "1")
    number = min(int(asked), last) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    number = max(number, 1)
    begin = (number - 1) * size
    return Page(
        items=found[begin : begin + size],
        first=begin + 1,
        total=len(found),
        previous_url=_url(number - 1) if number > 1 else None,
        next_url=_url(number + 1) if number < last else None,
    )


def _url(number: int) -> str:
    """This page with the same questions."""
    asked: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict()}
    asked.pop(_NAME, None)
    if number > 1:
        asked[_NAME] = number
    return url_for(str(request.endpoint), **asked)
