"""A completed batch, and a source of records of its own."""

from collections.abc import Iterator

import pytest
from django.core.files.storage import FileSystemStorage

from archives.models import ArchiveItem
from assessment_center.accounts.enums import Role
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.services import complete_batch
from assessment_center.registry import SYSTEM, Actor, OpenSet
from assessment_center.registry.entries import ArchiveSource
from tests.factories.foundation import approved, make_batch, make_user


@pytest.fixture(autouse=True)
def storage(tmp_path, monkeypatch) -> None:
    field = ArchiveItem._meta.get_field("file")
    monkeypatch.setattr(field, "storage", FileSystemStorage(tmp_path))


@pytest.fixture
def batch(db) -> AssessmentBatch:
    made = approved(make_batch())
    return complete_batch(
        actor=SYSTEM, batch=made if isinstance(made, AssessmentBatch) else made.batch
    )


@pytest.fixture
def archivist(db) -> Actor:
    return make_user(Role.ARCHIVIST).as_actor()


@pytest.fixture
def records() -> list[tuple[str, str, str, bytes]]:
    """Kind, title, file name, bytes; a test may add to it."""
    return [
        ("application_form", "申报表", "forms.pdf", b"forms"),
        ("sign_in_sheet", "签到表", "sign.pdf", b"signed"),
        ("unknown_kind", "其他", "other.txt", b"other"),
    ]


@pytest.fixture
def sources(records, monkeypatch) -> Iterator[OpenSet[ArchiveSource]]:
    """Only our own source stands in the open set."""

    def collect(batch: AssessmentBatch):
        return [(*record, batch.ref) for record in records]

    own: OpenSet[ArchiveSource] = OpenSet("archive_sources")
    own.register("candidates.test", ArchiveSource("candidates.test", "测试", collect))
    monkeypatch.setattr("archives.services.filing.archive_sources", own)
    return own
