"""Writes one of what is made from the descriptor to standard output; see the package."""

import sys

from engine.workflow.describing.products import PRODUCTS

if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) == 2 else ""
    if wanted not in PRODUCTS:
        sys.exit(f"python -m engine.workflow.describing {'|'.join(PRODUCTS)}")
    sys.stdout.write(PRODUCTS[wanted][1]())
