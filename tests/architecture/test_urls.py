"""Nobody reaches what is not his: every address × everybody × own and another's objects.

The resolver is walked; an address without a line in `url_table` fails by name. Registers follow
from their own `view_act`, `add_act` and `change_act`. Posted acts are undone after each request.
"""

import re
from collections.abc import Iterator
from copy import copy
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseForbidden
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, URLResolver, get_resolver, resolve, reverse

from assessment_center import office
from assessment_center.accounts.enums import Act, Role
from assessment_center.accounts.rules.role_matrix import ROLE_MATRIX
from assessment_center.admin_base import ServiceModelAdmin
from candidates.portal import access
from tests.architecture.url_table import CANDIDATE, JOBS, PUBLIC, TABLE, Page
from tests.architecture.url_world import TODAY, World, build_world

pytestmark = pytest.mark.django_db
REGISTER_PAGES = ("changelist", "add", "history", "delete", "change")
UNNAMED = re.compile(r"^admin/(\w+/\w+/<path:object_id>/|\(\?P<url>\.\*\)\$)$")
HANDLED = {200, 302, 303, 400, 404, 405, 409, 422}


def walk(
    patterns: Any, prefix: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """Name and pattern of every address."""
    for one in patterns:
        path = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = (*spaces, one.namespace) if one.namespace else spaces
            yield from walk(one.url_patterns, path, inner)
        else:
            yield ":".join((*spaces, one.name or "")), path


ADDRESSES = list(walk(get_resolver().url_patterns))
REGISTERS = {
    f"{model._meta.app_label}_{model._meta.model_name}": (model, register)
    for model, register in admin.site._registry.items()
}
OF_REGISTERS = {
    f"admin:{register}_{page}": (register, page)
    for register in REGISTERS
    for page in REGISTER_PAGES
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """The world stands for the whole module, in one transaction that is undone at the end."""
    from django.conf import settings

    kept = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))
    clock = time_machine.travel(TODAY, tick=False)
    with django_db_blocker.unblock(), clock, transaction.atomic():
        made = build_world()
        made.clients = {who: Client() for who in ("anonymous", *made.users)}
        for who, user in made.users.items():
            made.clients[who].force_login(user)
        made.clerks = {who: Client() for who in made.department_clerks}
        for who, user in made.department_clerks.items():
            made.clerks[who].force_login(user)
        for client in (*made.clients.values(), *made.clerks.values()):
            client.get(reverse("admin:password_change_done"))  # every session has its lasting key
        yield made
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = kept


def address(name: str, page: Page, objects: dict[str, Any]) -> str:
    """The address of a page about these objects; `code` is the batch's unless named otherwise."""
    pattern = next(path for found, path in ADDRESSES if found == name)
    parts = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
    return reverse(name, kwargs={part: objects[page.named.get(part, part)] for part in parts})


def ask(world: World, who: str, method: str, url: str, **more: Any) -> Any:
    """One request; whatever it changed is undone. Every answer carries the policy."""
    client = world.clients[who] if who in world.clients else world.clerks[who]
    cookies = copy(client.cookies)
    with transaction.atomic():
        response = getattr(client, method)(url, **more)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    client.cookies = cookies
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith(("default-src 'self'", "default-src 'none'"))
    return response


def of_one(page: Page) -> bool:
    """The page is about something of one candidate's."""
    return bool(set(page.named.values()) & {"application", "draft_application", "evidence"})


def may(who: str, page: Page) -> bool:
    if page.who == PUBLIC:
        return True
    if who == "other candidate":
        return page.who == CANDIDATE and not of_one(page)
    if who in {"anonymous", "candidate"}:
        return page.who == CANDIDATE and who == "candidate"
    return page.who != CANDIDATE and bool(page.who & ROLE_MATRIX[Role(who)])


def without_ids(world: World, response: Any) -> None:
    """No ID number stands in a page or in the address it leads to."""
    kind = response.headers.get("Content-Type", "")
    shown = "" if response.streaming or "html" not in kind else response.content.decode()
    for number in world.id_numbers:
        assert number not in shown
        assert number not in response.headers.get("Location", "")


def test_every_address_has_a_line() -> None:
    named = {name for name, _path in ADDRESSES if not name.endswith(":")}
    lines = set(TABLE) | JOBS | set(OF_REGISTERS)
    assert named - lines == set(), "add these to tests/architecture/url_table.py"
    assert lines - named == set(), "these lines name no address any more"


def test_addresses_without_a_name_only_lead_on() -> None:
    unnamed = [path for name, path in ADDRESSES if name.endswith(":")]
    assert [path for path in unnamed if not UNNAMED.match(path)] == []


@pytest.fixture
def bare_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page that says who may is the same everywhere: drawing it once for everybody will do."""
    for module in (office, access):
        monkeypatch.setattr(module, "forbidden", lambda *_about: HttpResponseForbidden())


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("department", "请联系系统管理员"),
        ("archivist", "可以查看的角色"),
        ("candidate", "考生服务里"),
    ],
)
def test_who_is_refused_reads_who_may(world: World, who: str, told: str) -> None:
    """Drawn here, and left undrawn below."""
    response = ask(world, who, "get", reverse("accounts_office:safety"))
    assert response.status_code == 403
    assert told in response.content.decode()


def knock(world: World, who: str, method: str, url: str) -> int:
    """What the page itself answers somebody at its door, without the whole way there."""
    found = resolve(url)
    request = getattr(RequestFactory(), method)(url)
    request.user = world.users.get(who) or AnonymousUser()
    request.session = {}
    try:
        status: int = found.func(request, *found.args, **found.kwargs).status_code
    except PermissionDenied:
        return 403
    except Http404:
        return 404
    return status


def goes_all_the_way(page: Page) -> set[str]:
    """Of staff the first and the last who may, and the first who may not; else everybody."""
    if page.who in {PUBLIC, CANDIDATE}:
        return {"anonymous", "candidate", "other candidate", *Role}
    having = [role.value for role in Role if may(role.value, page)]
    lacking = [role.value for role in Role if not may(role.value, page)]
    return {"anonymous", having[0], having[-1], *lacking[:1]}


@pytest.mark.parametrize("name", sorted(TABLE))
def test_reading(world: World, bare_refusals: None, name: str) -> None:
    """Who may and does not come all the way asks by a method no page has: he passes, no more."""
    page = TABLE[name]
    url = address(name, page, world.objects)
    far = goes_all_the_way(page)
    for who in world.clients:
        expected = expected_of_reading(who, page)
        if name.startswith("admin:") and "candidate" in who:
            expected = expected | {302}
        if who not in far:
            passes = may(who, page)
            if not passes or knock(world, who, "options", url) != 405:
                assert knock(world, who, "get", url) in expected, f"GET {name} as {who}"
            continue
        response = ask(world, who, "get", url)
        without_ids(world, response)
        assert response.status_code in expected, f"GET {name} as {who}"


def expected_of_reading(who: str, page: Page) -> set[int]:
    if may(who, page):
        signed_out = {302} if page.who == PUBLIC and who == "anonymous" else set()
        return {405} | signed_out if page.posted else set(page.answers)
    if who == "anonymous":
        return {302, 405} if page.posted else {302}
    if who == "other candidate" and page.who == CANDIDATE:
        return {404, 405} if page.posted else {404}
    return {403, 405} if page.posted else {403}


@pytest.mark.parametrize("name", sorted(TABLE))
def test_posting_without_the_right(world: World, bare_refusals: None, name: str) -> None:
    """An empty form: who has no right is refused before anything is read, one who has is heard."""
    page = TABLE[name]
    url = address(name, page, world.objects)
    far = goes_all_the_way(page)
    heard = next(who for who in world.clients if may(who, page))
    for who in [heard, *(who for who in world.clients if not may(who, page))]:
        if who in far or who == heard:
            response = ask(world, who, "post", url)
            without_ids(world, response)
            status = response.status_code
        else:
            status = knock(world, who, "post", url)
        if who == heard:
            assert status in HANDLED | set(page.answers), f"POST {name} as {who}"
        elif who == "anonymous" or name.startswith("admin:"):
            assert status in {302, 403, 405}, f"POST {name}"
        else:
            assert status in {403, 404, 405}, f"POST {name} as {who}"


def own_pages() -> list[str]:
    return [name for name, page in TABLE.items() if page.who == CANDIDATE and of_one(page)]


@pytest.mark.parametrize("name", own_pages())
def test_what_is_anothers_is_not_there(world: World, name: str) -> None:
    page = TABLE[name]
    url = address(name, page, {**world.objects, **world.foreign})
    for method in ("get", "post"):
        allowed = {405, 404} if page.posted and method == "get" else {404, 405}
        response = ask(world, "candidate", method, url)
        assert response.status_code in allowed
        if not page.posted and method == "get":
            assert response.status_code == 404
        if page.posted and method == "post":
            assert response.status_code == 404


def departmental() -> list[str]:
    """What the clerk of a department may open about one candidate."""
    acts = ROLE_MATRIX[Role.DEPARTMENT]
    staff = {name: page for name, page in TABLE.items() if page.who not in (PUBLIC, CANDIDATE)}
    one = {"application", "draft_application", "evidence", "person", "recognised"}
    return [
        name
        for name, page in staff.items()
        if one & set(page.named.values()) and frozenset(page.who) & acts
    ]


@pytest.mark.parametrize("name", departmental())
def test_the_clerk_of_a_department_opens_its_candidates_only(world: World, name: str) -> None:
    page = TABLE[name]
    url = address(name, page, world.objects)
    method = "post" if page.posted else "get"
    own, other = (ask(world, who, method, url) for who in ("own clerk", "other clerk"))
    assert own.status_code in (HANDLED - {404} if page.posted else page.answers)
    assert other.status_code == 404


def test_anothers_evidence_is_not_there_through_ones_own_application(world: World) -> None:
    for name in ("portal:evidence_file", "portal:remove_evidence"):
        mixed = {**world.objects, "evidence": world.foreign["evidence"]}
        method = "post" if TABLE[name].posted else "get"
        response = ask(world, "candidate", method, address(name, TABLE[name], mixed))
        assert response.status_code == 404


@pytest.mark.parametrize("name", [n for n in TABLE if TABLE[n].named or "<str:code>" in n])
def test_what_does_not_exist_is_not_found(world: World, name: str) -> None:
    page = TABLE[name]
    missing = {
        key: uuid4() if not isinstance(value, str | int) else value
        for key, value in world.objects.items()
    }
    url = address(name, page, missing)
    if url == address(name, page, world.objects):
        pytest.skip("names no object by its key")
    who = next(who for who in world.clients if may(who, page))
    response = ask(world, who, "post" if page.posted else "get", url)
    assert response.status_code in {404, 409}


@pytest.mark.parametrize("name", sorted(JOBS))
def test_a_job_is_seen_by_who_ordered_it(world: World, name: str) -> None:
    posted = name in {"jobs_office:retry", "candidates_office:commit"}
    page = Page(frozenset({Act.HOME}), {"pk": "job"}, posted)
    url = address(name, page, world.objects)
    method = "post" if posted else "get"
    assert ask(world, "clerk", method, url).status_code in {200, 303}
    assert ask(world, "anonymous", method, url).status_code == 302
    assert ask(world, "candidate", method, url).status_code == 403
    assert ask(world, "department", method, url).status_code == 404


@pytest.mark.parametrize("register", sorted(REGISTERS))
def test_registers_ask_for_their_acts(world: World, register: str) -> None:
    """What Django asks before any page of a register, for every role."""
    _model, rules = REGISTERS[register]
    assert isinstance(rules, ServiceModelAdmin)
    writes = rules.save_service is not None
    for role in Role:
        request = RequestFactory().get("/")
        request.user = world.users[role.value]
        allowed = ROLE_MATRIX[role]
        assert rules.has_view_permission(request) == (rules.view_act in allowed)
        assert rules.has_add_permission(request) == (writes and rules.add_act in allowed)
        assert rules.has_change_permission(request) == (writes and rules.change_act in allowed)
        assert not rules.has_delete_permission(request)


def some_of(act: Act | None) -> list[str]:
    """Outsiders, and one of the roles with the act and one without."""
    having = [role.value for role in Role if act in ROLE_MATRIX[role]]
    without = [role.value for role in Role if act not in ROLE_MATRIX[role]]
    return ["anonymous", "candidate", *having[:1], *without[:1]]


@pytest.mark.parametrize("register", sorted(REGISTERS))
def test_registers_follow_their_acts(world: World, register: str) -> None:
    model, rules = REGISTERS[register]
    one = model.objects.first()
    assert one is not None, f"the world holds no {register}"
    writes = rules.save_service is not None
    acts = {
        "changelist": rules.view_act,
        "change": rules.view_act,
        "history": rules.view_act,
        "add": rules.add_act if writes else None,
        "delete": None,
    }
    for page, act in acts.items():
        args = [] if page in {"changelist", "add"} else [one.pk]
        url = reverse(f"admin:{register}_{page}", args=args)
        for who in some_of(act):
            response = ask(world, who, "get", url)
            without_ids(world, response)
            assert response.status_code == register_status(who, act), f"{register} {page} as {who}"


def register_status(who: str, act: Act | None) -> int:
    if who in {"anonymous", "candidate", "other candidate"}:
        return 302
    return 200 if act in ROLE_MATRIX[Role(who)] else 403


@pytest.mark.parametrize("register", sorted(REGISTERS))
def test_registers_are_written_only_by_who_may(world: World, register: str) -> None:
    model, rules = REGISTERS[register]
    writes = rules.save_service is not None
    targets = {
        reverse(f"admin:{register}_add"): rules.add_act if writes else None,
        reverse(f"admin:{register}_change", args=[model.objects.first().pk]): (
            rules.change_act if writes else None
        ),
    }
    for url, act in targets.items():
        for who in some_of(act)[2:]:
            status = ask(world, who, "post", url).status_code
            expected = {200, 302} if act in ROLE_MATRIX[Role(who)] else {403}
            assert status in expected, f"POST {url} as {who}"


def test_every_model_of_the_registers_is_ours() -> None:
    ours = {config.label for config in apps.get_app_configs() if not is_outside(config)}
    assert {model._meta.app_label for model in admin.site._registry} <= ours


def is_outside(config: Any) -> bool:
    return "site-packages" in config.path


@pytest.mark.parametrize("name", sorted(n for n in TABLE if n != "public:healthz"))
def test_a_post_needs_the_token(world: World, name: str) -> None:
    page = TABLE[name]
    who = next(who for who in world.clients if may(who, page))
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.clients[who].cookies
    response = client.post(address(name, page, world.objects))
    assert response.status_code == 403


def test_addresses_never_name_an_id_number() -> None:
    words = re.compile(r"id_number|\bidentity|id_card")
    assert [path for _name, path in ADDRESSES if words.search(path)] == []
    with pytest.raises(NoReverseMatch):
        reverse("portal:application", args=["500103200510169019"])
