"""Who gets into a page of the office, how an act is done, and what the menu shows."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from assessment_center.accounts.enums import Act, Role
from assessment_center.accounts.models import User
from assessment_center.accounts.services import create_candidate_account
from assessment_center.menu import SECTIONS, sections_of
from assessment_center.office import act, next_url, office_view
from assessment_center.registry import SYSTEM, Citation, RefusedError
from tests.assessment_center.office_helpers import page_text, signed_in
from tests.factories.foundation import make_user

pytestmark = pytest.mark.django_db


def request_of(user: User | None, method: str = "get", path: str = "/admin/x/") -> object:
    request = getattr(RequestFactory(), method)(path)
    request.user = user
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


@office_view(Act.SCORE_PUBLISH)
def guarded(request: object) -> HttpResponse:
    return HttpResponse("in")


def candidate() -> User:
    return create_candidate_account(
        actor=SYSTEM, username="c" * 20, display_name="考生", password="Spring-2026-night"
    )


def test_unsigned_visitor_is_led_to_sign_in(client: Client) -> None:
    response = client.get("/admin/work/batches/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/admin/login/?next=/admin/work/batches/"


@pytest.mark.parametrize("role", list(Role))
def test_only_roles_with_the_act_get_in(role: Role) -> None:
    response = guarded(request_of(make_user(role)))
    assert response.status_code == (200 if role == Role.HEAD else 403)


def test_the_refusing_page_names_the_roles_that_may() -> None:
    client = signed_in(Role.ITEM_WRITER)
    response = client.get("/admin/work/audit/")
    assert response.status_code == 403
    assert "主任、系统管理员、检查人员" in page_text(response)


def test_candidate_is_kept_out_and_told_where_to_go() -> None:
    client = Client()
    client.force_login(candidate())
    response = client.get("/admin/work/batches/")
    assert response.status_code == 403
    assert "您登录的是考生账号" in page_text(response)


def test_closed_account_is_kept_out() -> None:
    user = make_user(Role.HEAD)
    user.is_active = False
    assert guarded(request_of(user)).status_code == 403


def test_other_methods_are_refused() -> None:
    assert guarded(request_of(make_user(Role.HEAD), "put")).status_code == 405


def test_one_of_several_acts_is_enough() -> None:
    view = office_view((Act.SCORE_ENTER, Act.SCORE_PUBLISH))(lambda request: HttpResponse("in"))
    assert view(request_of(make_user(Role.ASSESSOR))).status_code == 200
    assert view(request_of(make_user(Role.ARCHIVIST))).status_code == 403


def refuse() -> None:
    make_user(username="never")
    raise RefusedError("报名已截止。", [Citation("CQ", "《公告》第三条")], "可在下一批次报名。")


def test_a_refusal_becomes_a_message_and_undoes_the_act() -> None:
    request = request_of(make_user(Role.HEAD), "post")
    response = act(request, refuse, done="好。", back="/admin/x/")
    [message] = get_messages(request)
    assert (response.status_code, response.headers["Location"]) == (303, "/admin/x/")
    assert message.level_tag == "error"
    assert str(message) == (
        "报名已截止。 可在下一批次报名。 "
        '<details class="cited"><summary>依据</summary><ul class="cited-box">'
        "<li><b>《公告》第三条</b></li></ul></details>"
    )
    assert not User.objects.filter(username="never").exists()


def test_a_refusal_is_escaped() -> None:
    request = request_of(make_user(Role.HEAD), "post")

    def refuse_oddly() -> None:
        raise RefusedError("<script>")

    act(request, refuse_oddly, done="", back="/")
    assert [str(message) for message in get_messages(request)] == ["&lt;script&gt;"]


def test_invalid_values_become_a_message() -> None:
    request = request_of(make_user(Role.HEAD), "post")

    def invalid() -> None:
        raise ValidationError(["日期不对。", "名称太长。"])

    response = act(request, invalid, done="", back=lambda _: "/done/", otherwise="/form/")
    assert response.headers["Location"] == "/form/"
    assert [str(message) for message in get_messages(request)] == ["日期不对。 名称太长。"]


def test_success_speaks_and_leads_on_by_the_answer() -> None:
    request = request_of(make_user(Role.HEAD), "post")
    response = act(request, lambda: 7, done=lambda n: f"{n} 份。", back=lambda n: f"/to/{n}/")
    assert response.headers["Location"] == "/to/7/"
    assert [(m.level_tag, str(m)) for m in get_messages(request)] == [("success", "7 份。")]


@pytest.mark.parametrize(
    ("asked", "led"),
    [("/portal/", "/portal/"), ("https://evil.example/", "/"), ("//evil.example", "/"), ("", "/")],
)
def test_next_leads_only_to_our_own_pages(asked: str, led: str) -> None:
    request = RequestFactory().post("/language/", {"next": asked})
    assert next_url(request, "/") == led


@pytest.mark.parametrize("role", list(Role))
def test_menu_shows_only_what_the_role_works_with(role: Role) -> None:
    user = make_user(role)
    shown = {section.label for section in sections_of(request_of(user))}
    allowed = {str(section.label) for section in SECTIONS if user.acts & set(section.acts)}
    assert shown <= allowed
    assert "工作台" in shown


def test_no_section_names_two_of_its_pages_alike() -> None:
    for section in sections_of(request_of(make_user(*Role))):
        words = [str(link.label) for link in section.links]
        assert len(words) == len(set(words)), words


def test_menu_is_in_the_order_of_work() -> None:
    wanted = [str(section.label) for section in SECTIONS]
    shown = [section.label for section in sections_of(request_of(make_user(Role.HEAD)))]
    assert shown == [label for label in wanted if label in shown]


def test_menu_marks_where_one_is() -> None:
    request = request_of(make_user(Role.HEAD), path="/admin/work/audit/")
    active = [section for section in sections_of(request) if section.active]
    assert [section.label for section in active] == ["系统"]
    assert [link.label for link in active[0].links if link.active] == ["审计记录"]


def test_sign_in_page_leads_in_and_refuses_candidates() -> None:
    make_user(Role.CLERK, username="lin")
    candidate()
    client = Client()
    page = client.get(reverse("admin:login"))
    assert "工作人员登录" in page_text(page)
    wrong = client.post(
        reverse("admin:login"), {"username": "c" * 20, "password": "Spring-2026-night"}
    )
    assert "不是工作人员账号" in page_text(wrong)
    right = client.post(
        reverse("admin:login"),
        {"username": "lin", "password": "Spring-2026-night", "next": "/admin/"},
    )
    assert right.headers["Location"] == "/admin/"
