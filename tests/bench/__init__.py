"""`make bench`: the figures of docs/performance.md, each beside its anchor, all in one run."""
