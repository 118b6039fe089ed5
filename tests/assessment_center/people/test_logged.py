"""What goes to the logs while numbers are entered, looked up, mistyped and put into addresses."""

import io
import logging
import sys

import pytest
from django.test import Client
from django.urls import reverse
from gunicorn.config import Config

from assessment_center.accounts.enums import Role
from assessment_center.masked_log import masked
from assessment_center.people.services import ensure_person
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.server_log import ServerLogger
from tests.assessment_center.office_helpers import signed_in
from tests.factories import foundation as f

NUMBER = f.id_number(41)


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Every line of the program's own handler, whatever its level."""
    written = io.StringIO()
    root = logging.getLogger()
    (handler,) = (each for each in root.handlers if type(each) is logging.StreamHandler)
    monkeypatch.setattr(handler, "stream", written)
    monkeypatch.setattr(root, "level", logging.DEBUG)
    return written


@pytest.mark.django_db
def test_no_number_is_written_into_the_log(log: io.StringIO) -> None:
    f.make_student(name="欧阳安", number=NUMBER)
    clerk, stranger = signed_in(Role.CLERK), Client()
    with pytest.raises(RefusedError):
        ensure_person(actor=SYSTEM, name="别人", id_kind="resident", id_number=NUMBER)
    stranger.post(reverse("portal:sign_in"), {"number": NUMBER, "password": "wrong"})
    stranger.post(reverse("admin:login"), {"username": NUMBER, "password": "wrong"})
    clerk.post(reverse("people_office:find"), {"number": NUMBER})
    clerk.get("/admin/people/person/", {"q": NUMBER})
    clerk.get(f"/admin/work/batches/{NUMBER}/")
    assert stranger.get(f"/nothing/{NUMBER}/").status_code == 404
    logging.getLogger("django.request").error("failed", exc_info=ValueError(NUMBER))
    for heard in (f"/nothing/{masked(NUMBER)}/", f"ValueError: {masked(NUMBER)}"):
        assert heard in log.getvalue()
    assert NUMBER not in log.getvalue()


def test_the_servers_own_lines_are_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr(sys, "stdout", written)
    monkeypatch.setattr(sys, "stderr", written)
    settings = Config()
    settings.set("accesslog", "-")
    server = ServerLogger(settings)
    server.access_log.info('"GET /verify/?q=%s HTTP/1.1" 302', NUMBER)
    server.error_log.error("Error handling request /verify/?q=%s", NUMBER)
    assert written.getvalue().count(masked(NUMBER)) == 2
    assert NUMBER not in written.getvalue()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("号码 11010119900307123x。", "号码 110101************。"),
        ("订单 2026112300001234567", "订单 2026112300001234567"),
        ("20261123", "20261123"),
    ],
)
def test_only_what_has_the_shape_of_a_number_is_masked(text: str, shown: str) -> None:
    assert masked(text) == shown
