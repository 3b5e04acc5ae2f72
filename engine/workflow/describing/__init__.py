"""What is written from the descriptor of our words, for people and for other programs.

``python -m engine.workflow.describing schema`` writes one of the ``products`` to standard output.
"""
