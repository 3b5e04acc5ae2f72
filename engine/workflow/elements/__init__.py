"""Our own BPMN elements: what the library gets wrong or leaves to us, one family a file."""
