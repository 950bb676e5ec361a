PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8501
ADDRESS ?= localhost
BIN := .venv/bin
DEMO := $(CURDIR)/data/local/demo.db

.DEFAULT_GOAL := help
.PHONY: help run demo test lint bench lock backup restore

help: ## list what make can do
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'\t' '{printf "%-14s %s\n", $$1, $$2}'

run: .venv/serve ## serve the app on this machine, nothing to configure [PORT=8501]
	$(BIN)/python -m core serve --port $(PORT) --address $(ADDRESS)

demo: .venv/serve ## the same, six months later: invented people on a database of their own [PORT=8501]
	@$(BIN)/python -m core demo --out "$(DEMO)"
	@DATABASE_URL="sqlite:///$(DEMO)" $(BIN)/python -m core serve --port $(PORT) --address $(ADDRESS)

test: .venv/dev ## run every test but the slow ones, which CI=1 adds
	$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.postgres
	$(BIN)/python -m tests.caddy
	$(BIN)/python -m pytest -n auto --dist loadscope --no-loadscope-reorder $(if $(CI),,-m "not slow")

lint: .venv/dev ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/dev ## measure what things cost, each beside a baseline
	$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.bench

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock"
lock: .venv/dev ## bring the locks up to date with the requirements [UPGRADE=1: with all newer versions]
	$(LOCK) $(if $(UPGRADE),--upgrade) requirements-dev.txt --output-file requirements-dev.lock
	$(LOCK) --constraint requirements-dev.lock requirements.txt --output-file requirements.lock
	$(LOCK) --constraint requirements-dev.lock requirements-serve.txt --output-file requirements-serve.lock

backup: .venv/serve ## write the database as it is now into data/local/backups
	@$(BIN)/python -m core backup

restore: .venv/serve ## put a backup in its place, what was there is kept: FILE=… [FORCE=1]
	@test -n "$(FILE)" || { echo "Say which one: make restore FILE=data/local/backups/lexithymia-….zip"; exit 2; }
	@$(BIN)/python -m core restore "$(FILE)" $(if $(FORCE),--force)

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/serve: requirements-serve.lock | .venv/bin/python
	$(BIN)/python -m core.install requirements-serve.lock
	@touch $@

.venv/dev: requirements-dev.lock | .venv/bin/python
	$(BIN)/python -m core.install requirements-dev.lock
	@touch .venv/serve $@
