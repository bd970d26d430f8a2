# Everything a fresh machine needs is Python 3.11 or newer and its package index.
PYTHON ?= python3
BIN := .venv/bin
DATA ?= ../shared/data
DEMO ?= demo

.DEFAULT_GOAL := help
.PHONY: help demo test check bench pins pictures screenshots clean

help: ## Say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

.venv/run: requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: requirements/dev.txt .venv/run
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

demo: .venv/run ## Set up, import public logs (or only a simulated company), measure the maps, say which page to open
	@$(BIN)/trayecto demo $(DEMO) $(if $(wildcard $(DATA)),--data $(DATA))

check: .venv/dev ## Check style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache | tail -n 12

test: check ## Set up and pass every test
	$(BIN)/pytest -n auto

bench: .venv/dev ## Time the thread on 10 million interactions beside a plain scan
	$(BIN)/python bench/thread.py $(ROWS)
	$(BIN)/python bench/measure.py $(ROWS)
	$(BIN)/python bench/questions.py bench/out/workspace bench/out/$(or $(ROWS),10000000).parquet
	$(BIN)/python bench/daily.py bench/out/workspace bench/out/$(or $(ROWS),10000000).parquet 10000
	$(BIN)/python bench/peers.py $(or $(ROWS),10000000)
	$(BIN)/python bench/people.py
	$(BIN)/python bench/customers.py $(ROWS)
	$(BIN)/python bench/drawing.py
	$(BIN)/python bench/pages.py
	$(BIN)/python bench/explorer.py

pictures: .venv/run ## Make the pictures of the docs anew
	$(BIN)/python tools/pictures.py

screenshots: .venv/dev ## Take the screenshots of the docs anew, in Chromium
	$(BIN)/python tools/screenshots.py

pins: .venv/dev ## Pin newer versions, by hash and without naming any host
	$(BIN)/python tools/pins.py

clean: ## Remove what was made here
	rm -rf .venv demo bench/out
