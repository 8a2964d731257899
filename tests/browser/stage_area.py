"""``python -m tests.browser.stage_area``: the stage, with a protection zone around the object and tiles of the node."""

from __future__ import annotations

import tempfile
from pathlib import Path

ZONE = [[68.2, 42.8], [68.35, 42.8], [68.35, 42.9], [68.2, 42.9], [68.2, 42.8]]


def main() -> str:
    from ortaq.engine import access, actions
    from ortaq.people.actors import member
    from ortaq.people.models import User
    from ortaq.tiles import kept
    from tests.browser import stage
    from tests.tiles.making import ids, mbtiles, vector_tile

    pid = stage.main()
    aigerim = member(User.objects.get(email="aigerim@example.org"))
    view = access.get(aigerim, pid)
    outline = {"type": "Polygon", "coordinates": [ZONE]}
    zones = [{"zone": "protection_zone", "outline": outline, "valid": {"from": "2010-01-01"}}]
    actions.revise(aigerim, view.record.id, view.data | {"zones": zones}, base_revision=view.record.revision)
    with tempfile.TemporaryDirectory() as folder:
        kept.add(mbtiles(Path(folder) / "lake.mbtiles", {at: vector_tile() for at in ids(4)}))
    return pid


if __name__ == "__main__":
    import django

    django.setup()
    print(main())
