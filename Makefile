# `make run` and `make test` work on a fresh machine with Python 3.11 and make; `make help` lists all.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
DATE = $(shell git log -1 --format=%ct 2> /dev/null || echo 946684800)

.DEFAULT_GOAL := help
.PHONY: help run test check fix build test-wheel audit lock clean

help: ## Show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/'

run: $(READY) ## Brief the sample feed with the starter models, offline
	$(BIN)/wirebrief offline=true

test: check ## Lint, type-check and test everything
	$(BIN)/pytest

check: $(READY) ## Lint and type-check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(READY) ## Format and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

build: $(READY) ## Build the wheel and the source distribution into dist/, the same bytes each time
	rm -rf dist
	SOURCE_DATE_EPOCH=$(DATE) $(BIN)/python -m build --outdir dist .

test-wheel: build ## Install the wheel in a clean environment, and run it from there
	SOURCE_DATE_EPOCH=$(DATE) WIREBRIEF_DISTRIBUTIONS=dist $(BIN)/pytest tests/supply

audit: $(READY) ## Ask whether a locked package has a known vulnerability
	$(BIN)/python .ci/audit.py

lock: ## Lock the dependencies anew, with as few changes as possible
	$(PYTHON) .ci/lock.py

clean: ## Remove the virtual environment and everything that was built
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): requirements.lock requirements.hashes pyproject.toml
	$(PYTHON) -m venv $(VENV)
ifdef HASHES
	$(INSTALL) --no-deps $(shell grep '^torch==' requirements.lock)
	$(INSTALL) --no-deps --require-hashes --requirement requirements.hashes
else
	$(INSTALL) --requirement requirements.lock
endif
	$(INSTALL) --no-deps --no-build-isolation --editable .
	touch $(READY)
