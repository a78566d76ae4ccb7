"""The tasks: what a worker does, a module a kind of work."""
