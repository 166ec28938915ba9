# Two commands for a new user: `make demo` and `make test`. Each sets up all that it needs.
PYTHON ?= python3
SEED ?= 1
SIZE ?= small
SERVE ?= 1
# SPARK=1: the tests run on Spark too, which needs Java and half a gigabyte of disk.
SPARK ?= 0

UV := .uv/bin/uv
BIN := .venv/bin
WORKBENCH := src/palermo/ui/workbench/index.html
export UV_PROJECT_ENVIRONMENT = .venv
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: demo test check workbench wheel clean

demo: $(WORKBENCH)
	@$(BIN)/python -m palermo.demo --seed $(SEED) --size $(SIZE) $(if $(filter 0,$(SERVE)),--no-serve)

test: $(WORKBENCH) check
	$(BIN)/python -m pytest -q

check: .venv/synced
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

workbench: $(WORKBENCH)

wheel: $(WORKBENCH)
	$(UV) build --wheel

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Palermo needs Python 3.11 or newer: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv .uv && .uv/bin/python -m pip install -q "uv>=0.9" \
		|| { echo "No virtual environment could be made; on Debian: apt-get install python3-venv" >&2; exit 1; }

.venv/synced: uv.lock pyproject.toml | $(UV)
	$(UV) sync --frozen --quiet $(if $(filter 1,$(SPARK)),--extra spark)
	@touch $@

# A Node that is missing or too old comes as a Python package, from the lock file like the rest.
$(WORKBENCH): web/package-lock.json web/index.html $(shell find web/src -type f 2>/dev/null) | .venv/synced
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a == 22 && b >= 12) || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null \
		|| $(UV) sync --frozen --quiet --group web
	cd web && npm ci --no-audit --no-fund --loglevel=error && npm run build --silent
	@touch $@

clean:
	rm -rf .venv .uv demo dist web/node_modules src/palermo/ui/workbench
