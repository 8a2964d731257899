"""What a person does on the pages of imports, in the fewest words."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from ortaq.imports.models import UNDER_WAY, ImportJob
from ortaq.imports.work import worker
from tests.cast import Cast
from tests.web.posting import Pairs, form_of, said, signed_in

COLUMNS = ["Nr", "Атауы", "Название (рус)", "Түрі", "Аудан", "Мерзімі", "Lat", "Lon", "Тізілім"]
ROW = ["1", "Домбауыл кесенесі", "Мавзолей Домбаул", "кесене", "kz-ulytau", "XIV ғ.", "47.9", "67.7", "Б-12"]


def table(*rows: list[str], columns: list[str] = COLUMNS) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([columns, *rows])
    return out.getvalue().encode()


def changed(number: int, **cells: str) -> list[str]:
    """The usual row with another number, name and place, and what is given by name of a column."""
    named = dict(zip(COLUMNS, ROW, strict=True)) | {"Nr": str(number), "Атауы": f"Кесене {number}", "Тізілім": ""}
    named |= {"Название (рус)": "", "Lat": f"{47 + number / 10:.1f}"} | cells
    return [named[name] for name in COLUMNS]


class Desk:
    """Somebody at the pages of imports."""

    def __init__(self, cast: Cast, name: str, lang: str = "en") -> None:
        self.cast, self.name, self.lang = cast, name, lang
        self.client = signed_in(cast, name)

    def page(self, path: str = "", **query: str) -> Any:
        return self.client.get(f"/{self.lang}/import{path}", query)

    def bring(self, content: bytes, name: str = "list.csv", **given: str) -> Any:
        owner = str(self.cast.museum if self.name != "leyla" else self.cast.reserve)
        file = SimpleUploadedFile(name, content)
        form = {"file": file, "kind": "heritage_object", "owner": owner, "profile": ""} | given
        return self.client.post(f"/{self.lang}/import", form)

    @property
    def job(self) -> ImportJob:
        return ImportJob.objects.filter(user=self.cast.users[self.name]).latest("created")

    def columns(self, **changes: str) -> Pairs:
        """The form of the columns as it was drawn, with other answers."""
        form = form_of(self.page(f"/{self.job.id}/columns"), "source")
        return form | {name: [value] for name, value in changes.items()}

    def check(self, **changes: str) -> ImportJob:
        """Sends the columns and lets the worker look."""
        constants = {"k0.to": "country", "k0.value": "KZ", "k1.to": "sources.source", "k1.value": "Тізім"}
        answer = self.client.post(f"/{self.lang}/import/{self.job.id}/columns", self.columns(**constants | changes))
        assert answer.status_code == 302, said(answer)
        return work(self.job)

    def do(self, what: str, **more: str) -> ImportJob:
        id_ = self.job.id
        answer = self.client.post(f"/{self.lang}/import/{id_}", {"do": what, **more})
        assert answer.status_code == 302, said(answer)
        return work(ImportJob.objects.get(id=id_))

    def post(self, path: str, **form: Any) -> Any:
        return self.client.post(f"/{self.lang}/import/{self.job.id}/{path}", form)


def work(job: ImportJob) -> ImportJob:
    """The worker, until there is nothing more to do."""
    at_work = worker()
    for _slice in range(1_000):
        at_work(0.0)
        job.refresh_from_db()
        if job.state not in UNDER_WAY:
            return job
    raise AssertionError(f"the job is still {job.state}")


def shared(name: str) -> Path:
    """A file of the shared data beside the checkout."""
    return Path(__file__).resolve().parents[2].parent / "shared" / "data" / name


def twin_page(job: ImportJob, row: int, record: UUID) -> str:
    return f"/en/import/{job.id}/twins/{row}/{record}"
