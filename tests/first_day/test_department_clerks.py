"""The sheet of accounts says for which department a clerk works; later columns are added again."""

import pytest

from assessment_center.accounts.models import User
from assessment_center.first_day.setup_steps import homeless
from assessment_center.people.models import DepartmentPost
from assessment_center.registry import Actor
from tests.first_day.conftest import rows_of, show, write

pytestmark = pytest.mark.django_db


def told(actor: Actor, rows: list[dict[str, object]]) -> list[tuple[str, str]]:
    problems = show(actor, "accounts", rows).outcome["problems"]
    return [(each["header"], each["message"]) for each in problems]


def posts() -> list[tuple[str, str | None]]:
    rows = DepartmentPost.objects.filter(is_active=True).order_by("user__username")
    return list(rows.values_list("user__username", "department__name"))


def test_departments_are_filled_in_by_a_second_import(actor: Actor) -> None:
    clerk = next(row for row in rows_of("accounts") if row["角色"] == "院系经办人")
    write(actor, "accounts", [clerk])
    assert posts() == []
    assert homeless() == ["还没有指定院系，看不到任何申报：何志强。"]
    write(actor, "departments", rows_of("departments"))
    shown = write(actor, "accounts", [clerk | {"院系": "机电工程学院"}])
    assert shown.outcome["changed"] == 1
    assert posts() == [("hezq", "机电工程学院")]
    assert homeless() == []
    again = write(actor, "accounts", [clerk | {"院系": "机电工程学院"}])
    assert again.outcome["unchanged"] == 1


def test_a_new_account_gets_its_department_at_once(actor: Actor) -> None:
    write(actor, "departments", rows_of("departments"))
    rows = [
        {"登录名": "tianyu", "姓名": "田雨", "角色": "院系经办人", "院系": "化学工程学院"},
        {"登录名": "hezq", "姓名": "何志强", "角色": "院系经办人", "院系": "全校"},
    ]
    write(actor, "accounts", rows)
    assert posts() == [("hezq", None), ("tianyu", "化学工程学院")]
    assert User.objects.filter(username="tianyu").exists()


@pytest.mark.parametrize(
    ("role", "department", "words"),
    [("考务员", "机电工程学院", "只有院系经办人才填院系"), ("院系经办人", "没有的系", "")],
)
def test_wrong_departments_are_told(actor: Actor, role: str, department: str, words: str) -> None:
    write(actor, "departments", rows_of("departments"))
    found = told(actor, [{"登录名": "tianyu", "姓名": "田雨", "角色": role, "院系": department}])
    assert [header for header, _message in found] == ["院系"]
    assert words in found[0][1]
    assert posts() == []
