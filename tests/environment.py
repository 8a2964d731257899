"""A data folder and a database of its own for every test process, set before the settings are read.

Loaded with ``-p tests.environment`` (pyproject.toml). ``ORTAQ_TEST_DATABASE=postgres``
runs the same tests on a throwaway PostgreSQL server, started once a run.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

from tests.postgres import server

FOLDER = tempfile.mkdtemp(prefix="ortaq-test-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["ORTAQ_DATA"] = FOLDER
os.environ["ORTAQ_HOSTS"] = "localhost,127.0.0.1,testserver"
os.environ["DJANGO_SETTINGS_MODULE"] = "ortaq.site.settings"
if os.environ.get("ORTAQ_TEST_DATABASE", "").startswith("postgres") and "ORTAQ_DATABASE" not in os.environ:
    running = server()
    os.environ["ORTAQ_DATABASE"] = running.__enter__()
    atexit.register(running.__exit__, None, None, None)
