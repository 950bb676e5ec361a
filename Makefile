# make run [PORT=8501]   the app on this machine, nothing to configure
# make test              every test, the browser ones included
# make lint, make bench
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8501
ADDRESS ?= localhost
BIN := .venv/bin

.PHONY: run test lint bench

run: .venv/runtime
	$(BIN)/python -m core serve --port $(PORT) --address $(ADDRESS)

test: .venv/tests
	$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.postgres
	$(BIN)/python -m pytest

lint: .venv/tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/tests
	$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.bench

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/runtime: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/tests: requirements-dev.txt .venv/runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
