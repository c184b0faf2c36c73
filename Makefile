# `make run` and `make test` are all that a fresh machine with Python 3.11 or newer needs.

SHELL := /bin/bash
VENV ?= .venv
PY := $(VENV)/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test lint types bench lock

help: ## List what make can do
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 8

run: $(VENV)/site.stamp ## Start the site: database, Redis, worker, web server, demo project
	@exec $(PY) manage.py up

test: $(VENV)/tests.stamp ## Check everything: lint, types, migrations, Python and JavaScript tests
	@VENV=$(VENV) .ci/test

lint: $(VENV)/tests.stamp ## Check style
	$(PY) -m ruff check .

types: $(VENV)/tests.stamp ## Check types
	$(PY) -m mypy

bench: $(VENV)/tests.stamp ## Measure speed
	@for file in benchmarks/*/__main__.py; do \
	  name=$$(basename $$(dirname $$file)); echo "== $$name"; $(PY) -m benchmarks.$$name || exit 1; \
	done

lock: $(VENV)/tests.stamp ## Compile both requirements.txt from their requirements.in
	@for folder in "" tests/; do \
	  $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header $${folder}requirements.in -o $${folder}requirements.txt \
	    || exit 1; \
	done

$(VENV)/site.stamp: requirements.txt .ci/install
	@VENV=$(VENV) .ci/install requirements.txt $@

$(VENV)/tests.stamp: $(VENV)/site.stamp tests/requirements.txt
	@VENV=$(VENV) .ci/install tests/requirements.txt $@
