# One word each; `make` lists them. Everything is installed into .venv, and everything written into .parallax.
PYTHON ?= python3
BIN = .venv/bin
RUN = .venv/.run
STAMP = .venv/.installed
ROUNDS ?= 1
# Tests wait more than they work: more than there are cores.
PROCESSES ?= 3

.PHONY: help setup run doors gallery test check bench bench-growth bench-stories fuzz soak soak-faults soak-tasks soak-random soak-feed soak-wordpress

help:
	@echo "make setup   install everything into .venv (the others install what they need themselves)"
	@echo "make run     run Parallax until Ctrl-C: http://127.0.0.1:8000, or PORT"
	@echo "make doors   the browser's extension and what else goes into other programs, into .doors"
	@echo "make gallery every page in every state, for whoever changes how it looks"
	@echo "make test    run every test, a real browser's among them"
	@echo "make check   style, types, boundaries, the lexicons' own examples"
	@echo "make soak    faults at random moments over hundreds of articles; ROUNDS=20 of them"
	@echo "make bench   measure speed and latency here"
	@echo "make bench-growth   time in proportion to length, for hostile texts of every shape"
	@echo "make bench-stories   what a new report costs to group, beside 1,000 and 10,000"
	@echo "make fuzz    10,000 texts, the whole API and what tests draw, made up at random"
	@echo "make soak-feed   an hour of a feed with 500 items, played fast"
	@echo "make soak-wordpress   the plugin in a real WordPress, where one is installed"

# What running takes is little beside what testing takes: each is installed when it is first asked for.
setup: $(STAMP)

$(RUN): requirements.txt
	@$(call install,requirements.txt,install)
	@$(BIN)/python -m compileall -q models service workers
	@touch $@

$(STAMP): requirements.txt requirements-dev.txt
	@$(call install,requirements-dev.txt,sync)
	@$(BIN)/python -m compileall -q models service workers research
	@touch $(RUN) $@

# uv where it is, else venv and pip. Bytecode is compiled now, so that the first request need not wait for it.
define install
set -e; \
$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else 1)' || \
	{ echo "Parallax needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version 2>&1). Choose another one: make PYTHON=python3.12" >&2; exit 1; }; \
if uv --version >/dev/null 2>&1; then \
	test -x $(BIN)/python || uv venv --quiet --python "$$(command -v $(PYTHON))" .venv; \
	uv pip $(2) --quiet --python $(BIN)/python --require-hashes --compile-bytecode $(if $(filter install,$(2)),--requirement )$(1); \
else \
	test -x $(BIN)/pip || $(PYTHON) -m venv .venv; \
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pip install --quiet --disable-pip-version-check --compile \
		--require-hashes --requirement $(1); \
fi
endef

run: $(RUN)
	@$(BIN)/python -m workers run

# Bytecode is kept, whatever the environment says: each process here imports the tests anew.
test: setup
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --numprocesses $(PROCESSES) --dist loadgroup --no-loadscope-reorder

check: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m models lexicon check

doors: $(RUN)
	@$(BIN)/python -m doors

# Every page in every state, from our own articles, without a worker; PORT as for run.
gallery: setup
	@$(BIN)/python -m tests.gallery

soak-feed: setup
	@$(BIN)/python -m tests.soak_feed

# Some minutes a round, its parts side by side: not part of `make test`. A release should stand ROUNDS=20.
soak: setup
	@for round in $$(seq $(ROUNDS)); do \
		echo "round $$round of $(ROUNDS)"; $(MAKE) --jobs --output-sync soak-faults soak-tasks soak-random || exit 1; \
	done

soak-faults: setup
	@$(BIN)/python -m pytest -q -x -m "soak or not soak" tests/workers/test_faults.py tests/workers/test_launcher.py

soak-tasks: setup
	@$(BIN)/python -m pytest -q -x -m "soak or not soak" tests/workers/test_tasks.py tests/workers/test_hosts.py tests/workers/test_callbacks.py

# The plugin in a real WordPress, where one is installed (docs/newsroom.md).
soak-wordpress: setup
	@$(BIN)/python -m pytest -q -x -rs -m "soak or not soak" tests/doors/test_wordpress.py

soak-random: setup
	@$(BIN)/python -m tests.workers.chaos --articles 300

bench: setup
	@$(BIN)/python -m tests.bench_analysis
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench_page
	@$(BIN)/python -m tests.bench_intake

# What one new report costs to group, at 1,000 and at 10,000 stored.
bench-stories: setup
	@$(BIN)/python -m tests.bench_stories

bench-growth: setup
	@$(BIN)/python -m tests.bench_growth

fuzz: setup
	@FUZZ=10000 $(BIN)/python -m pytest tests/fuzz --timeout=14400
	@FUZZ=1 $(BIN)/python -m pytest -m hypothesis tests/models tests/workers tests/service
