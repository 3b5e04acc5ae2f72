"""``make fuzz``: walks of every class on all cores. SEED and WALKS are taken from the environment.

Prints what was walked, and every deviation as small as it could be made; ends with 1 when there is one.
"""

import os
import sys
from itertools import count
from multiprocessing import Pool
from time import monotonic

from tests.differential.comparing import Tally, compare
from tests.differential.making import CLASSES

ROUND = 20  # processes of each class between two looks at the sum
ENOUGH = 10  # deviations after which nothing more is learnt


def main() -> int:
    seed, walks = os.environ.get("SEED", "1"), int(os.environ.get("WALKS", "20000"))
    _say(f"SEED={seed} WALKS={walks}")
    began, total = monotonic(), Tally()
    kinds = {kind: Tally() for kind in CLASSES}
    with Pool(os.cpu_count()) as pool:
        for turn in count():
            cases = [(kind, f"{seed}-{turn}-{number}") for number in range(ROUND) for kind in CLASSES]
            for kind, tally in pool.imap_unordered(_one, cases):
                kinds[kind].add(tally)
                total.add(tally)
                for deviation in tally.deviations:
                    _say(f"\nDEVIATION in {deviation}\n")
            _say(f"{total.walks} walks, {len(total.deviations)} deviations")
            if total.walks >= walks or len(total.deviations) >= ENOUGH:
                break
    for kind, tally in kinds.items():
        _say(_line(kind, tally))
    _say(_line(f"all, {monotonic() - began:.0f} s", total))
    return 1 if total.deviations else 0


def _one(case: tuple[str, str]) -> tuple[str, Tally]:
    return case[0], compare(*case)


def _line(name: str, tally: Tally) -> str:
    refused = ", ".join(f"{rule} {count}" for rule, count in tally.refused.most_common())
    return (
        f"{name}: {tally.processes} processes, {tally.walks} walks, {tally.steps} steps, "
        f"{len(tally.deviations)} deviations" + (f"; refused: {refused}" if refused else "")
    )


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
