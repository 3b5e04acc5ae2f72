"""From XML to plans: plain JSON that says, for each scope, what stands in it and how it is wired.

A plan is what a bundle stores and what SpiffWorkflow's specs are built from. Everything that a reference
in the XML names is looked up here, once, so that a running process never follows one.
"""

from engine.workflow.planning.scopes import plan_processes

__all__ = ["plan_processes"]
