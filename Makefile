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

.PHONY: facts test lint types locked check bench golden score office frictionless browser docs clean

facts: $(TOOL)  ## the main job: the example articles as readable tables (or CSV on a pipe)
	@$(BIN)/chipfacts extract seeds/

test: $(DEV)  ## every test, the rules' own examples among them
	$(BIN)/python -m pytest

lint: $(DEV)
	$(BIN)/ruff check .

types: $(DEV)
	$(BIN)/mypy

locked: $(TOOL)  ## the seeds give the facts of their lock, all of them and no others
	$(BIN)/chipfacts check --lock seeds/facts.lock.jsonl \
		--fail-on unsupported,lost,changed,ambiguous,doc-missing,doc-changed,new,moved

check: lint types locked test  ## all that CI asks for

bench: $(DEV)  ## cold start and bulk speed as ratios (tests/bench/bench.py says of what)
	$(BIN)/python tests/bench/bench.py

browser: $(BROWSER) $(AXE)  ## the report in a real Chromium (apt-get install chromium, npm; or CHROMIUM=/path/to/it)
	AXE=$(abspath $(AXE)) $(BIN)/python -m pytest tests/browser -rs

docs: $(BROWSER)  ## take the documentation's screenshots anew; needs Chromium, too
	$(BIN)/python tests/browser/screenshots.py docs

golden: $(TOOL)  ## rewrite the golden sheets of the seeds and their lock, and show what changes: facts gained, lost, altered
	@mkdir -p tests/golden
	@cp tests/golden/seeds.jsonl $(VENV)/golden.jsonl 2>/dev/null || : > $(VENV)/golden.jsonl
	$(BIN)/chipfacts extract seeds/ --quiet -o tests/golden/seeds.yaml
	$(BIN)/chipfacts extract seeds/ --quiet -o tests/golden/seeds.csv
	$(BIN)/chipfacts extract seeds/ --quiet -o tests/golden/seeds.jsonl
	$(BIN)/chipfacts lock seeds/ --quiet --lock seeds/facts.lock.jsonl
	@$(BIN)/chipfacts diff $(VENV)/golden.jsonl tests/golden/seeds.jsonl

score: $(TOOL)  ## precision, recall and F1 of each kind against tests/gold
	$(BIN)/chipfacts score $(wildcard tests/gold/*.yaml) seeds/ tests/gold/texts/

office: $(DEV)  ## ask LibreOffice to open what we write (needs soffice: apt-get install libreoffice-calc)
	@command -v soffice >/dev/null || { echo "LibreOffice (soffice) is not installed: apt-get install libreoffice-calc" >&2; exit 1; }
	$(BIN)/python -m pytest tests/test_injection.py -k libreoffice

# In an environment of its own: it brings 40 packages, some of them in other versions than ours.
frictionless: $(TOOL)  ## ask Frictionless whether the folder of tables is what its datapackage.json says
	@test -x $(VENV)/frictionless/bin/frictionless || { $(PYTHON) -m venv $(VENV)/frictionless && \
		$(VENV)/frictionless/bin/pip install --quiet --disable-pip-version-check frictionless==5.21.0; }
	@rm -rf $(VENV)/tables && mkdir -p $(VENV)/tables
	$(BIN)/chipfacts extract seeds/ --quiet -o $(VENV)/tables/
	$(VENV)/frictionless/bin/frictionless validate $(VENV)/tables/datapackage.json

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
