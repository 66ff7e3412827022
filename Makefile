# Sets up a virtual environment and runs the two things people want: the graph of seeds/, and the tests.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: graph notebooks test check setup clean

graph: setup
	$(BIN)/kg build seeds -o graphs

notebooks: setup
	$(BIN)/python -m tests.notebooks

test: setup check
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

setup: .venv/ready

.venv/ready: pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'kg needs Python 3.11 or newer')"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable ".[test]"
	touch $@

clean:
	rm -rf .venv build dist
