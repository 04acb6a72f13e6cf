"""Run the ledger from a checkout: `python cli.py ...` is `ledger ...`."""

from ledger.commands import main

if __name__ == "__main__":
    main()
