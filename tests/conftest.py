"""Fixtures that several test files share."""

import shutil
from pathlib import Path

import pytest
from readings import noon

from ledger.store import open_ledger


@pytest.fixture(scope="session")
def migrated_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ledger, made by the migrations once; never to be written."""
    path = tmp_path_factory.mktemp("migrated") / "ledger.db"
    open_ledger(str(path), clock=noon).close()
    return path


@pytest.fixture
def empty_db(migrated_db: Path, tmp_path: Path) -> Path:
    """A fresh empty ledger that the test may write; its schema is this program's."""
    return Path(shutil.copy(migrated_db, tmp_path / "ledger.db"))
