# Needs make and Python 3.11 or newer; everything else is installed into .venv. `make` alone lists the targets.
PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
DEMO_DATA ?= .demo
DEMO_QUESTION ?= 场景实验室由哪个单位牵头？
PIP := $(BIN)/python -m pip install --disable-pip-version-check
TORCH := $(shell sed -n 's/.*"\(torch==[0-9.]*\)".*/\1/p' pyproject.toml)

.PHONY: help demo test check format eval report bench peers reader held-out judgements screenshots architecture clean distclean
.DEFAULT_GOAL := help

help:
	@echo "make demo     install, read the sample documents, answer one question, serve the web client"
	@echo "              (ARGS=--no-serve stops after the answer; ARGS='--port 9000' serves elsewhere)"
	@echo "make test     install what tests need and run all tests (ARGS goes to pytest)"
	@echo "make check    ruff, mypy --strict and the one-way rule of imports"
	@echo "make format   lay out the code and mend what ruff can mend"
	@echo "make eval     score the answers on the question sets against their bars"
	@echo "make report   write the newest run of make eval as reports/report.html"
	@echo "make bench    measure ingestion, answering, memory and the published question sets"
	@echo "make peers    ask the same questions of LangChain, LlamaIndex and Haystack, and write docs/benchmarks.md"
	@echo "make reader   train the reader further on the prepared data (ARGS=--anew begins from the embedder)"
	@echo "make held-out  write the questions on validation documents as a set to calibrate on (ARGS=FOLDER)"
	@echo "make judgements   fit anew what a question is judged by"
	@echo "make screenshots  take the pictures of the web client in docs/screenshots"
	@echo "make architecture  draw the picture of docs/architecture.md from the code"
	@echo "make clean    remove caches, build outputs and the demo's data; distclean removes .venv too"

# The web client is built when the package is installed, so that a change of it installs the package again.
WEB := $(shell find bot/web/src bot/web/public bot/web/*.json bot/web/*.html -type f ! -name schema.d.ts)

# Each stamp says that this set of packages stands in .venv as pyproject.toml asks; a second call is instant.
$(BIN)/python:
	@$(PYTHON) -c '' 2>/dev/null || \
	  { echo "error: '$(PYTHON)' was not found; install Python 3.11 or newer, or name one: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; found = sys.version_info; sys.exit(found < (3, 11) and "error: Python 3.11 or newer is needed, %s is %d.%d.%d; name a newer one: make PYTHON=python3.12" % ((sys.executable,) + tuple(found[:3])))'
	@echo "==> making a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "error: venv failed; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

$(VENV)/.torch: pyproject.toml | $(BIN)/python
	@echo "==> installing $(TORCH) (the largest download; minutes on a slow line)"
	@$(PIP) "$(TORCH)"
	@touch $@

$(VENV)/.run: pyproject.toml $(WEB) $(VENV)/.torch
	@echo "==> installing clausewise and what it needs"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.test: pyproject.toml $(WEB) $(VENV)/.torch
	@echo "==> installing clausewise and what its tests need"
	@$(PIP) --editable '.[test]'
	@touch $@ $(VENV)/.run

$(VENV)/.dev: pyproject.toml $(WEB) $(VENV)/.torch
	@echo "==> installing clausewise and what its development needs"
	@$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.test $(VENV)/.run

$(VENV)/.peers: pyproject.toml $(WEB) $(VENV)/.torch
	@echo "==> installing clausewise and the frameworks it is compared with"
	@$(PIP) --editable '.[peers]'
	@touch $@ $(VENV)/.run

$(VENV)/.train: pyproject.toml $(WEB) $(VENV)/.torch
	@echo "==> installing clausewise and what trains its reader"
	@$(PIP) --editable '.[train]'
	@touch $@ $(VENV)/.run

demo: $(VENV)/.run
	@echo "==> reading the sample documents into $(DEMO_DATA) (the first time also builds the embedding model)"
	@$(BIN)/clausewise ingest --samples --data $(DEMO_DATA)
	@echo "==> asking: $(DEMO_QUESTION)"
	@$(BIN)/clausewise ask "$(DEMO_QUESTION)" --data $(DEMO_DATA)
ifeq ($(filter --no-serve,$(ARGS)),)
	@echo "==> to ask more in a terminal: source $(VENV)/bin/activate && clausewise ask \"…\" --data $(DEMO_DATA)"
	@echo "==> serving the web client"
	@$(BIN)/clausewise serve --data $(DEMO_DATA) $(ARGS)
endif

test: $(VENV)/.test
	@echo "==> running all tests"
	@$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/.dev
	@echo "==> ruff check"
	@$(BIN)/ruff check .
	@echo "==> ruff format --check"
	@$(BIN)/ruff format --check .
	@echo "==> mypy --strict"
	@$(BIN)/mypy --strict
	@echo "==> lint-imports"
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/lint-imports

format: $(VENV)/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# All are scored, whichever misses a bar; the bars stand in eval/gates.toml.
eval: $(VENV)/.run
	@status=0; \
	echo "==> scoring the answers on the documents that show faults"; \
	$(BIN)/clausewise eval run gate --gate --runs reports/runs || status=$$?; \
	echo "==> scoring the answers on the sample documents"; \
	$(BIN)/clausewise eval run samples --gate --runs reports/runs || status=$$?; \
	echo "==> scoring the answers on the real documents"; \
	$(BIN)/clausewise eval run seeds --gate --runs reports/runs || status=$$?; \
	echo "==> scoring the answers on the further real documents"; \
	$(BIN)/clausewise eval run policies --gate --runs reports/runs || status=$$?; \
	echo "==> scoring the answers to questions in everyday words"; \
	$(BIN)/clausewise eval run everyday --gate --runs reports/runs || status=$$?; \
	echo "==> comparing what is read of the real documents with what people marked"; \
	$(BIN)/clausewise eval structure --gate || status=$$?; \
	exit $$status

report: $(VENV)/.run
	@$(BIN)/clausewise eval report $(or $(ARGS),latest) --runs reports/runs --output reports/report.html

bench: $(VENV)/.test
	@echo "==> measuring ingestion, answering and memory"
	@$(BIN)/clausewise eval bench $(ARGS)
	@echo "==> measuring a cold question in processor time"
	@$(BIN)/clausewise ingest --samples --data .bench/samples >/dev/null 2>&1
	@$(BIN)/python -m eval.benchmarks.speed.cold .bench/samples
	@echo "==> holding the server to the description of its interface, 3,000 cases"
	@$(BIN)/python -m eval.benchmarks.stress.contract
	@echo "==> looking at /healthz while 64 clients ask and a document is published"
	@$(BIN)/python -m eval.benchmarks.stress.load
	@echo "==> measuring the web client in a browser"
	@$(BIN)/python -m eval.benchmarks.speed.page
	@echo "==> timing each step of ingesting and asking, up to 100,000 clauses (the plot goes to .bench/growth.html)"
	@mkdir -p .bench
	@$(BIN)/clausewise eval speed --plot .bench/growth.html
	@echo "==> killing the program 100 times at random moments of its work"
	@$(BIN)/python -m eval.benchmarks.stress.kills --kills 100
	@echo "==> measuring memory while 2,000 documents are ingested"
	@$(BIN)/clausewise eval memory
	@echo "==> asking the published sets (their documents are indexed in .bench, which takes an hour the first time)"
	@$(BIN)/clausewise eval public ncp --data .bench/ncp --min rouge_l=0.36
	@$(BIN)/clausewise eval public legal_dc --data .bench/legal_dc --min clause_within_500=0.82 \
	  --min clause_within_1500=0.93
	@echo "==> what each part of retrieval is worth"
	@$(BIN)/clausewise eval ablate policies --half development

reader: $(VENV)/.train
	@echo "==> training the reader (up to three hours on two cores; ARGS='--minutes 60' ends sooner)"
	@$(BIN)/python -m eval.reading.command $(ARGS)

held-out: $(VENV)/.train
	@test -n "$(ARGS)" || { echo "error: name the folder to write to: make held-out ARGS=FOLDER" >&2; exit 2; }
	@echo "==> writing the validation questions as a set (ARGS=FOLDER)"
	@$(BIN)/python -m eval.reading.held_out $(ARGS)

judgements: $(VENV)/.train
	@echo "==> fitting what a question is judged by (a minute)"
	@$(BIN)/python -m eval.reading.judgements $(ARGS)

peers: $(VENV)/.peers
	@echo "==> asking the same questions of Clausewise and of frameworks (20 minutes)"
	@$(BIN)/clausewise eval peers --write docs/benchmarks.md $(ARGS)

screenshots: $(VENV)/.test
	@echo "==> taking pictures of the web client (needs chromium and the fonts fonts-noto-cjk)"
	@$(BIN)/python docs/screenshots/make.py

architecture: $(VENV)/.test
	@echo "==> drawing the architecture"
	@$(BIN)/python docs/architecture/make.py

clean:
	@echo "==> removing caches, build outputs and $(DEMO_DATA)"
	@rm -rf build dist reports $(DEMO_DATA) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	@find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +

distclean: clean
	@echo "==> removing $(VENV)"
	@rm -rf $(VENV)
