# `make demo` and `make test` need nothing but Python 3.11+ and make: they set up .venv from the lock files.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.run-ready
DEV := $(VENV)/.dev-ready
DEMO := build/demo

.PHONY: demo test lint types layers tests docs lock bench clean

demo: $(RUN)  ## a year of the demonstration collective: budget, monitoring, settlement, euros
	@rm -rf $(DEMO)
	@$(BIN)/puntlanding demo collective $(DEMO)
	@$(BIN)/puntlanding run $(DEMO)

test: lint types layers tests  ## everything that must hold

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/mypy

layers: $(DEV)
	$(BIN)/lint-imports

tests: $(DEV)
	$(BIN)/python -m pytest -n auto

docs: $(DEV)  ## write the generated reference pages anew
	$(BIN)/python -m docs_tools

bench: $(DEV)  ## the benchmarks, with ratios against peers and the floor
	$(BIN)/python benchmarks/settle_start.py
	$(BIN)/python benchmarks/large_budget.py

lock: $(DEV)  ## new versions into the lock files (needs uv)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --upgrade -o requirements/run.lock
	$(BIN)/uv pip compile pyproject.toml --group dev requirements/build.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --upgrade -o requirements/dev.lock

$(RUN): requirements/run.lock pyproject.toml requirements/build.lock
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.lock -r requirements/run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(RUN) requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis
