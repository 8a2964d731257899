"""The schema and the API tell the same story, whatever is sent: schemathesis over every operation."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, seed, settings
from schemathesis.generation import GenerationMode

from ortaq.api.api import api
from ortaq.people.actions import new_token
from tests.cast import Cast

EXAMPLES = 8 * int(os.environ.get("ORTAQ_TEST_SCALE", "1"))
USUAL = ["2xx", "401", "403", "404", "409", "410"]
# What the schema of an operation cannot say: that a body is I-JSON, what a kind asks of its data, south before north.
CONFIG = schemathesis.Config.from_dict(
    {
        "headers": {"Host": "testserver"},
        "operations": [
            {
                "include-method": ["POST", "PUT"],
                "checks": {"positive_data_acceptance": {"expected-statuses": [*USUAL, "400", "422"]}},
            },
            {
                "include-name": "GET /api/v1/records",
                "checks": {"positive_data_acceptance": {"expected-statuses": [*USUAL, "422"]}},
            },
        ],
    }
)
SCHEMA = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"), config=CONFIG)
SCHEMA.app = get_wsgi_application()


@pytest.mark.parametrize("who", [None, "aigerim"])
@SCHEMA.parametrize()
@seed(20)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_the_schema_says(case: Any, who: str | None, keys: dict[str, str]) -> None:
    if who is not None and case.meta.generation.mode == GenerationMode.POSITIVE:
        case.path_parameters.update({name: keys[name] for name in case.path_parameters if name in keys})
    headers = {"Authorization": f"Bearer {keys['token']}"} if who else {}
    case.call_and_validate(headers=headers)


@pytest.fixture
def keys(cast: Cast) -> Iterator[dict[str, str]]:
    """What exists, so that cases reach behind the 404."""
    record = cast.monument()
    token = new_token(cast.users["aigerim"], "test")
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # they would close the connection that holds the test's transaction
    yield {"key": str(record.pid), "slug": "heritage_object", "name": "zone", "token": token}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
