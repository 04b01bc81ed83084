# Every target sets itself up: it needs only git, make and Python >= 3.11.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: help setup chat run test lint format bench bench-places communes lock clean
.DEFAULT_GOAL := help

help: ## ce que chaque commande fait
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

# uv comes first, alone, from the same lock file as everything else.
$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Il faut Python 3.11 ou plus récent (make PYTHON=python3.12 …)."; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > $(VENV)/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.lock

$(READY): requirements.lock | $(BIN)/uv
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip sync --quiet --require-hashes requirements.lock
	@touch $@

setup: $(READY) ## installe tout dans .venv, et prépare la première réponse
	@$(BIN)/python -m bot ask Roubaix > /dev/null || true

chat: $(READY) ## parler avec le bot dans le terminal
	@$(BIN)/python -m bot chat

run: $(READY) ## lancer le bot Telegram (TELEGRAM_TOKEN dans .env)
	@$(BIN)/python -m bot run

test: lint ## lint, base de connaissances et tests
	@$(BIN)/python -m bot check
	@$(BIN)/python -m pytest

lint: $(READY) ## ruff et mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy

format: $(READY) ## met le code en forme
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

bench: bench-places ## tous les bancs d'essai

bench-places: $(READY) ## quelle commune on veut dire : précision, temps, mémoire
	@$(BIN)/python -m tests.benchmarks.places

lock: $(READY) ## recompile requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --output-file requirements.lock pyproject.toml

communes: $(READY) ## recompile knowledge/communes.tsv depuis les données ouvertes
	@$(BIN)/python -m bot.places.compiling

clean: ## efface ce que les commandes ont créé
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
