# `make demo` shows what the package does, `make test` runs the tests, `make lint` the static checks.
# The virtual environment is made once; the stamp files record which extras are in it.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
JOBS   ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo test lint dev clean

help:
	@echo "make demo   the lynx and hare example: a fit by the generated gradient"
	@echo "make test   the tests, $(JOBS) at a time (JOBS=8 for more)"
	@echo "make lint   ruff and mypy"
	@echo "make dev    everything needed to work on the package, in $(VENV)"
	@echo "make clean  remove $(VENV) and the caches"

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet -e ".[scipy,plots]"
	@touch $@

$(VENV)/.tests: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet -e ".[tests]"
	@touch $@

$(VENV)/.lint: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet -e ".[lint]"
	@touch $@

dev: $(VENV)/.demo $(VENV)/.tests $(VENV)/.lint

demo: $(VENV)/.demo
	$(BIN)/python examples/lynx_hare.py

test: $(VENV)/.tests
	$(BIN)/python -m pytest -n $(JOBS) -q

lint: $(VENV)/.lint
	$(BIN)/python -m ruff check src tests
	$(BIN)/python -m ruff format --check src tests
	$(BIN)/python -m mypy

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist src/*.egg-info
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
