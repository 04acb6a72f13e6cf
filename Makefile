# The workflow as an executable text. CONTRIBUTING.md prints the same lines, so nobody needs make.

check: lint types floors test

test:
	python -m pytest -n 2 --cov --cov-fail-under=95

lint:
	ruff check .
	ruff format --check .

types:
	mypy

floors:
	lint-imports

hammer:
	LEDGER_HAMMER=8x300 python -m pytest -n 0 tests/test_store.py -k several_processes

bench:
	python benchmarks/startup.py
	python benchmarks/parse.py
	python benchmarks/contain.py
	python benchmarks/verify.py

tamper:
	python tests/tampering.py

prove:
	LEDGER_MUTATIONS=10000 python -m pytest -n 0 tests/test_check_proof.py -k mutated

wheel:
	python -m pip wheel --no-deps --wheel-dir dist .

.PHONY: check test lint types floors hammer bench tamper prove wheel
