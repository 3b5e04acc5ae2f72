"""The pages for analysts hold together: links lead somewhere, pictures are there, words mean one thing."""

import re
from pathlib import Path

import pytest
from lxml import etree

from engine.domain.version import ACT_NAMES
from engine.workflow.reading.names import BPMN
from tests.analyst.pictures import diagrams
from tests.analyst.reading import ANALYST

ROOT = ANALYST.parents[1]
PAGES = sorted(ANALYST.glob("*.md"))
PICTURES = {path.name for path in (ANALYST / "pictures").iterdir()}
SHOWN = re.compile(r"!\[(?P<alt>[^\]]*)\]\(pictures/(?P<file>[^)]+)\)")
LINK = re.compile(r"\]\((?P<to>[^)#:]*)(?:#(?P<part>[^)]+))?\)")
DIAGRAMS = diagrams()
MOST = 2_000_000  # bytes of all pictures: everybody who clones the project takes them along


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """The names that headings are linked by, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", text(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_picture_is_shown_and_every_picture_shown_is_there() -> None:
    shown = [found["file"] for page in PAGES for found in SHOWN.finditer(text(page))]
    assert sorted(set(shown)) == sorted(PICTURES)


def test_every_picture_is_told_in_words_for_those_who_cannot_see_it() -> None:
    for page in PAGES:
        for found in SHOWN.finditer(text(page)):
            assert len(found["alt"].split()) >= 5, (page.name, found["file"])


def test_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in (ANALYST / "pictures").iterdir()) < MOST


@pytest.mark.parametrize("name", DIAGRAMS)
def test_a_picture_shows_the_diagram_as_it_is_today(name: str) -> None:
    """What is drawn is compared by its words: where they stand is for the eye, after ``make pictures``."""
    drawn = etree.fromstring(DIAGRAMS[name])
    named = {" ".join(one.get("name").split()) for one in drawn.iter(f"{{{BPMN}}}*") if _seen(one)}
    picture = etree.parse(ANALYST / "pictures" / f"{name}.svg")
    texts = [[part.text or "" for part in text] for text in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert {" ".join(" ".join(parts).split()) for parts in texts} >= named


def test_diagrams_bear_the_mark_of_their_makers() -> None:
    for path in (ANALYST / "pictures").glob("*.svg"):
        assert 'viewBox="0 0 14.02 5.57"' in text(path), f"{path.name}: the licence of bpmn-js asks for it"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for found in LINK.finditer(re.sub(r"^```.*?^```$", "", text(page), flags=re.MULTILINE | re.DOTALL)):
        target = (page.parent / found["to"]).resolve() if found["to"] else page
        assert target.exists(), found["to"]
        assert found["part"] is None or found["part"] in anchors(target), found[0]


def test_buttons_that_the_manual_names_are_on_the_pages() -> None:
    pages = "\n".join(
        text(path) for folder in ("templates", "pages") for path in (ROOT / "api" / folder).rglob("*.*")
        if path.suffix in (".html", ".py")
    )  # fmt: skip
    pages += " ".join(vi for vi, _ in ACT_NAMES.values())
    manual = " ".join(text(ANALYST / "manual.md").split())
    named = re.findall(r"(?:bấm|nút|mở|hoặc|ghi) \*([^*]+)\*", manual)
    assert len(named) >= 10
    for button in named:
        for part in button.split("…"):
            assert part.strip() in pages, button


def test_a_word_of_both_glossaries_has_one_english() -> None:
    ours, theirs = _words(ANALYST / "glossary.md"), _words(ROOT / "docs" / "glossary.md")
    both = ours.keys() & theirs.keys()
    assert len(both) >= 10
    for word in both:
        assert ours[word].lower() in theirs[word], word


def test_the_front_page_leads_analysts_here() -> None:
    assert "docs/analyst/README.md" in text(ROOT / "README.md")


def _seen(element: etree._Element) -> bool:
    """Whether an element has a name that is drawn; messages and processes are not drawn themselves."""
    kind = etree.QName(element).localname
    return bool(element.get("name")) and kind.endswith(
        ("Task", "Event", "Gateway", "Activity", "participant", "lane")
    )


def _words(page: Path) -> dict[str, str]:
    """Vietnamese to English; words of code (``OpenTask``) as words."""
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", text(page), re.MULTILINE)
    return {vi.strip(): re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", en).replace("`", "").lower() for vi, en in rows}
