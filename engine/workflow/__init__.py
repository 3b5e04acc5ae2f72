"""The only room that knows SpiffWorkflow and XML: a pure function of definition, state, action, document."""
