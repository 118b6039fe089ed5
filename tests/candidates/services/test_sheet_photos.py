"""Portraits in a zip, named by ID number: every one that cannot be used is told, none escapes."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from assessment_center.audit.models import AuditEntry
from assessment_center.registry import SYSTEM, RefusedError
from candidates.models import Application
from candidates.photo_book import veiled
from candidates.services.importing import ImportReport, import_sheet
from tests.candidates.sheets import row_for, student_row, workbook
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ONE, TWO, OTHER = f.id_number(1), f.id_number(2), f.id_number(3)


def packed(**files: bytes) -> io.BytesIO:
    return zipped(files.items())


def zipped(files: Any) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files:
            bundle.writestr(name, content)
    out.seek(0)
    return out


def imported(batch: Any, photos: io.BytesIO, *rows: dict[str, Any], **more: Any) -> ImportReport:
    content = workbook(list(rows) or [row_for(1), row_for(2)])
    return import_sheet(actor=SYSTEM, batch=batch, content=content, photos=photos, **more)


def on_disk(media: Path) -> list[Path]:
    return [file for file in (media / "applications").rglob("*") if file.is_file()]


def test_portraits_come_in_with_their_rows_and_once(media: Path) -> None:
    batch = c.make_open_offering().batch
    pack = [(f"照片/{ONE}.JPG", c.picture()), (f"{TWO} .png", c.picture(form="PNG"))]
    tried = imported(batch, zipped(pack), dry_run=True)
    assert (tried.photos, tried.problems, on_disk(media)) == (2, [], [])
    done = imported(batch, zipped(pack))
    assert (done.written, done.photos, done.remarks) == (True, 2, [])
    assert all(row.photo.size > 0 for row in Application.objects.all())
    assert len(on_disk(media)) == 2
    assert AuditEntry.objects.filter(verb="application.set_photo").count() == 2
    again = imported(batch, zipped(pack))
    assert (again.photos, again.changed, len(on_disk(media))) == (0, 0, 2)
    better = imported(batch, zipped([(f"{ONE}.jpg", c.picture(colour="blue"))]))
    assert (better.photos, better.changed, better.changes[0]["header"]) == (1, 1, "照片")


def test_who_has_no_portrait_is_told_and_it_hinders_nothing() -> None:
    batch = c.make_open_offering().batch
    report = imported(batch, packed(**{f"{ONE}.jpg": c.picture()}))
    assert report.written
    assert [(each["row"], each["message"]) for each in report.remarks] == [
        (3, "照片包里没有这个人的照片。")
    ]


UNUSABLE = [
    ([(f"{OTHER}.jpg", c.picture())], "表中没有这个证件号码的行"),
    ([(f"{ONE}.jpg", c.picture()), (f"{ONE}.png", c.picture(form="PNG"))], "有两张照片"),
    ([(f"../../{ONE}.jpg", c.picture())], "含有路径"),
    ([(f"/etc/{ONE}.jpg", c.picture())], "含有路径"),
    ([(f"..\\..\\{ONE}.jpg", c.picture())], "含有路径"),
    ([(f"C:\\{ONE}.jpg", c.picture())], "含有路径"),
    ([(f"{ONE}.gif", c.picture())], "文件名应为"),
    ([(f"{ONE}", c.picture())], "文件名应为"),
    ([(".jpg", c.picture())], "文件名应为"),
    ([(f"赵安二{ONE}.jpg", c.picture())], "文件名除证件号码外还有别的字"),
    ([("张三.jpg", c.picture())], "表中没有这个证件号码的行"),
    ([(f"{ONE}.jpg", b"not a picture")], "不是可用的图片"),
    ([(f"{ONE}.jpg", b"")], "空的"),
    ([(f"{ONE}.jpg", c.picture(40, 50))], "照片太小"),
    ([(f"{ONE}.jpg", b"0" * 60_000_000)], "5 MB"),
]


def test_a_portrait_that_cannot_be_used_is_told_and_nothing_is_written(media: Path) -> None:
    batch = c.make_open_offering().batch
    for files, words in UNUSABLE:
        report = imported(batch, zipped(files))
        assert [words in str(each) for each in report.problems] == [True], words
        assert report.problems[0].header == "照片"
        assert not any(number in str(report.problems[0]) for number in (ONE, TWO, OTHER))
        assert (report.written, Application.objects.count(), on_disk(media)) == (False, 0, [])


def test_what_a_computer_adds_to_a_zip_is_overlooked() -> None:
    batch = c.make_open_offering().batch
    pack = [
        ("照片/", b""),
        (f"__MACOSX/._{ONE}.jpg", b"x"),
        ("照片/.DS_Store", b"x"),
        ("Thumbs.db", b"x"),
        (f"照片/{ONE}.jpg", c.picture()),
    ]
    assert imported(batch, zipped(pack)).problems == []


def test_names_written_by_windows_are_read() -> None:
    """Its zip holds Chinese names in the system's code page, without saying so."""
    batch = c.make_open_offering().batch
    number = "军字第1234567号"
    row = row_for(1, 证件类型="军官证", 证件号码=number)
    meant = f"{number}.jpg".encode("gb18030")
    stand_in = "x" * len(meant)
    raw = zipped([(stand_in, c.picture())]).getvalue().replace(stand_in.encode(), meant)
    report = imported(batch, io.BytesIO(raw), row)
    assert (report.problems, report.written, report.photos) == ([], True, 1)


@pytest.mark.parametrize(
    "content", [b"", b"no zip", zipped([("a", b"x" * 500)]).getvalue()[:60]],
    ids=["empty", "text", "cut"],
)  # fmt: skip
def test_a_broken_pack_is_refused_in_one_sentence(content: bytes) -> None:
    batch = c.make_open_offering().batch
    with pytest.raises(RefusedError, match="照片包已损坏"):
        imported(batch, io.BytesIO(content))
    assert Application.objects.count() == 0


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("candidates.photo_book.MOST_FILES", 2)
    batch = c.make_open_offering().batch
    with pytest.raises(RefusedError, match="最多 2 个"):
        imported(batch, zipped([(f"{n}.jpg", b"") for n in range(3)]))


def test_portraits_of_an_import_that_fails_leave_nothing(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_more: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("candidates.services.importing.write_rows", broken)
    batch = c.make_open_offering().batch
    with pytest.raises(RuntimeError):
        imported(batch, packed(**{f"{ONE}.jpg": c.picture()}))
    assert on_disk(media) == []


def test_after_the_review_another_portrait_is_refused() -> None:
    batch = c.make_open_offering().batch
    imported(batch, packed(**{f"{ONE}.jpg": c.picture()}))
    Application.objects.filter(person__name="赵安二").update(status="first_reviewed")
    report = imported(batch, packed(**{f"{ONE}.jpg": c.picture(colour="grey")}))
    (told,) = report.problems
    assert (told.row, told.header) == (2, "照片")
    assert "待复核" in told.message


def test_no_name_of_a_file_shows_an_id_number() -> None:
    for name in (f"张三{ONE}.jpg", f"a/{ONE}.jpg", f"{ONE}\n.jpg"):
        assert ONE not in veiled(name)
    assert veiled("张三12345678.jpg") == "张三12***78.jpg"


def test_what_the_portal_would_refuse_is_refused_here_by_name_row_and_article(media: Path) -> None:
    batch = f.make_batch(rulebook="henan")
    offering = f.make_offering(batch)
    offering.standard.related_majors = [c.MAJOR]
    offering.standard.save()
    f.announced(batch)
    pack = [(f"{ONE}.jpg", c.picture()), (f"{TWO}.jpg", c.picture(colour="blue"))]
    rows = [student_row(1), student_row(2)]
    for dry_run in (True, False):
        report = imported(batch, zipped(pack), *rows, dry_run=dry_run)
        (told,) = report.problems
        assert (told.row, told.header) == (3, "照片")
        assert told.message.startswith("赵安三：照片的背景不是白色。（依据：《河南省院校类")
        assert told.message.endswith("六(二)）请换合格的照片，重新打包上传。")
        assert (report.written, Application.objects.count(), on_disk(media)) == (False, 0, [])
    silent = c.make_open_offering().batch
    assert imported(silent, zipped(pack)).written
