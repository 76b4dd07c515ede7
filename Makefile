# Everything a person or a CI needs to do with NEXUS. `make` alone lists the targets.
# Only git, make and Python 3.11, 3.12 or 3.13 are needed; all paths are relative, so the folder may be called anything.

.DEFAULT_GOAL := help
.PHONY: help install install-dev demo run test check audit format chaos chaos-events soak bench gallery platform lock clean find-python

PY := .venv/bin/python

# The first Python of a version NEXUS runs on; with a complete venv module if there is one.
FIND_PYTHON = \
	found=; \
	for candidate in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
		"$$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null || continue; \
		[ -n "$$found" ] || found=$$candidate; \
		"$$candidate" -c 'import venv, ensurepip' 2>/dev/null && { found=$$candidate; break; }; \
	done; \
	if [ -z "$$found" ]; then \
		echo "NEXUS needs Python 3.11, 3.12 or 3.13, and none was found." >&2; \
		echo "Install one (Debian and Ubuntu: apt install python3 python3-venv) or name it: make PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

# Asking the environment itself is quick; looking for a Python is only needed to make one.
INSTALL = @$(PY) scripts/install.py $(1) --check 2>/dev/null || { $(FIND_PYTHON); "$$found" scripts/install.py $(1); }

install: ## Install NEXUS into .venv from requirements.lock
	$(call INSTALL,runtime)

install-dev: ## The same with what tests and checks need
	$(call INSTALL,dev)

demo: install ## Try it: NEXUS with a local Telegram in the browser (NEXUS_PORT=8085)
	@exec $(PY) -m bot demo

run: install ## Run everything in one process with your bot token (see .env.example)
	@exec $(PY) -m bot run

# Two at a time, each with a PostgreSQL and a Redis of its own; what drives browsers and processes stays together.
WORKERS = 2

test: install-dev ## Run the whole test suite; ARGS="-k word" narrows it
	@exec $(PY) -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)

check: install-dev ## Check format, lint, types, import contracts and known vulnerabilities
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports --no-cache
	$(PY) scripts/audit.py $(AUDIT)

audit: install-dev ## Ask about known vulnerabilities of the packages; AUDIT=--strict fails where it cannot ask
	@exec $(PY) scripts/audit.py $(AUDIT)

format: install-dev ## Format the code
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

chaos: install-dev ## Kill workers at every step on every platform, write docs/reliability.md; ARGS="--platform vk" for some
	@exec $(PY) -m tests.chaos.everywhere $(or $(ARGS),--write docs/reliability.md)

chaos-events: install-dev ## Kill the process that takes events three times while 5,000 are sent; takes minutes
	@CHAOS_EVENTS=$(or $(EVENTS),5000) exec $(PY) -m pytest tests/chaos/test_events_kill.py -q

soak: install-dev ## An hour under load while everything fails, into docs/reliability.md; ARGS="--minutes 4" for less
	@exec $(PY) -m tests.soak $(or $(ARGS),--write docs/reliability.md)

bench: install-dev ## Measure throughput, due scan and lateness, write docs/performance.md; ARGS="--quick" takes a minute
	@exec $(PY) -m tests.bench $(or $(ARGS),--write docs/performance.md)

gallery: install-dev ## Take the pictures of docs/gallery anew (needs Chromium); ARGS="--only drafts" takes some
	@exec $(PY) -m scripts.gallery $(ARGS)

UV_LOCK = uv pip compile pyproject.toml -q --universal --python-version 3.11 --no-header --no-emit-index-url --generate-hashes

platform: install-dev ## Begin a new platform: make platform slug=example [title=Example]
	@$(PY) scripts/new_platform.py "$(slug)" $(if $(title),--title "$(title)")
	@$(PY) -m ruff check -q --fix --select I core/platforms/registry.py tests/fakes/platforms/registry.py

lock: ## Make both lock files again (needs uv); UPGRADE=1 takes newer versions
	$(UV_LOCK) $(if $(UPGRADE),--upgrade) -o requirements.lock
	$(UV_LOCK) $(if $(UPGRADE),--upgrade) --extra dev -c requirements.lock -o requirements-dev.lock

clean: ## Remove .venv and caches; your data in .nexus stays
	rm -rf .venv .install.lock .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -type d -not -path './.nexus/*' -prune -exec rm -rf {} +
