"""The example of docs/howto/add-a-kind.md, loaded as a node would load it, but not left in the registry."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from ortaq.engine.kinds import KINDS, Kind

FILE = Path(__file__).with_name("gravestone.py")
NAME = "ortaq_kinds_gravestone"


def example_kind() -> type[Kind]:
    if NAME not in sys.modules:
        spec = importlib.util.spec_from_file_location(NAME, FILE)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[NAME] = module
        spec.loader.exec_module(module)
        KINDS.pop("gravestone")
    found: type[Kind] = sys.modules[NAME].Gravestone
    return found
