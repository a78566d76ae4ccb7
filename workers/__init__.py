"""Parallax's carriers: queue, tasks and store between the web and the analysis."""

import os

# One analysing process a core, so one thread a process; the numeric libraries read this when they are loaded.
for _library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
