.DELETE_ON_ERROR:
PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest --dist loadfile --maxprocesses 8 --numprocesses
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq

export DO_NOT_TRACK = 1
export PREFECT_SERVER_ANALYTICS_ENABLED = false

.PHONY: demo test test-more lint coverage corpus soak benchmark pdf-benchmark run-benchmark prefect-benchmark codelists docs clean

demo: .venv/.run        ## set up and run the main job on sample_inputs/
	$(BIN)/begroting demo --output demo-output

test: .venv/.dev        ## set up and pass the tests; needs no browser, office suite or server
	$(PYTEST) auto

test-more: .venv/.dev .venv-makers/.makers  ## what needs ../shared, makers of PDFs, Chromium, LibreOffice, servers; skips what is not there
	$(PYTEST) 3 corpus_tests

lint: .venv/.dev        ## formatting, lint, types, the walls between the rooms
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

coverage: .venv/.dev .venv-makers/.makers  ## both, with coverage by branch
	$(PYTEST) 3 --cov --cov-report=term:skip-covered tests corpus_tests

corpus: .venv/.dev      ## score the main job on the real corpus and its variants
	scripts/score.sh

soak: .venv/.dev        ## the long campaigns, whole
	BEGROTING_SOAK=1 $(PYTEST) 3 tests corpus_tests
	BEGROTING_SEEDS="1 2 3 4 5 6 7 8" scripts/score.sh
	$(BIN)/python benchmarks/text_speed.py 2000000

benchmark: .venv/.dev   ## lines a second, per core
	$(BIN)/python benchmarks/text_speed.py

pdf-benchmark: .venv-peers/.peers  ## speed, memory and cells found beside other readers of PDF; PAGES=300 SEED=7 RUNS=1
	scripts/pdf_benchmark.sh

run-benchmark: .venv/.dev .venv-makers/.makers  ## the whole run beside pdfplumber, over processes, and its memory; PAGES=300 RUNS=3
	scripts/run_benchmark.sh

prefect-benchmark: .venv/.dev .venv-makers/.makers  ## what Prefect costs a run of 20 PDFs; PAGES=100 RUNS=3
	scripts/prefect_benchmark.sh

codelists: .venv/.dev   ## write schemas/codelists/ anew from ../shared/standards
	$(BIN)/python scripts/make_codelists.py ../shared/standards

docs: .venv/.dev        ## write docs/data-dictionary.md anew from the contract
	$(BIN)/python scripts/make_docs.py

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.run: .venv/bin/python requirements/run.txt pyproject.toml
	$(PIP) install --no-deps --require-hashes --requirement requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

.venv/.dev: .venv/bin/python requirements/dev.txt pyproject.toml
	$(PIP) install --no-deps --require-hashes --requirement requirements/dev.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@ .venv/.run

.venv-peers/.peers: requirements/peers.txt pyproject.toml
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip --disable-pip-version-check -qq install --no-deps --require-hashes \
	  --requirement requirements/peers.txt
	.venv-peers/bin/python -m pip --disable-pip-version-check -qq install --no-deps --no-build-isolation --editable .
	touch $@

.venv-makers/.makers: requirements/makers.txt pyproject.toml
	$(PYTHON) -m venv .venv-makers
	.venv-makers/bin/python -m pip --disable-pip-version-check -qq install --no-deps --require-hashes \
	  --requirement requirements/makers.txt
	touch $@

clean:
	rm -rf .venv .venv-makers .venv-peers demo-output pdf-benchmark
