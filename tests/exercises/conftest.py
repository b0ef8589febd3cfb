"""Right answers are written to progress.json in the working folder: for these tests, a folder of their own."""

import pytest

from helpers.exercises import record


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory):
    """The learner's folder, empty at first."""
    with pytest.MonkeyPatch.context() as patch:
        path = tmp_path_factory.mktemp("learner")
        patch.chdir(path)
        yield path


@pytest.fixture
def new_session(monkeypatch, tmp_path):
    """Start a session in an empty folder; call it again for a new kernel in the same folder."""

    def start():
        monkeypatch.setattr(record, "_session", record.Record())
        monkeypatch.setattr(record, "_told", set())

    monkeypatch.chdir(tmp_path)
    start()
    return start
