"""Vietnamese text as people search it: without diacritics, without case."""

import unicodedata


def folded(text: str) -> str:
    """Lower case, no diacritics, đ as d, single spaces: "Nghệ An, Đô Lương" becomes "nghe an, do luong"."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(plain.lower().split())


def words(text: str) -> list[str]:
    """The folded words of a search."""
    return folded(text).split()
