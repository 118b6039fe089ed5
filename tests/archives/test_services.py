import hashlib
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from archives.enums import ItemStatus, VolumeStatus
from archives.models import ArchiveItem, Volume
from archives.selectors import disposable, items_of, volumes_of
from archives.services.disposal import dispose
from archives.services.filing import close_volume, file_batch, hold
from archives.services.fixity import verify_fixity
from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.registry import OpenSet, RefusedError
from assessment_center.registry.entries import ArchiveSource, archive_sources
from tests.assessment_center.pdf import reading
from tests.factories.foundation import approved, make_batch, make_user


@pytest.fixture
def filed(batch, archivist, sources):
    file_batch(actor=archivist, batch=batch)
    return batch


def test_records_are_filed_with_term_hash_and_article(filed) -> None:
    forms, signed, other = items_of(filed)
    assert (forms.permanent, forms.keep_until) == (True, None)
    assert forms.digest == hashlib.sha256(b"forms").hexdigest()
    assert forms.citation == "《职业技能等级认定档案管理制度》第七条(一)"
    assert (signed.permanent, signed.keep_until) == (
        False,
        date(2029, filed.exam_ends.month, filed.exam_ends.day),
    )
    assert (other.retention_class, other.keep_until) == ("3 年", signed.keep_until)
    assert [item.number for item in (forms, signed, other)] == [1, 2, 3]


def test_filing_twice_files_once_and_new_records_follow(filed, archivist, records) -> None:
    assert file_batch(actor=archivist, batch=filed) == 0
    records.append(("room_record", "考场记录", "room.pdf", b"room"))
    assert file_batch(actor=archivist, batch=filed) == 1
    assert [item.number for item in items_of(filed)] == [1, 2, 3, 4]


def test_progress_is_told(batch, archivist, sources) -> None:
    told: list[tuple[int, int]] = []
    file_batch(
        actor=archivist, batch=batch, progress=lambda done, total: told.append((done, total))
    )
    assert told == [(1, 1)]


def test_nothing_is_filed_before_the_batch_is_complete(archivist, sources) -> None:
    batch = make_batch()
    approved(batch)
    batch.refresh_from_db()
    with pytest.raises(RefusedError, match="还没有完成"):
        file_batch(actor=archivist, batch=batch)


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.REVIEWER])
def test_only_the_archivist_files(role, batch, sources) -> None:
    with pytest.raises(RefusedError, match="角色"):
        file_batch(actor=make_user(role).as_actor(), batch=batch)


def test_closed_volume_takes_no_more_and_keeps_its_root(filed, archivist, records) -> None:
    volume = close_volume(actor=archivist, volume=volumes_of(filed).get())
    assert (volume.status, len(volume.root)) == (VolumeStatus.CLOSED, 64)
    records.append(("room_record", "考场记录", "room.pdf", b"room"))
    with pytest.raises(RefusedError, match="已封卷"):
        file_batch(actor=archivist, batch=filed)
    with pytest.raises(RefusedError, match="已封卷"):
        close_volume(actor=archivist, volume=volume)


def test_empty_volume_is_not_closed(batch, archivist) -> None:
    volume = Volume.objects.create(batch=batch, number=1, title="空")
    with pytest.raises(RefusedError, match="空卷"):
        close_volume(actor=archivist, volume=volume)
    with pytest.raises(RefusedError, match="角色"):
        close_volume(actor=make_user(Role.CLERK).as_actor(), volume=volume)


def test_fixity_finds_what_was_changed_or_lost(filed, archivist) -> None:
    assert verify_fixity(actor=archivist, batch=filed).faults == ()
    forms, signed, _other = items_of(filed)
    Path(forms.file.path).write_bytes(b"forged")
    Path(signed.file.path).unlink()
    report = verify_fixity(actor=archivist, batch=filed)
    assert report.sound is False
    assert report.faults == ("第 1 件“申报表”的内容被改动", "第 2 件“签到表”的文件丢失")
    assert [item.check_sound for item in items_of(filed)] == [False, False, True]


def test_fixity_finds_a_volume_whose_list_was_changed(filed, archivist) -> None:
    close_volume(actor=archivist, volume=volumes_of(filed).get())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE archives_archiveitem DISABLE TRIGGER USER")
        cursor.execute("UPDATE archives_archiveitem SET number = 9 WHERE number = 1")
        cursor.execute("ALTER TABLE archives_archiveitem ENABLE TRIGGER USER")
    report = verify_fixity(actor=archivist, batch=filed)
    assert report.faults == ("“报名与资格审查卷”的卷摘要与卷内目录不符",)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM archives_archiveitem",
        "UPDATE archives_archiveitem SET digest = repeat('0', 64)",
        "UPDATE archives_archiveitem SET title = 'x'",
        "UPDATE archives_archiveitem SET keep_until = '2020-01-01' WHERE NOT permanent",
        "UPDATE archives_archiveitem SET status = 'disposed'",
    ],
)
def test_the_table_keeps_filed_records(change, filed) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_table_keeps_closed_volumes(filed, archivist) -> None:
    close_volume(actor=archivist, volume=volumes_of(filed).get())
    with pytest.raises(IntegrityError, match="已封的卷"), transaction.atomic():
        Volume.objects.filter(batch=filed).update(root="0" * 64)


def test_term_and_permanence_exclude_each_other(filed) -> None:
    item = ArchiveItem.objects.first()
    assert item
    item.pk, item.number, item.digest = None, 99, "1" * 64
    item.permanent, item.keep_until = False, None
    with pytest.raises(IntegrityError, match="archive_item_term"), transaction.atomic():
        item.save(force_insert=True)


def _dispose(actor, items, **more):
    words = {"approved_by": "主任", "witness": "督导员", "reason": "保管期满", **more}
    return dispose(actor=actor, items=items, **words)


def test_disposal_after_the_term_under_witness(
    filed, archivist, django_capture_on_commit_callbacks
) -> None:
    signed = items_of(filed)[1]
    with pytest.raises(RefusedError, match="保管期内"):
        _dispose(archivist, [signed])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE archives_archiveitem DISABLE TRIGGER USER")
        cursor.execute("UPDATE archives_archiveitem SET keep_until = '2020-01-01' WHERE number = 2")
        cursor.execute("ALTER TABLE archives_archiveitem ENABLE TRIGGER USER")
    signed.refresh_from_db()
    assert list(disposable(date(2026, 5, 1))) == [signed]
    with django_capture_on_commit_callbacks(execute=True):
        assert _dispose(archivist, [signed]) == 1
    signed.refresh_from_db()
    assert signed.status == ItemStatus.DISPOSED
    assert not Path(signed.file.path).exists()
    entry = AuditEntry.objects.get(verb="archive.dispose")
    assert entry.payload["witness"] == "督导员"
    with pytest.raises(IntegrityError, match="不能恢复"), transaction.atomic():
        ArchiveItem.objects.filter(pk=signed.pk).update(status=ItemStatus.FILED)


def test_disposal_needs_two_people_and_a_reason(filed, archivist) -> None:
    items = list(items_of(filed))
    with pytest.raises(RefusedError, match="监销人和批准人"):
        _dispose(archivist, items, witness="主任")
    with pytest.raises(RefusedError, match="请写明"):
        _dispose(archivist, items, reason=" ")
    with pytest.raises(RefusedError, match="角色"):
        _dispose(make_user(Role.CLERK).as_actor(), items)


def test_held_items_stay(filed, archivist) -> None:
    signed = items_of(filed)[1]
    assert hold(actor=archivist, item=signed, reason="申诉未结", held=True).on_hold is True
    with pytest.raises(RefusedError, match="已冻结"):
        _dispose(archivist, [signed])
    with pytest.raises(RefusedError, match="原因"):
        hold(actor=archivist, item=signed, reason="", held=False)
    with pytest.raises(RefusedError, match="角色"):
        hold(actor=make_user(Role.CLERK).as_actor(), item=signed, reason="x", held=False)
    assert hold(actor=archivist, item=signed, reason="已结", held=False).on_hold is False


def test_the_report_on_the_rules_is_filed_once_with_the_batch(
    batch, archivist, monkeypatch
) -> None:
    own: OpenSet[ArchiveSource] = OpenSet("archive_sources")
    own.register("conformance.report", archive_sources["conformance.report"])
    monkeypatch.setattr("archives.services.filing.archive_sources", own)
    assert file_batch(actor=archivist, batch=batch) == 1
    item = ArchiveItem.objects.get()
    assert item.title == f"{batch.code} 规程符合性报告"
    with item.file.open("rb") as kept:
        printed = reading.text(kept.read())
    assert "规程符合性报告" in printed
    assert "PLAN-01" in printed
    assert file_batch(actor=archivist, batch=batch) == 0
    close_volume(actor=archivist, volume=item.volume)
    assert file_batch(actor=archivist, batch=batch) == 0
