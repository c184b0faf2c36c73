"""One language model for all tests of the detectors."""

import pytest

from framing.detectors.pipeline import Pipeline, make_pipeline


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return make_pipeline()
