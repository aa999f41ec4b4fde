# Needs Python 3.11+ and make, nothing else. PYTHON=python3.12 picks another interpreter.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
# An install is done again when what it depends on changed; the marks live in the environment, so they go with it.
TOOL := $(VENV)/.chipfacts
DEV := $(VENV)/.chipfacts-dev
BROWSER := $(VENV)/.chipfacts-browser
AXE := $(VENV)/axe/package/axe.min.js
AXE_VERSION := 4.14.1

.PHONY: facts test lint types check bench golden score browser docs clean

facts: $(TOOL)  ## the main job: the example articles as readable tables (or CSV on a pipe)
	@$(BIN)/chipfacts extract seeds/

test: $(DEV)  ## every test, the rules' own examples among them
	$(BIN)/python -m pytest

lint: $(DEV)
	$(BIN)/ruff check .

types: $(DEV)
	$(BIN)/mypy

check: lint types test  ## all that CI asks for

bench: $(DEV)  ## cold start and bulk speed as ratios (tests/bench/bench.py says of what)
	$(BIN)/python tests/bench/bench.py

browser: $(BROWSER) $(AXE)  ## the report in a real Chromium (apt-get install chromium, npm; or CHROMIUM=/path/to/it)
	AXE=$(abspath $(AXE)) $(BIN)/python -m pytest tests/browser -rs

docs: $(BROWSER)  ## take the documentation's screenshots anew; needs Chromium, too
	$(BIN)/python tests/browser/screenshots.py docs

golden: $(TOOL)  ## rewrite the golden sheets of the seeds; read the diff before you commit it
	@mkdir -p tests/golden
	$(BIN)/chipfacts extract seeds/ --quiet -o tests/golden/seeds.yaml
	$(BIN)/chipfacts extract seeds/ --quiet -o tests/golden/seeds.csv
	$(BIN)/chipfacts extract seeds/ --quiet -o tests/golden/seeds.jsonl

score: $(TOOL)  ## precision, recall and F1 of each kind against tests/gold
	$(BIN)/chipfacts score $(wildcard tests/gold/*.yaml) seeds/ tests/gold/texts/

clean:  ## everything that make made
	rm -rf $(VENV) .ci/.venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "chipfacts needs Python 3.11 or newer; none was found (make PYTHON=/path/to/python3.11)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(TOOL): pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(DEV): pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ $(TOOL)

$(BROWSER): pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,browser]'
	@touch $@ $(DEV) $(TOOL)

# axe-core is one script; it is fetched for the tests and kept with the environment, never in the project.
$(AXE): | $(BIN)/python
	@mkdir -p $(VENV)/axe
	-cd $(VENV)/axe && npm pack --silent axe-core@$(AXE_VERSION) && tar -xzf axe-core-$(AXE_VERSION).tgz package/axe.min.js
