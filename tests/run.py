"""``make test``: everything that this machine can run, and plainly what it cannot and why.

The suite without a browser runs on SQLite and on PostgreSQL, the browser tests once.
With ``ORTAQ_REQUIRE_ALL`` set (as ``.ci/run`` does) anything that cannot run is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.postgres import programs

BROWSER = ["tests/browser"]
BACKEND_FREE = ["tests/project", "tests/docs", "tests/vocab", "tests/engine/test_log.py"]  # the last brings its own


def main() -> int:
    missing: list[str] = []
    status = pytest("SQLite", ["tests", "--ignore=tests/browser"])
    if programs() is None:
        missing.append("PostgreSQL: no initdb on this machine (Debian: apt-get install postgresql)")
    else:
        skip = [f"--ignore={folder}" for folder in BACKEND_FREE]
        status |= pytest("PostgreSQL", ["tests", "--ignore=tests/browser", *skip], ORTAQ_TEST_DATABASE="postgres")
    if shutil.which("chromium") is None:
        missing.append("browser: no chromium on this machine (Debian: apt-get install chromium)")
    else:
        status |= pytest("browser", ["--dist", "loadfile", *BROWSER])  # files share a node and its browser
    for what in missing:
        print(f"NOT RUN  {what}")
    if missing and os.environ.get("ORTAQ_REQUIRE_ALL"):
        return 1
    return status


def pytest(title: str, arguments: list[str], **extra: str) -> int:
    print(f"== {title}", flush=True)
    slowest = ["--durations=15", "--durations-min=5"]
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", *slowest, *arguments]
    return subprocess.run(command, env={**os.environ, **extra}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
