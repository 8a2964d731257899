"""The one row that says where the log ends."""

from typing import Any

from django.db import migrations


def begin(apps: Any, schema_editor: Any) -> None:
    apps.get_model("engine", "Log").objects.get_or_create(id=1)


class Migration(migrations.Migration):
    dependencies = [("engine", "0001_initial")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
