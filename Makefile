# make run    the main job: reads corpus/, leaves the digest and the tables in outputs/
# make test   lint, types and tests
# make bench  the figures of the README, and a line more in tests/bench/history.jsonl; about five minutes
# make bench-check  fails where a ratio is more than 15 % worse than in the last lines
# make fuzz   20,000 damaged files over all readers
# PYTHON is the interpreter that the environment is made with (3.11 or newer).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint bench bench-check fuzz clean

run: $(VENV)/installed
	$(BIN)/chidao run corpus --out outputs

test: lint
	$(BIN)/python -m pytest -q

lint: $(VENV)/installed
	$(BIN)/ruff check pipeline tests
	$(BIN)/mypy

bench: $(VENV)/installed
	$(BIN)/python -m tests.bench

bench-check: $(VENV)/installed
	$(BIN)/python -m tests.bench --check

fuzz: $(VENV)/installed
	$(BIN)/python -m tests.bench.fuzz

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The stamp is newer than what the environment is made from, or the environment is made anew.
$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@
