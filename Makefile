# A clean clone needs Python 3.11 or newer (with venv) and make; everything else comes into .venv by itself.

.DEFAULT_GOAL := help
.PHONY: help run test check format lock clean
.DELETE_ON_ERROR:

# The first Python on this machine that is new enough; `make run PYTHON=...` names another.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
UV := uv==0.13.9
# Trust what the machine trusts, as pip does: offices put certificates of their own there.
INSTALL := $(BIN)/python -m uv pip install --quiet --system-certs --python $(BIN)/python --require-hashes
COMPILE := $(BIN)/python -m uv pip compile --quiet --system-certs --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-header $(UPGRADE) pyproject.toml
# Arguments for pytest: `make test ARGS="-k consent"`.
ARGS ?=

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/run.stamp ## Start the service with demo data on 127.0.0.1:8000 (PORT=9000 make run for another port)
	@exec $(BIN)/python -m flask --app wsgi serve

test: $(VENV)/test.stamp ## Run the whole suite: SQLite, a real PostgreSQL, a real browser (ARGS="-k consent" for a part)
	@exec $(BIN)/python -m pytest --numprocesses logical --maxprocesses 4 --dist loadgroup $(ARGS)

check: $(VENV)/test.stamp ## Check style, types, layers, templates and security without running anything
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
	$(BIN)/python -m djlint templates --lint --quiet
	$(BIN)/python -m bandit --quiet --confidence-level medium --configfile pyproject.toml --recursive referrals config.py wsgi.py

format: $(VENV)/test.stamp ## Put the code into its usual form
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

lock: $(VENV)/uv.stamp ## Pin the requirements of pyproject.toml again (UPGRADE=--upgrade to take newer ones)
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## Remove the environment, the fetched browser and all caches; data under instance/ stays
	rm -rf $(VENV) .cache .coverage htmlcov test-results .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './instance/*' -prune -exec rm -rf {} +

# Each stamp says: what it depends on is installed. A second run sees it and starts at once.
$(VENV)/uv.stamp:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found."; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "$(UV)"
	@touch $@

$(VENV)/run.stamp: requirements.txt $(VENV)/uv.stamp
	@echo "Installing the requirements into $(VENV)"
	@$(INSTALL) --requirement requirements.txt
	@touch $@

$(VENV)/test.stamp: requirements-dev.txt $(VENV)/uv.stamp
	@echo "Installing the requirements for development into $(VENV)"
	@$(INSTALL) --requirement requirements-dev.txt
	@touch $@
