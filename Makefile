# Every target sets itself up: it needs only git, make and Python >= 3.11.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: help setup chat run test lint format schemas bench bench-places bench-questions bench-knowledge bench-delivery bench-reminders soak communes learn lock clean
.DEFAULT_GOAL := help

help: ## ce que chaque commande fait
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 18

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
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: $(READY) ## ruff et mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy

format: $(READY) ## met le code et la base en forme
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/python -m bot format

schemas: $(READY) ## récrit knowledge/schemas/ d'après le modèle et le vocabulaire
	@for kind in city topic event article vocabulary; do $(BIN)/python -m bot schema $$kind > knowledge/schemas/$$kind.json; done

bench: bench-places bench-questions bench-knowledge bench-delivery bench-reminders ## tous les bancs d'essai

bench-places: $(READY) ## quelle commune on veut dire : précision, temps, mémoire
	@$(BIN)/python -m tests.benchmarks.places

bench-questions: $(READY) ## les réponses aux questions, à côté d'autres recherches
	@$(BIN)/python -m tests.benchmarks.questions

bench-knowledge: $(READY) ## lire, vérifier et recharger la base
	@$(BIN)/python -m tests.benchmarks.knowledge --write

bench-delivery: $(READY) ## les envois : débit, attente, mémoire
	@$(BIN)/python -m tests.benchmarks.delivery storage
	@$(BIN)/python -m tests.benchmarks.delivery pace
	@$(BIN)/python -m tests.benchmarks.delivery memory

bench-reminders: $(READY) ## les rappels : 10 000 groupes, 1 000 rencontres
	@$(BIN)/python -m tests.benchmarks.reminders

soak: $(READY) ## la forme longue des essais de panne, une demi-heure
	@$(BIN)/python -m pytest -m soak -s

communes: $(READY) ## recompile knowledge/communes.tsv depuis les données ouvertes
	@$(BIN)/python -m bot.places.compiling

learn: $(READY) ## récrit ce que bot/search/ a appris d’après les questions de tests/questions/
	@$(BIN)/python -m tests.questions.learning

lock: | $(BIN)/uv ## recompile requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --output-file requirements.lock pyproject.toml

clean: ## efface ce que les commandes ont créé
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
