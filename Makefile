# Every target does the set-up it needs; on a fresh machine with Python 3.11 `make run` is all it takes.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help setup run faults test test-faults test-postgresql test-browser lint check format bench fuzz db seed ui pictures clean

help: ## list these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  %-16s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: $(PYTHON) was not found. Say PYTHON=... to name another."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing what Motcua runs on ..."
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@echo "Installing what its tests need ..."
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

setup: $(VENV)/.dev ## install everything into .venv, from the locks

run: $(VENV)/.run ## start Motcua on SQLite with the demo centre at http://127.0.0.1:8000; CATALOGUE=full: 938 procedures
	$(BIN)/motcua run --demo $(if $(CATALOGUE),--catalogue $(CATALOGUE))

test: $(VENV)/.dev ## run the tests; PostgreSQL and Chromium are used where they can be had
	MOTCUA_TEST_START_POSTGRESQL=$${MOTCUA_TEST_START_POSTGRESQL-1} $(BIN)/python -m pytest -n auto -rs -m "not fault" $(ARGS)

test-faults: $(VENV)/.dev ## the tests marked fault, a short run: processes killed, databases crashed, races
	MOTCUA_TEST_START_POSTGRESQL=$${MOTCUA_TEST_START_POSTGRESQL-1} $(BIN)/python -m pytest -n auto -rs -m fault $(ARGS)

lint: $(VENV)/.dev ## style, types and architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.guards.sizes

check: lint test test-faults ## what CI runs

format: $(VENV)/.dev ## put the code into its one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

faults: $(VENV)/.dev ## the long run of the same; SEED=... repeats one, ARGS="-k ..." chooses
	MOTCUA_TEST_START_POSTGRESQL=$${MOTCUA_TEST_START_POSTGRESQL-1} MOTCUA_TEST_FAULTS_LONG=1 MOTCUA_TEST_FAULTS_SEED=$(SEED) \
		$(BIN)/python -m pytest -s -rs tests/faults $(ARGS)

bench: $(VENV)/.dev ## print the figures of docs/performance.md, ratios in one run
	$(BIN)/python -m tests.bench $(ARGS)

fuzz: $(VENV)/.dev ## 20,000 random walks of random processes against the standard; SEED=2 WALKS=100000 for others
	SEED=$${SEED:-1} WALKS=$${WALKS:-20000} $(BIN)/python -m tests.differential.fuzz

db: $(VENV)/.run ## bring the database of MOTCUA_DATABASE (default: var/motcua.sqlite3) to the newest schema
	$(BIN)/motcua db upgrade

seed: $(VENV)/.run ## make the demo centre: accounts, procedures and some 300 dossiers
	$(BIN)/motcua seed

ui: ## rebuild the JavaScript islands (needs Node; only when api/ui was changed)
	cd api/ui && npm ci --ignore-scripts && npm run build

pictures: $(VENV)/.dev ## make the pictures of docs/analyst anew, from diagrams and pages (needs Chromium)
	$(BIN)/python -m tests.analyst.pictures

clean: ## forget everything that was installed and the demo data
	rm -rf $(VENV) var build *.egg-info
