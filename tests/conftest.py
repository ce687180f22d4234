"""Options of the test run."""

import gc


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the generated texts that tests/golden compares with",
    )


def pytest_collection_finish():
    """Look for garbage less often: what has been imported and collected stays, and is a lot."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
