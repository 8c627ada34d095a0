# Set-up and the main job:  make articles
# Set-up and the tests:     make test
# The quick ones of them:   make quick

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: articles test quick check format docs man lock clean

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

# The documentation as a site, in build/site/index.html; a link that leads nowhere is an error. DOCS is an environment
# of its own.
DOCS ?= .venv-docs
docs: $(DOCS)/installed
	$(DOCS)/bin/sphinx-build -W --keep-going -q -b html docs build/site

# The man pages, in build/man: copy them to ~/.local/share/man/man1.
man: $(VENV)/installed
	$(BIN)/python docs/commands.py build/man

# What CI tests with: run after a change of dependencies with the oldest Python that is promised, so that all others
# can install it too (PYTHON=/usr/bin/python3 on Debian 12), and commit the result.
lock:
	rm -rf $(VENV) && $(MAKE) $(VENV)/tested LOCKED=
	$(BIN)/pip freeze --exclude-editable --exclude l10n-docs > requirements-test.lock
	rm -rf $(DOCS) && $(MAKE) $(DOCS)/installed LOCKED_DOCS=
	$(DOCS)/bin/pip freeze --exclude-editable --exclude l10n-docs > requirements-docs.lock

clean:
	rm -rf $(VENV) $(DOCS) build

$(VENV)/installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	touch $@

LOCKED = -c requirements-test.lock
$(VENV)/tested: $(VENV)/installed requirements-test.lock
	$(BIN)/pip install --quiet --disable-pip-version-check $(LOCKED) -e '.[test]'
	touch $@

LOCKED_DOCS = -c requirements-docs.lock
$(DOCS)/installed: pyproject.toml requirements-docs.lock
	test -x $(DOCS)/bin/python || $(PYTHON) -m venv $(DOCS)
	$(DOCS)/bin/pip install --quiet --disable-pip-version-check $(LOCKED_DOCS) -e '.[docs]'
	touch $@
