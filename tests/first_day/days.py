"""The hands of the first day at request level: download, fill in, upload, look, confirm."""

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessment_center.first_day.models import SheetUpload
from assessment_center.first_day.services import opening_code
from tests.assessment_center.pdf.reading import text
from tests.first_day.workbooks import Rows, fill

PASSWORD = "Winter-2026-day"
SLIP = re.compile(
    r"(?:登录名|学号)([a-z0-9._-]+?)(?:一次性代码|激活码)((?:[2-9A-Z]{4}-){2}[2-9A-Z]{4})"
)


def page(response: Any) -> str:
    return str(response.content.decode())


def begin(client: Client) -> None:
    """The head's account, opened with the code of the console."""
    answer = client.post(
        reverse("first_day:begin"),
        {
            "code": opening_code().lower(),
            "display_name": "陈明远",
            "username": "chenmy",
            "password": PASSWORD,
            "again": PASSWORD,
        },
    )
    assert answer.status_code == 303, page(answer)


def template_of(client: Client, key: str) -> bytes:
    answer = client.get(reverse("first_day:template", args=[key]))
    assert answer.status_code == 200
    return answer.content


def upload(client: Client, key: str, rows: Rows) -> SheetUpload:
    """Fill the template as it is now and upload it; nothing is written yet."""
    content = fill(template_of(client, key), rows)
    file = SimpleUploadedFile(f"{key}.xlsx", content)
    answer = client.post(reverse("first_day:step", args=[key]), {"file": file})
    assert answer.status_code == 303, page(answer)
    made = SheetUpload.objects.filter(step=key).latest("created_at")
    assert answer.url == reverse("first_day:upload", args=[made.pk])
    return made


def bring(client: Client, key: str, rows: Rows) -> SheetUpload:
    """Upload and confirm; the file has no problem."""
    made = upload(client, key, rows)
    assert not made.outcome["problems"], made.outcome["problems"]
    answer = client.post(reverse("first_day:apply", args=[made.pk]))
    assert answer.url == reverse("first_day:guide"), made.outcome
    made.refresh_from_db()
    assert made.written_at is not None
    return made


def slips_of(content: bytes) -> dict[str, str]:
    """The codes on printed slips, by login or student number."""
    return dict(SLIP.findall(text(content)))


def sign_in(username: str, password: str = PASSWORD) -> Client:
    client = Client()
    answer = client.post(reverse("admin:login"), {"username": username, "password": password})
    assert answer.status_code == 303, page(answer)
    return client


def redeem(username: str, code: str) -> Client:
    """A member of the staff sets his password with the code of his slip and signs in."""
    answer = Client().post(
        reverse("accounts_office:redeem"),
        {"username": username, "code": code, "password": PASSWORD, "again": PASSWORD},
    )
    assert answer.status_code == 303, page(answer)
    return sign_in(username)
