"""Public pages, readiness, the language switch and the security policy of every page."""

import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import redis
from django.db import DatabaseError
from django.test import Client

from assessment_center import public_views
from assessment_center.accounts.enums import Role
from tests.assessment_center.office_helpers import page_text, signed_in
from tests.factories.foundation import announced, make_batch

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
pytestmark = pytest.mark.django_db


def test_home_without_batches(client: Client) -> None:
    assert "暂无公告" in page_text(client.get("/"))


def test_home_shows_what_is_published_and_open(
    client: Client, frozen: Callable[..., object]
) -> None:
    frozen(2026, 4, 2)
    batch = make_batch(name="春季批次")
    assert "春季批次" not in page_text(client.get("/"))
    announcement = announced(batch)
    text = page_text(client.get("/"))
    assert announcement.title in text
    assert "截止 2026-04-20（周一）17:00" in text


def test_announcement_page(client: Client) -> None:
    announcement = announced(make_batch())
    text = page_text(client.get(f"/announcements/{announcement.pk}/"))
    assert announcement.title in text


def test_unknown_announcement(client: Client) -> None:
    response = client.get(f"/announcements/{uuid.uuid4()}/")
    assert response.status_code == 404
    assert "没有这一页" in page_text(response)


def test_draft_is_not_public(client: Client) -> None:
    announcement = announced(make_batch())
    type(announcement).objects.model  # noqa: B018
    from assessment_center.batches import services
    from assessment_center.registry import SYSTEM

    draft = services.draft_announcement(actor=SYSTEM, batch=announcement.batch)
    assert client.get(f"/announcements/{draft.pk}/").status_code == 404


def test_ready(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "database": True, "broker": True}


def test_not_ready_without_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        def cursor(self) -> None:
            raise DatabaseError

    monkeypatch.setattr(public_views, "connection", Gone())
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "database": False, "broker": True}


def test_not_ready_without_broker(client: Client, settings: Any) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "database": True, "broker": False}


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("redis+socket:///run/valkey.sock?virtual_host=3", {"path": "/run/valkey.sock"}),
        ("redis://cache:6380/2", {"host": "cache", "port": 6380, "db": 2}),
    ],
)
def test_broker_is_found_by_socket_or_network(
    settings: Any, url: str, place: dict[str, object]
) -> None:
    settings.CELERY_BROKER_URL = url
    client: redis.Redis = public_views.broker()
    given = client.connection_pool.connection_kwargs
    assert {key: given[key] for key in place} == place


def test_language_switch_is_kept(client: Client) -> None:
    response = client.post("/language/", {"language": "en", "next": "/verify/"})
    assert (response.status_code, response.headers["Location"]) == (303, "/verify/")
    home = client.get("/")
    assert home.headers["Content-Language"] == "en"
    client.post("/language/", {"language": "zh-hans"})
    assert client.get("/").headers["Content-Language"] == "zh-hans"


def test_language_switch_takes_only_posts(client: Client) -> None:
    assert client.get("/language/").status_code == 405


@pytest.mark.parametrize("path", ["/", "/nowhere/", "/healthz"])
def test_public_policy_is_strict(client: Client, path: str) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'; img-src 'self' data: blob:;")
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/work/batches/"])
def test_office_policy_keeps_to_our_own_files(path: str) -> None:
    policy = signed_in(Role.HEAD).get(path).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")


INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=|<style|javascript:", re.IGNORECASE
)


@pytest.mark.parametrize(
    "template",
    [
        path.relative_to(TEMPLATES).as_posix()
        for folder in ("portal", "public", "registration", "verify")
        for path in sorted((TEMPLATES / folder).rglob("*.html"))
    ],
)
def test_no_inline_script_or_style(template: str) -> None:
    assert INLINE.findall((TEMPLATES / template).read_text("utf-8")) == []


def test_pages_name_no_foreign_host() -> None:
    found = {
        path.name: re.findall(r"https?://[^\s\"']+", path.read_text("utf-8"))
        for path in TEMPLATES.rglob("*.html")
    }
    assert {name: hosts for name, hosts in found.items() if hosts} == {}
