"""A centre's month on the real engine: arrivals, officers, service times, and what comes of them.

The profile and the figures are told in docs/how-to/simulate.md.
"""
