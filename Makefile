# Three commands matter: `make demo` shows it, `make quick` goes along with work, `make test` proves it. All install
# what they need into .venv.
PYTHON ?= python3
BIN := .venv/bin
TESTS := streak_infor_orchestration_tests

.PHONY: help install demo quick test lint types imports unit e2e proof proof-short figures problems pictures bench mutate constraints clean

help:  ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 14

install: .venv/installed  ## the environment, from constraints.txt

.venv/installed: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --python $(BIN)/python -c constraints.txt -e '.[dev]'
	@touch $@

# What tests need of the system: $(1) of the packages $(2). Root installs it where it is missing; anybody else is told
# by the tests which of them were left out.
system = command -v $(1) >/dev/null || test $$(id -u) != 0 || { apt-get update -q && apt-get install -qy $(2); }

# The independent OAuth server of the tests is a package of npm's.
.venv/oauth-server: .venv/installed $(wildcard $(TESTS)/integration/oauth/package*.json)
	@$(call system,npm,nodejs npm)
	@if command -v npm >/dev/null; then $(BIN)/python -m $(TESTS).integration.oauth.server && touch $@; fi

# A real Redis for the tests of several machines.
.venv/redis-server: .venv/installed
	@$(call system,redis-server,redis-server)
	@if command -v redis-server >/dev/null; then touch $@; fi

demo: install  ## twins, gateway, Dagster and the story of one deal; ONCE=1 ends after the verdict, ERP=syteline is another product
	$(BIN)/streak-infor demo $(if $(ONCE),--once) $(if $(ERP),--erp $(ERP))

quick: lint types  ## while you work: lint, types and the tests that find most per second, in a minute
	$(BIN)/python -m $(TESTS).suite.quick -n 2 --dist worksteal

test:  ## everything; a skipped test fails; says which tests were the slowest and how long each part took
	@$(MAKE) --no-print-directory timed-lint timed-unit
	@$(MAKE) --no-print-directory -j 2 timed-e2e timed-types timed-imports  # the stories mostly wait

timed-%:
	@begun=$$(date +%s); $(MAKE) --no-print-directory $*; code=$$?; \
		echo "$* took $$(($$(date +%s) - begun)) s"; exit $$code

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
	$(BIN)/python -m pytest -n 2 --dist worksteal --durations 10 -m "not e2e" $(TESTS)

e2e: install
	$(BIN)/python -m pytest -n 2 --dist loadgroup --durations 10 -m e2e $(TESTS)

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

pictures: install  ## docs/deal.svg, from a deal that is followed through the rooms
	$(BIN)/python -m $(TESTS).pictures

mutate: install  ## small seeded changes to the code, each of which a test has to notice; ROOMS="sync gateway" for some, QUICK=1: by `make quick` alone
	$(BIN)/python -m $(TESTS).mutate $(ROOMS) $(if $(QUICK),--quick $(call keep,quick),$(call keep,mutation))

bench: install  ## the performance budget, each figure beside its peer; QUICK=1 only sees that it runs
	$(BIN)/python -m $(TESTS).bench $(if $(QUICK),--quick) $(call keep,bench)

constraints: install  ## resolve the pinned versions anew; names no registry
	$(BIN)/uv pip compile --quiet --universal --no-header --no-annotate --python-version 3.11 --all-extras pyproject.toml -o constraints.txt

clean:
	rm -rf .venv build dist *.egg-info .demo
