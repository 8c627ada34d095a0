# Set-up and the main job:  make articles
# Set-up and the tests:     make test

PYTHON ?= python3
BIN := .venv/bin

.PHONY: articles test check format lock clean

# The reviewed translations of the sample articles, merged into build/.
articles: .venv/installed
	$(BIN)/l10n extract articles/
	$(BIN)/l10n merge locales/

test: .venv/tested
	$(BIN)/pytest -n auto

check: .venv/tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/tested
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What CI tests with: run after a change of dependencies, and commit the result.
lock:
	rm -rf .venv && $(MAKE) .venv/tested LOCKED=
	$(BIN)/pip freeze --exclude-editable --exclude l10n > requirements-test.lock

clean:
	rm -rf .venv build

.venv/installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	touch $@

LOCKED = -c requirements-test.lock
.venv/tested: .venv/installed requirements-test.lock
	$(BIN)/pip install --quiet --disable-pip-version-check $(LOCKED) -e '.[test]'
	touch $@
