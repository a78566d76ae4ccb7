"""What `python -m models` does with articles and reports: a module a command, each adds itself to the parser."""
