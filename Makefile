# `make demo` and `make test` need nothing but Python 3.11+ and make: they set up .venv from the lock files.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.run-ready
DEV := $(VENV)/.dev-ready
DEMO := build/demo
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --upgrade
STOP = test ! -d $(DEMO)/web || test ! -x $(BIN)/puntlanding-web || PUNTLANDING_DATA=$(CURDIR)/$(DEMO)/web $(BIN)/puntlanding-web demo --stop
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo stop test lint types layers tests docs gallery pages-gallery lock bench clean help

demo: $(RUN)  ## six made-up hospitals from their exports to the year of one of them, and the web application that shows it
	@$(STOP)
	@rm -rf $(DEMO)
	@mkdir -p $(dir $(DEMO))
	$(BIN)/puntlanding demo store $(DEMO)
	@echo
	$(BIN)/puntlanding fold alle 2024 --store $(DEMO)/opslag --hospitals $(DEMO)/ziekenhuizen.csv --out $(DEMO)/opslag/bijdragen
	@echo
	$(BIN)/puntlanding fold alle 2025 --store $(DEMO)/opslag --hospitals $(DEMO)/ziekenhuizen.csv --out $(DEMO)/opslag/bijdragen
	@echo
	$(BIN)/puntlanding benchmark ex-ante 2025 $(DEMO)/opslag/bijdragen/*-2024.bijdrage --norms $(DEMO)/normtijden.csv --peers alle \
	  --publish $(DEMO)/opslag/benchmark --date 2024-12-15 --hospital ziekenhuis-01
	@echo
	$(BIN)/puntlanding run --store $(DEMO)/opslag --hospital ziekenhuis-01 --year 2025 --contributions $(DEMO)/opslag/bijdragen
	@echo
	$(BIN)/puntlanding forecast --store $(DEMO)/opslag --hospital ziekenhuis-01 --year 2025 --as-of 2025-08-31
	@echo
	PUNTLANDING_DATA=$(CURDIR)/$(DEMO)/web $(BIN)/puntlanding-web demo --store $(DEMO)/opslag --hospital ziekenhuis-01 --year 2025 \
	  --contributions $(DEMO)/opslag/bijdragen --detach

stop:  ## the application that `make demo` left running
	@$(STOP)

test: lint types layers tests  ## everything that must hold

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/mypy

layers: $(DEV)
	$(BIN)/lint-imports

tests: $(DEV)
	@sh tests/install_spreadsheet.sh
	@sh tests/install_browser.sh
	@sh tests/install_database.sh
	$(BIN)/python -m pytest -n auto --dist worksteal

docs: $(DEV)  ## write the generated reference pages and the output shown on all pages anew
	$(BIN)/python docs/generate.py

gallery: $(DEV)  ## draw the page with all charts anew, from made-up data
	$(BIN)/python docs/gallery.py

bench: $(DEV)  ## the benchmarks, with ratios against peers and the floor
	$(BIN)/python benchmarks/settle_start.py
	$(BIN)/python benchmarks/large_budget.py
	$(BIN)/python benchmarks/comparison.py
	$(BIN)/python benchmarks/incentives.py
	$(BIN)/python benchmarks/simulation.py
	$(BIN)/python benchmarks/report.py
	$(BIN)/python benchmarks/intake.py
	$(BIN)/python benchmarks/open_dis.py
	$(BIN)/python benchmarks/national_year.py
	$(BIN)/python benchmarks/forecast/speed.py
	$(BIN)/python benchmarks/forecast/quality.py --hospitals 2

pages-gallery: $(DEV)  ## take the pictures of every page of the web application anew, on the demonstration
	$(BIN)/python docs/screens.py

lock: $(DEV)  ## new versions into the lock files (needs uv)
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) requirements/build.in -o requirements/build.lock
	$(COMPILE) pyproject.toml -o requirements/run.lock
	$(COMPILE) pyproject.toml --extra web -o requirements/web.lock
	$(COMPILE) pyproject.toml --extra web --group dev -o requirements/dev.lock

$(RUN): requirements/web.lock pyproject.toml requirements/build.lock
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit("puntlanding needs Python 3.11 or later; $(PYTHON) is %d.%d. Name another: make PYTHON=python3.12 ..." % v[:2] if v < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/build.lock -r requirements/web.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(RUN) requirements/dev.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.lock
	@touch $@

clean:  ## all that make and the tests wrote
	@$(STOP)
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16
