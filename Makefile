# make run [PORT=8501]   the app on this machine, nothing to configure
# make demo [PORT=8501]  the same, six months later: invented people on a database of their own
# make test              every test, the browser ones included; CI=1 adds the slow ones
# make lint, make bench
# make backup                      the database as it is now, into data/local/backups
# make restore FILE=… [FORCE=1]    put a backup in its place; what was there is kept
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8501
ADDRESS ?= localhost
BIN := .venv/bin

.PHONY: run demo test lint bench backup restore

run: .venv/runtime
	$(BIN)/python -m core serve --port $(PORT) --address $(ADDRESS)

DEMO := $(CURDIR)/data/local/demo.db
demo: .venv/runtime
	@$(BIN)/python -m core demo --out "$(DEMO)"
	@DATABASE_URL="sqlite:///$(DEMO)" $(BIN)/python -m core serve --port $(PORT) --address $(ADDRESS)

test: .venv/tests
	$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.postgres
	$(BIN)/python -m tests.caddy
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadgroup --no-loadscope-reorder $(if $(CI),,-m "not slow")

lint: .venv/tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/tests
	$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.bench

backup: .venv/runtime
	@$(BIN)/python -m core backup

restore: .venv/runtime
	@test -n "$(FILE)" || { echo "Say which one: make restore FILE=data/local/backups/lexithymia-….zip"; exit 2; }
	@$(BIN)/python -m core restore "$(FILE)" $(if $(FORCE),--force)

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/runtime: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/tests: requirements-dev.txt .venv/runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
