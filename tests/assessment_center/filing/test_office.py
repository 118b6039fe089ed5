"""The pages of filing before bad input: each refusal says what, and nothing is guessed."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.filing import services
from assessment_center.filing.models import FilingApplication
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry import SYSTEM
from tests.factories import filing as make
from tests.factories.foundation import make_occupation, make_scope, make_user

pytestmark = pytest.mark.django_db
NO_DAY = "不是可识别的日期"


@pytest.fixture
def clerk() -> Client:
    client = Client()
    client.force_login(make_user(Role.CLERK, Role.HEAD))
    return client


def said(client: Client, name: str, *args: Any, **posted: Any) -> str:
    address = reverse(f"filing_office:{name}", args=args)
    answer = client.post(address, posted, follow=True) if posted else client.get(address)
    return answer.content.decode()


@pytest.mark.parametrize("day", ["2026-02-30", "kaputt"])
def test_a_day_that_is_none_is_refused_and_never_taken_for_today(clerk: Client, day: str) -> None:
    make.filed()
    address = reverse("filing_office:today")
    answer = clerk.get(address, {"on": day})
    assert answer.status_code == 200
    assert NO_DAY in answer.content.decode()
    assert NO_DAY in said(clerk, "cease", on=day, reason="撤销专业")
    assert AssessmentCentre.objects.get().ceased_on is None


def test_a_regulation_ends_only_on_a_day(clerk: Client) -> None:
    application = make.begin()
    make.regulate(application)
    held = application.centre.regulations.first()
    assert NO_DAY in said(clerk, "regulation_end", held.pk, on="")
    held.refresh_from_db()
    assert held.ended_on is None
    services.end_regulation(actor=SYSTEM, regulation=held, on=date(2026, 3, 2))
    assert str(held.title) in said(clerk, "regulations")


def marked(application: FilingApplication, points: int) -> dict[str, str]:
    """The table as it is posted, full marks cut down to exactly `points`."""
    rows = [each for each in application.rules.filing_criteria if not each.bonus]
    posted = {f"mark_{each.code}": "yes" for each in rows if each.veto}
    steps = [(each.per_fault or (each.points if each.all_or_nothing else 1), each)
             for each in rows if not each.veto]  # fmt: skip
    over = 100 - points
    for step, each in sorted(steps, key=lambda pair: -pair[0]):
        cut = int(min(over, each.points) // step * step)
        over -= cut
        posted[f"mark_{each.code}"] = str(each.points - cut)
    assert over == 0
    return posted


def test_sixty_four_points_and_a_veto_are_refused_with_their_articles(clerk: Client) -> None:
    application = make.begin()
    assert "已保存" in said(clerk, "assessment", application.pk, **marked(application, 64))
    told = said(clerk, "move", application.pk, "assess", sure="1")
    assert "自评 64 分，未达到 65 分" in told
    enough = marked(application, 65)
    veto = next(each for each in application.rules.filing_criteria if each.veto)
    said(clerk, "assessment", application.pk, **enough | {f"mark_{veto.code}": "no"})
    told = said(clerk, "move", application.pk, "assess", sure="1")
    assert f"否决项“{veto.code} {veto.label}”不符合" in told
    application.refresh_from_db()
    assert application.status == "draft"
    said(clerk, "assessment", application.pk, **enough)
    said(clerk, "move", application.pk, "assess", sure="1")
    application.refresh_from_db()
    assert application.status == "assessed"


def test_a_renewal_brings_its_scope_along(clerk: Client) -> None:
    facts = {"levels": (4, 3), "matching_major": "机械制造"}
    make_scope(make_occupation("钳工"), filing=make.filed(), **facts)
    application = make.begin()
    assert "原有效期满后不能再认定" in said(clerk, "scope", application.pk)
    assert "带入现行范围 1 项" in said(clerk, "scope", application.pk, carry="1")
    assert application.lines.get().levels == [4, 3]
    assert "带入现行范围" not in said(clerk, "scope", application.pk)
