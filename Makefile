# Two commands matter: `make run` shows the observatory, `make test` checks it. `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.DEFAULT_GOAL := help
.PHONY: help run test env test-env browser starter fuzz faults scale proxy audit lock bench lint clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: env ## open the observatory on http://localhost:8501 and try the national update behind it
	@mkdir -p var
	@nohup $(BIN)/python -m loaders update --only decp_tabular >var/update.log 2>&1 & :
	$(BIN)/streamlit run app.py --server.port $(PORT)

starter: env ## rebuild data/starter from the published files in FILES=folder (see data/sources.toml)
	$(BIN)/python -m loaders build --starter --out data/starter \
	  --from decp_tabular_2026_08=$(FILES)/decp_tabular/decp_2026-08-19_61rows_64cols.parquet \
	  --from decp_aife_2020=$(FILES)/decp_tabular/decp_2019_flattened_10000.csv \
	  --from decp_aife_2019_04=$(FILES)/decp_2019_json/data.gouv.fr_aife_json_2019-04-04.zip \
	  --from decp_pes_2019_04=$(FILES)/decp_2019_json/pes_json_2019-04-05.zip \
	  --from boamp_2019_2020=$(FILES)/boamp/boamp_awards_2019-09_2020-12.parquet

test: test-env browser ## install what the tests need and run them all
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m pytest

fuzz: test-env ## read 20 000 real records made wrong (real files in NUAGES_REAL_FILES), a few minutes
	NUAGES_MUTATIONS=20000 $(BIN)/python -m pytest tests/faults/test_mutations.py

faults: test-env ## kill an update at 50 places, fill disks, answer badly: all that docs/security.md promises
	NUAGES_KILLS=50 $(BIN)/python -m pytest tests/faults

audit: .venv/audit.stamp ## look for known vulnerabilities in the pinned requirements (asks pypi.org)
	@.venv/audit/bin/pip-audit --format json --progress-spinner off --require-hashes --disable-pip \
	  -r requirements.txt -r requirements-dev.txt -r requirements-bench.txt 2>.venv/audit.log | $(PYTHON) .ci/audit.py $(AUDIT)

.venv/audit.stamp:
	$(PYTHON) -m venv .venv/audit
	.venv/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	@touch $@

scale: test-env browser proxy ## three processes behind nginx, editions in an object store, one of them killed under load
	$(BIN)/python -m pytest -n 0 -m scale tests/scale

proxy: ## install nginx and openssl from the distribution when they are not there
	@{ command -v nginx || test -x /usr/sbin/nginx; } >/dev/null && command -v openssl >/dev/null \
	  || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends nginx openssl; }

env: .venv/run.stamp ## create the environment (.venv) from the pinned requirements

test-env: .venv/test.stamp

.venv/run.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; here: " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/test.stamp: .venv/run.stamp requirements-dev.txt requirements-bench.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

browser: ## install Chromium from the distribution when no browser is there
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	  || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends chromium; }

lock: test-env ## compile requirements*.in into pinned, hashed files
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url requirements-dev.in -o requirements-dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url requirements-bench.in -o requirements-bench.txt

bench: test-env browser ## measure everything on made-up national files
	$(BIN)/python -m benchmarks loaders
	$(BIN)/python -m benchmarks serve
	$(BIN)/python -m benchmarks engines

lint: test-env ## format and check the code
	$(BIN)/python -m ruff format .
	$(BIN)/python -m ruff check --fix .

clean: ## remove the environment; editions are kept
	rm -rf .venv var
