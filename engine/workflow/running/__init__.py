"""Running a process: ids, state, what happened, what is open."""
