"""The demo centre: people, applications and six weeks of work, done by the real engine under a fixed clock.

Nothing here writes a row: officers and citizens of the demo only ask what the pages ask.
"""
