"""A photo is drawn anew: what the camera wrote is gone, what is no picture is refused, who may not see it does not."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ortaq.alerts import photos
from ortaq.alerts.models import Alert
from ortaq.engine import store
from ortaq.engine.models import StoredFile
from ortaq.engine.problems import Problems
from tests.alerts.reporting import report, reported
from tests.cast import Cast
from tests.web.posting import said, signed_in

Image = pytest.importorskip("PIL.Image", reason="pictures are read with Pillow")
pytestmark = pytest.mark.django_db(databases="__all__")
GPS, LATITUDE, DESCRIPTION, ORIENTATION = 0x8825, 2, 0x010E, 0x0112


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    return django_capture_on_commit_callbacks


def taken(sort: str = "JPEG", size: tuple[int, int] = (60, 40), **given: Any) -> bytes:
    """A picture as a phone makes it, with the place in it."""
    exif = Image.Exif()
    exif[DESCRIPTION], exif[ORIENTATION] = "zqxcamera", 6
    exif.get_ifd(GPS)[LATITUDE] = (42.0, 51.0, 4.0)
    out = io.BytesIO()
    mode = given.pop("mode", "RGB")
    Image.new(mode, size).save(out, sort, exif=exif, **given)
    return out.getvalue()


def upload(data: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


@pytest.mark.parametrize("sort", ["JPEG", "PNG", "WEBP"])
def test_a_photo_loses_what_the_camera_wrote(sort: str) -> None:
    given = taken(sort)
    assert b"zqxcamera" in given
    made = photos.redrawn(given)
    with Image.open(io.BytesIO(made)) as picture:
        assert picture.format == "JPEG" and picture.size == (40, 60)  # turned the way the camera was held
        assert not picture.getexif() and not {"exif", "icc_profile", "comment"} & set(picture.info)
    assert b"zqxcamera" not in made and b"Exif" not in made


def test_a_big_photo_becomes_smaller() -> None:
    out = io.BytesIO()
    Image.new("RGB", (5000, 1000)).save(out, "PNG")
    with Image.open(io.BytesIO(photos.redrawn(out.getvalue()))) as picture:
        assert picture.size == (2400, 480)


@pytest.mark.parametrize("mode", ["L", "RGBA", "LA", "P", "1"])
def test_every_sort_of_colour_is_read(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (10, 10)).save(out, "PNG")
    assert photos.redrawn(out.getvalue()).startswith(b"\xff\xd8")


def bomb() -> bytes:
    """A small file that says it is 80 megapixels."""
    out = io.BytesIO()
    Image.new("1", (10_000, 8_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "given",
    [b"", b"not a picture", b"\xff\xd8\xff\xe0" + b"\0" * 100, b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>"],
)
def test_what_is_no_picture_is_refused(given: bytes) -> None:
    with pytest.raises(Problems, match="cannot be read"):
        photos.redrawn(given)


@pytest.mark.parametrize("brand", sorted(photos.HEIF))
def test_heic_is_refused_with_what_to_do(cast: Cast, brand: bytes) -> None:
    given = b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1heic" + b"\0" * 100
    answer = report(cast.monument(), lang="en", photo=upload(given))
    assert answer.status_code == 422 and "Save or share it as JPEG" in said(answer)
    assert not Alert.objects.exists() and not StoredFile.objects.exists()


def test_too_many_pixels_and_bytes_are_refused() -> None:
    with pytest.raises(Problems, match="cannot be read"):
        photos.redrawn(bomb())
    with pytest.raises(Problems, match="too big"):
        photos.keep(io.BytesIO(b"x" * (photos.MOST_BYTES + 1)))


def test_a_torn_photo_is_refused_on_the_page_and_nothing_is_kept(cast: Cast) -> None:
    answer = report(cast.monument(), lang="en", photo=upload(taken()[:200]))
    assert answer.status_code == 422 and "cannot be read" in said(answer)
    assert not Alert.objects.exists() and not StoredFile.objects.exists()


def test_the_photo_is_shown_to_those_who_may_read_the_report(cast: Cast, committed: Any) -> None:
    alert, secret = reported(cast.monument(), committed, photo=upload(taken()))
    own = Client().get(f"/en/alert/{secret}/photo")
    picture = own.content
    assert own["Content-Type"] == "image/jpeg" and "no-store" in own["Cache-Control"]
    assert store.digest_of(alert.photo) == alert.photo and b"zqxcamera" not in picture
    with Image.open(io.BytesIO(picture)) as shown:
        assert shown.size == (40, 60)
    for name, status in (("yerlan", 200), ("aigerim", 200), ("leyla", 404), ("timur", 404)):
        assert signed_in(cast, name).get(f"/en/alerts/{alert.id}/photo").status_code == status, name
    assert Client().get(f"/en/alerts/{alert.id}/photo").status_code == 302
    assert StoredFile.objects.filter(digest=alert.photo).exists()  # so the backup takes it along


def test_a_report_without_a_photo_has_none(cast: Cast, committed: Any) -> None:
    alert, secret = reported(cast.monument(), committed)
    assert alert.photo == ""
    assert Client().get(f"/en/alert/{secret}/photo").status_code == 404
    assert signed_in(cast, "yerlan").get(f"/en/alerts/{alert.id}/photo").status_code == 404
