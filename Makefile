PYTHON ?= python3
BIN := .venv/bin
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup demo run test check fix migrate messages bench wheel lock

help: ## Print these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install all it takes to run, test and check
	@$(PYTHON) -m tools.setup dev

demo: ## Serve the four demo events on http://127.0.0.1:8000
	@$(PYTHON) -m tools.setup run
	@$(BIN)/python -m eventhub demo $(ARGS)

run: ## Serve the database as it is, with the job worker
	@$(PYTHON) -m tools.setup run
	@$(BIN)/python -m eventhub run $(ARGS)

test: setup ## Run the tests (ARGS="tests/badges -k photo" for some)
	@$(BIN)/python -m pytest -n auto -m "not postgres" $(ARGS)
	@$(if $(ARGS),,$(BIN)/python -m tools.with_postgres --if-there $(BIN)/python -m pytest -m postgres)

check: setup ## Look for faults in style, types, floors and templates, then test
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint --lint templates
	@$(BIN)/python -m pytest -n auto $(ARGS)

fix: setup ## Put right what ruff can put right by itself
	@$(BIN)/ruff check --fix

migrate: ## Bring the database to the newest schema
	@$(PYTHON) -m tools.setup run
	@$(BIN)/python -m eventhub migrate

messages: setup ## Collect the texts to translate and compile the translations
	@$(BIN)/python -m eventhub messages

bench: setup ## Measure speed, bytes and SQL against a bare Flask page
	@$(BIN)/python -m bench $(ARGS)

wheel: setup ## Build the wheel into dist/
	@$(BIN)/python -m build --wheel --no-isolation

lock: setup ## Write the lock files anew (UPGRADE=1 takes the newest versions)
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tools.lock $(if $(UPGRADE),--upgrade)
