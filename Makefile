# Two commands matter: `make demo` shows it, `make test` proves it. Both install what they need into .venv.
PYTHON ?= python3
BIN := .venv/bin
TESTS := streak_infor_orchestration_tests

.PHONY: help install demo test lint types imports unit e2e proof proof-short figures problems bench mutate constraints clean

help:  ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 14

install: .venv/installed  ## the environment, from constraints.txt

.venv/installed: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --python $(BIN)/python -c constraints.txt -e '.[dev]'
	@touch $@

# The independent OAuth server of the tests is a package of npm's. Root installs Node.js where it is missing.
.venv/oauth-server: .venv/installed $(wildcard $(TESTS)/integration/oauth/package*.json)
	@command -v npm >/dev/null || { apt-get update -q && apt-get install -qy nodejs npm; }
	$(BIN)/python -m $(TESTS).integration.oauth.server
	@touch $@

# A real Redis for the tests of several machines. Root installs it where it is missing.
.venv/redis-server: .venv/installed
	@command -v redis-server >/dev/null || { apt-get update -q && apt-get install -qy redis-server; }
	@touch $@

demo: install  ## twins, gateway, Dagster and the story of one deal; ONCE=1 ends after the verdict
	$(BIN)/streak-infor demo $(if $(ONCE),--once)

test: lint unit  ## everything; a skipped test fails
	@$(MAKE) --no-print-directory -j 2 e2e types imports  # the stories mostly wait

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy streak_infor_orchestration

imports: install
	$(BIN)/lint-imports
	$(BIN)/dg check defs
	$(BIN)/dg check yaml

unit: install .venv/oauth-server .venv/redis-server
	$(BIN)/python -m pytest -n 2 -m "not e2e" $(TESTS)

e2e: install
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m e2e $(TESTS)

# FIGURES=docs/figures keeps what a run came to, for `make figures`
keep = $(if $(FIGURES),--figures $(FIGURES)/$(1).json)

proof: install  ## 5,000 deals and 200 kills, in hours; goes on where it was when it was interrupted
	$(BIN)/streak-infor proof --deals 5000 --kills 200 --seed 1000 $(call keep,proof)

proof-short: install  ## 300 deals and 30 kills on both databases
	$(BIN)/streak-infor proof --deals 300 --kills 30 --database sqlite $(call keep,proof-short-sqlite)
	$(BIN)/streak-infor proof --deals 300 --kills 30 --database postgres $(call keep,proof-short-postgres)

figures: install  ## docs/guarantees.md's tables, from docs/figures/
	$(BIN)/python -m $(TESTS).guarantees

problems: install  ## docs/problems.md, from the catalogue
	$(BIN)/python -m $(TESTS).problems

mutate: install  ## small seeded changes to the code, each of which a test has to notice; ROOMS="sync gateway" for some
	$(BIN)/python -m $(TESTS).mutate $(ROOMS)

bench: install  ## the performance budget, each figure beside its peer; QUICK=1 only sees that it runs
	$(BIN)/python -m $(TESTS).bench $(if $(QUICK),--quick) $(call keep,bench)

constraints: install  ## resolve the pinned versions anew; names no registry
	$(BIN)/uv pip compile --quiet --universal --no-header --no-annotate --python-version 3.11 --all-extras pyproject.toml -o constraints.txt

clean:
	rm -rf .venv build dist *.egg-info .demo
