"""An office that has begun: rulebooks, classification, and one who may do every step."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest

from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import User
from assessment_center.first_day import services
from assessment_center.first_day.models import SheetUpload
from assessment_center.registry import Actor
from assessment_center.registry.entries import setup_steps
from assessment_center.rulebooks.services import install_rulebooks
from tests.factories.foundation import make_occupation, make_user
from tests.first_day import workbooks

OCCUPATIONS = (
    ("电工", "6-31-01-03"),
    ("机电设备维修工", "6-31-01-10"),
    ("化学检验员", "6-31-03-01"),
    ("焊工", "6-18-02-04"),
)
ORDER = (
    "centre",
    "filing",
    "scope",
    "accounts",
    "departments",
    "classes",
    "students",
    "rooms",
    "staff",
    "teaching",
)


@pytest.fixture
def user(db: None, frozen: Callable[..., Any]) -> User:
    """Head, administrator and clerk in one, on 2 March 2026."""
    frozen(2026, 3, 2, 9)
    install_rulebooks()
    for name, code in OCCUPATIONS:
        make_occupation(name, code)
    made = make_user(Role.HEAD, Role.ADMINISTRATOR, Role.CLERK)
    services.choose_rulebook(actor=made.as_actor(), code="jilin")
    return made


@pytest.fixture
def actor(user: User) -> Actor:
    return user.as_actor()


def rows_of(key: str) -> list[dict[str, Any]]:
    made = workbooks.filing("jilin") if key == "filing" else getattr(workbooks, key)()
    return [dict(row) for row in made]


def content_of(key: str, rows: workbooks.Rows) -> bytes:
    """A sheet of this step as somebody would make it without the template."""
    headers = [column.header for column in setup_steps[key].sheet.spec(None).columns]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(headers)
    for row in rows:
        sheet.append([row.get(header) for header in headers])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def show(actor: Actor, key: str, rows: workbooks.Rows) -> SheetUpload:
    return services.upload_sheet(
        actor=actor, key=key, file_name=f"{key}.xlsx", content=content_of(key, rows)
    )


def write(actor: Actor, key: str, rows: workbooks.Rows) -> SheetUpload:
    upload = show(actor, key, rows)
    assert not upload.outcome["problems"], upload.outcome["problems"]
    return services.apply_upload(actor=actor, upload=upload)


def write_until(actor: Actor, last: str, *, without: Sequence[str] = ()) -> None:
    """Every step before `last`, in their order."""
    for key in ORDER[: ORDER.index(last)]:
        if key not in without:
            write(actor, key, rows_of(key))
