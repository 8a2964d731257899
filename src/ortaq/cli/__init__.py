"""The command line ``ortaq``: one parser, one function a command."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

from ortaq.cli.parser import parser


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command; returns its exit status. Errors that people can mend are one plain line on stderr."""
    args = parser().parse_args(argv)
    if args.data:
        os.environ["ORTAQ_DATA"] = args.data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ortaq.site.settings")

    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.utils import translation

    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        print(wrong, file=sys.stderr)
        return 1
    from ortaq.engine import reads
    from ortaq.engine.log import NoNode
    from ortaq.engine.problems import Absent, Forbidden, Problem, Problems

    try:
        with translation.override(args.language):
            module, _colon, function = args.run.partition(":")
            return int(getattr(importlib.import_module(f"ortaq.cli.{module}"), function)(args) or 0)
    except (Problem, Problems) as wrong:
        print(wrong, file=sys.stderr)
    except NoNode:
        print(
            "There is no node in this folder. Make one with: ortaq init --prefix P --country C --name …",
            file=sys.stderr,
        )
    except (Forbidden, Absent):
        print("This account may not do that, or there is no such thing.", file=sys.stderr)
    except FileNotFoundError as missing:
        print(f"There is no file {missing.filename}.", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    finally:
        reads.flush()
    return 1
