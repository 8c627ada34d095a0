# Set-up and the main job:  make articles
# Set-up and the tests:     make test
# The quick ones of them:   make quick

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: articles test quick check format lock clean

# The reviewed translations of the sample articles, merged into build/.
articles: $(VENV)/installed
	$(BIN)/l10n extract articles/
	$(BIN)/l10n merge locales/

test: $(VENV)/tested
	$(BIN)/pytest -n auto

# The unit tests and the fast property tests: under half a minute on two cores.
quick: $(VENV)/tested
	$(BIN)/pytest -n auto -m "not slow" tests/unit tests/property

check: $(VENV)/tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/tested
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What CI tests with: run after a change of dependencies with the oldest Python that is promised, so that all others
# can install it too (PYTHON=/usr/bin/python3 on Debian 12), and commit the result.
lock:
	rm -rf $(VENV) && $(MAKE) $(VENV)/tested LOCKED=
	$(BIN)/pip freeze --exclude-editable --exclude l10n-docs > requirements-test.lock

clean:
	rm -rf $(VENV) build

$(VENV)/installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	touch $@

LOCKED = -c requirements-test.lock
$(VENV)/tested: $(VENV)/installed requirements-test.lock
	$(BIN)/pip install --quiet --disable-pip-version-check $(LOCKED) -e '.[test]'
	touch $@
