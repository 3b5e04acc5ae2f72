"""A first draft of the working calendar from the ``holidays`` package; people then decide on it."""

import sys
from datetime import date

import holidays

# (day off, worked day, decision, decided on): swaps that were decreed. law.md lists them with their sources.
SWAPS: tuple[tuple[date, date, str, date | None], ...] = (
    (date(2018, 12, 31), date(2019, 1, 5), "lịch nghỉ lễ 2018-2019", None),
    (date(2019, 4, 29), date(2019, 5, 4), "lịch nghỉ lễ 2019", None),
    (date(2024, 4, 29), date(2024, 5, 4), "lịch nghỉ lễ 2024", None),
    (date(2025, 5, 2), date(2025, 4, 26), "lịch nghỉ lễ 2025", None),
    (date(2026, 1, 2), date(2026, 1, 10), "12729/VPCP-KGVX", date(2025, 12, 25)),
    (date(2026, 8, 31), date(2026, 8, 22), "lịch nghỉ lễ 2026", None),
)
DECIDED_THROUGH = 2026  # later years are reckoned ahead, not decided


def draft(first: int, last: int) -> str:
    """The text of a calendar for these years, inclusive."""
    swapped = {off for off, _, _, _ in SWAPS}
    lines = []
    for day, name in sorted(
        holidays.country_holidays("VN", years=range(first, last + 1), language="vi").items()
    ):
        if day in swapped or not first <= day.year <= last:
            continue
        lines += ["[[holiday]]", f"date = {day}", f'name = "{name}"']
        lines += ["estimate = true"] if day.year > DECIDED_THROUGH else []
        lines.append("")
    for off, work, decision, decided in SWAPS:
        if first <= off.year <= last:
            lines += ["[[swap]]", f"off = {off}", f"work = {work}", f'decision = "{decision}"']
            lines += [f"decided = {decided}"] if decided else []
            lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Print a draft for the years given on the command line."""
    first, last = int(sys.argv[1]), int(sys.argv[2])
    sys.stdout.write(draft(first, last))


if __name__ == "__main__":
    main()
