# make run: the site with a demo centre.  make test, bench, lint.  PORT=8000, ONLY=benchmark.

SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.requirements.lock
WORKERS ?= auto
PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder
export PORT ONLY BENCH_SEED
# The tests start a hundred processes; each would compile a thousand modules anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test bench lint setup browser stop
.DEFAULT_GOAL := run

run: setup
	@exec $(BIN)/python -m assessment_center.embedded run --with-parent

stop:
	@$(BIN)/python -m assessment_center.embedded stop

# COVER=1 measures branch coverage of rules and services too, which doubles the time.
test: setup browser
ifdef COVER
	@$(PYTEST) --cov --cov-report=
	@$(BIN)/coverage report --skip-covered --skip-empty --fail-under=95
else
	@$(PYTEST)
endif

bench: setup
	@$(BIN)/python -m tests.load $(ONLY)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

# The environment is made again only when the list of packages has changed.
setup:
	@cmp -s requirements.lock $(STAMP) && $(BIN)/python -c 'import django' 2>/dev/null \
	  || PYTHON='$(PYTHON)' sh .ci/setup

browser: setup
	@sh .ci/browser
