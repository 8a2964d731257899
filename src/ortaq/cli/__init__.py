"""The command line ``ortaq``: one parser, one function a command."""

from __future__ import annotations

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

    import django  # noqa: PLC0415  the settings read the data folder that was named just now
    from django.utils import translation  # noqa: PLC0415

    django.setup()
    from ortaq.cli import commands  # noqa: PLC0415
    from ortaq.engine.log import NoNode  # noqa: PLC0415
    from ortaq.engine.problems import Absent, Forbidden, Problem, Problems  # noqa: PLC0415

    try:
        with translation.override(args.language):
            return int(getattr(commands, args.run)(args) or 0)
    except (Problem, Problems) as wrong:
        print(wrong, file=sys.stderr)
    except NoNode:
        print("There is no node in this folder. Make one with: ortaq init --prefix P --country C --name …", file=sys.stderr)
    except (Forbidden, Absent):
        print("This account may not do that, or there is no such thing.", file=sys.stderr)
    except FileNotFoundError as missing:
        print(f"There is no file {missing.filename}.", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1
