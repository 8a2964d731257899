"""``python -m ortaq.site.messages``: collects the texts to translate into the catalogues, with GNU gettext."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
LANGUAGES = ("kk", "az", "ru", "en")


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ortaq.site.settings")
    os.environ.setdefault("ORTAQ_DATA", "var/data")
    import django
    from django.core.management import call_command

    django.setup()
    os.chdir(PACKAGE)
    call_command(
        "makemessages",
        locale=list(LANGUAGES),
        ignore_patterns=["static/*"],
        no_location=True,
        no_wrap=True,
        verbosity=0,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
