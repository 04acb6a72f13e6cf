# The workflow as an executable text. CONTRIBUTING.md prints what `check` runs, so nobody needs make; the others take long.

check: lint types floors test

test:
	python -m pytest -n 2 --cov --cov-fail-under=95

exact:
	LEDGER_EXACT=5000 python -m pytest -n 0 tests/test_exactness.py

lint:
	ruff check .
	ruff format --check .

types:
	mypy

floors:
	lint-imports

hammer:
	LEDGER_HAMMER=8x300 python -m pytest -n 0 tests/test_store.py -k several_processes

sudden-death:
	python tests/sudden_death.py 500 100

bench:
	python benchmarks/startup.py
	python benchmarks/parse.py
	python benchmarks/growth.py
	python benchmarks/contain.py

bench-large:
	for size in 10000 100000 1000000; do python benchmarks/large_ledger.py $$size.db $$size plain; done
	python benchmarks/questions.py 10000.db 100000.db 1000000.db --plot growth.svg
	python benchmarks/large_ledger.py whole.db 1000000
	python benchmarks/commands.py whole.db
	python benchmarks/recording.py
	python benchmarks/verify.py

tamper:
	python tests/tampering.py

prove:
	LEDGER_MUTATIONS=10000 python -m pytest -n 0 tests/test_check_proof.py -k mutated

wheel:
	python -m pip wheel --no-deps --wheel-dir dist .

.PHONY: check test exact lint types floors hammer sudden-death bench bench-large tamper prove wheel
