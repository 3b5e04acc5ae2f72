"""Look at a page: ``python -m tests.browser.look PATH --as reception --out page.png``.

PATH may name a dossier: /ho-so/{late} or /tra-cuu/{code_late}.
Kinds: late, done, working, supplement, submitted.
"""

import argparse
import tempfile
from pathlib import Path

from tests import centre as centres
from tests.browser.site import browser, serving, signed_in


def main() -> None:
    """Furnish a centre, open the page as somebody, take its picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("paths", nargs="+", help="paths, pictures are numbered when there are several")
    parser.add_argument("--as", dest="who", default="", help="ROLE or ROLE:AGENCY; nobody when left out")
    parser.add_argument("--size", default="1366x768", help="WIDTHxHEIGHT of the window")
    parser.add_argument("--whole", action="store_true", help="the whole page, not the window alone")
    parser.add_argument("--dark", action="store_true", help="dark colours")
    parser.add_argument("--no-js", action="store_true", help="without JavaScript")
    parser.add_argument("--out", required=True, help="file of the picture, .png")
    show(parser.parse_args())


def show(wanted: argparse.Namespace) -> None:
    width, height = map(int, wanted.size.split("x"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'motcua.sqlite3'}"
        centres.furnished(url, folder)
        with centres.opened(url, folder) as centre, serving(centre) as site, browser() as chrome:
            context = chrome.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if wanted.dark else "light",
                java_script_enabled=not wanted.no_js,
            )
            role, _, agency = wanted.who.partition(":")
            page = signed_in(context, site, role, agency or "TTHCC") if role else context.new_page()
            page.on("console", lambda message: print(f"console {message.type}: {message.text}"))
            page.on("pageerror", lambda error: print(f"page error: {error}"))
            names = {
                "migration": site.migration,
                **site.numbers,
                **{f"code_{kind}": code for kind, code in site.codes.items()},
            }
            for number, path in enumerate(wanted.paths):
                answer = page.goto(site.url + path.format(**names), wait_until="networkidle")
                out = Path(wanted.out)
                out = out.with_stem(f"{out.stem}-{number}") if len(wanted.paths) > 1 else out
                page.screenshot(path=out, full_page=wanted.whole)
                wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
                print(f"{answer.status if answer else '?'} {page.url} -> {out}{' TOO WIDE' if wide else ''}")


if __name__ == "__main__":
    main()
