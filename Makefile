# Two commands matter: `make demo` and `make test`. Everything else is a part of one of them.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
DATA ?=
export KOOPKRACHT_HOME ?= $(CURDIR)/var/demo

.PHONY: demo test setup check fast clean

demo: setup
	$(BIN)/koopkracht demo --serve $(if $(DATA),--data $(DATA))

test: setup
	$(BIN)/python tools/run_tests.py

fast: setup
	$(BIN)/python tools/run_tests.py --fast

setup: $(VENV)/.installed
	$(BIN)/python tools/frontend.py

$(VENV)/.installed: requirements/bootstrap.txt requirements/dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/bootstrap.txt
	$(BIN)/uv pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

# Choose new versions of everything, within the bounds of pyproject.toml. Commit the result.
lock:
	$(BIN)/uv pip compile -q pyproject.toml --extra dev --extra schematron --generate-hashes --no-header --no-annotate --universal --python-version 3.11 -o requirements/dev.txt
	$(BIN)/uv pip compile -q pyproject.toml --extra schematron --generate-hashes --no-header --no-annotate --universal --python-version 3.11 -c requirements/dev.txt -o requirements/runtime.txt

clean:
	rm -rf $(VENV) build dist src/koopkracht/web/static/vendor src/koopkracht/catalogue/data
