# Every target sets up what it needs from nothing, and is quick the second time.
# GNU make and a POSIX shell. `make` alone lists the targets.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PORT ?= 8000
SANDBOX_PORT ?= 8100
ARGS ?=
export PORT SANDBOX_PORT

# Whatever this machine says, Python keeps what it has compiled: tests start hundreds of processes, and
# each would compile Django anew.
export PYTHONDONTWRITEBYTECODE :=

UV := $(or $(shell command -v uv),.venv-tools/bin/uv)
PYTHON := .venv/bin/python
RUFF := .venv/bin/ruff
# The environment is as the lock says: another lock, another stamp.
INSTALLED := .venv/installed-$(shell cat .python-version requirements/dev.txt | cksum | tr ' ' '-')

# What reads pages in the tests, likewise; without npm those tests are skipped and say so.
READERS := tests/tools/node_modules/installed-$(shell cksum < tests/tools/package-lock.json | tr ' ' '-')

# Settings that checking needs and no site should use.
CHECK_ENV := SECRET_KEY=only-for-checking PUBLIC_URL=http://localhost:$(PORT) \
  WIX_API_KEY=none WIX_SITE_ID=none

NO_PYTHON := No Python 3.12 or newer was found, and none could be fetched. Install one (Debian: \
  apt-get install python3 python3-venv), then run make again.

.PHONY: help
help: ## List the targets
	@echo "make <target>, with PORT=$(PORT) and SANDBOX_PORT=$(SANDBOX_PORT) unless you say otherwise"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) \
	  | while IFS='|' read -r target text; do printf '  %-14s %s\n' "$$target" "$$text"; done

# ---- What the targets stand on ----

.venv-tools/bin/uv:
	@command -v python3 >/dev/null || { echo "$(NO_PYTHON)" >&2; exit 1; }
	python3 -m venv .venv-tools
	.venv-tools/bin/python -m pip install --quiet --disable-pip-version-check uv

# The interpreter of .python-version, fetched if need be; else any that is new enough.
$(INSTALLED): $(filter .venv-tools/%,$(UV))
	@rm -f .venv/installed-*
	@$(PYTHON) -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$(shell cat .python-version)')" 2>/dev/null \
	  || $(UV) venv --quiet --clear .venv \
	  || $(UV) venv --quiet --clear --python '>=3.12' .venv \
	  || { echo "$(NO_PYTHON)" >&2; exit 1; }
	$(UV) pip sync --quiet --require-hashes --python $(PYTHON) requirements/dev.txt
	@touch $@

.PHONY: install
install: $(INSTALLED) ## The virtual environment, as locked

.PHONY: browser
browser: $(INSTALLED) ## Find Chromium, or install it
	@$(PYTHON) -m tests.plugins.chromium

$(READERS):
	@if cd tests/tools && npm ci --silent --ignore-scripts --no-audit --no-fund; then touch $(notdir $(@D))/$(@F); \
	  else echo "No axe-core and no html-validate: npm is missing, or could not fetch them."; fi

# ---- What people run ----

.PHONY: demo
demo: $(INSTALLED) ## The whole thing on this machine: sandbox, site and worker
	@$(PYTHON) -m bookingsite.demo

.PHONY: worker
worker: $(INSTALLED) ## Only the worker, with the settings of .env
	@$(PYTHON) manage.py worker

.PHONY: test
test: $(INSTALLED) $(READERS) browser translations ## The whole suite; ARGS="tests/wix -k retry" for a part of it
	$(PYTHON) -m pytest --numprocesses logical --maxprocesses 4 --dist worksteal $(ARGS)

.PHONY: kills
kills: $(INSTALLED) ## Kill a process at every boundary of every path, on both databases
	KILL_EVERYWHERE=1 $(PYTHON) -m pytest tests/kills --numprocesses logical --maxprocesses 4 --quiet

.PHONY: soak
soak: SEED ?= 1
soak: MINUTES ?= 2
soak: $(INSTALLED) ## Two hundred customers for forty places; SEED=7 MINUTES=10 for ten seeds from the seventh
	SEED=$(SEED) MINUTES=$(MINUTES) $(PYTHON) -m pytest tests/races/test_forty_places.py --quiet

.PHONY: coverage
coverage: $(INSTALLED) $(READERS) browser translations ## The suite again, saying which lines it never ran
	$(PYTHON) -m pytest --numprocesses logical --maxprocesses 4 --cov --cov-report term $(ARGS)

.PHONY: bench
bench: $(INSTALLED) ## Speed and cost beside a bare Django page; writes bench.json
	@$(PYTHON) -m bench $(ARGS)

.PHONY: check
check: format lint types imports migrations templates translations ## Everything that needs no test run

.PHONY: format
format: $(INSTALLED)
	$(RUFF) format --check .

.PHONY: lint
lint: $(INSTALLED)
	$(RUFF) check .

.PHONY: types
types: $(INSTALLED)
	.venv/bin/mypy

.PHONY: imports
imports: $(INSTALLED)
	.venv/bin/lint-imports

.PHONY: migrations
migrations: $(INSTALLED)
	$(CHECK_ENV) $(PYTHON) manage.py check --fail-level WARNING
	$(CHECK_ENV) $(PYTHON) manage.py makemigrations --check --dry-run

.PHONY: templates
templates: $(INSTALLED)
	.venv/bin/djlint templates --lint --quiet

.PHONY: translations
translations: $(INSTALLED)
	@if [ -d locale ]; then .venv/bin/pybabel --quiet compile --directory locale --domain django; \
	  else echo "No translations yet."; fi

.PHONY: fix
fix: $(INSTALLED) ## Format, and repair what ruff can repair by itself
	$(RUFF) check --fix .
	$(RUFF) format .

COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-header \
  --no-emit-index-url --python-version 3.12 pyproject.toml
UPGRADE ?= --upgrade

.PHONY: lock
lock: $(filter .venv-tools/%,$(UV)) ## Renew the locked dependencies; UPGRADE= keeps what still fits
	$(COMPILE) $(UPGRADE) --extra postgres --extra redis --extra stripe --output-file requirements/site.txt >/dev/null
	$(COMPILE) $(UPGRADE) --extra sandbox --constraint requirements/site.txt \
	  --output-file requirements/sandbox.txt >/dev/null
	$(COMPILE) $(UPGRADE) --all-extras --group dev --constraint requirements/site.txt \
	  --output-file requirements/dev.txt >/dev/null

.PHONY: clean
clean: ## Remove what make has made, except var/
	rm -rf .venv .venv-tools tests/tools/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache htmlcov bench.json
