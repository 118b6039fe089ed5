"""Lines are named as the classification names them, and rest on a standard or a specification."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessment_center.catalog.models import Occupation, OccupationalStandard
from assessment_center.filing import policies, services
from assessment_center.filing.models import OwnSpecification, ScopeRequest
from assessment_center.registry import SYSTEM, RefusedError
from tests.factories import filing as make
from tests.factories.foundation import make_job, make_member, make_occupation, make_standard

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(frozen: Callable[..., object]) -> None:
    frozen(2026, 2, 10, 9)


def test_a_job_misspelt_is_refused_with_the_nearest_names() -> None:
    application = make.begin()
    turner = make_occupation("车工", "6-18-01-01")
    for name in ("数控车床", "普通车床"):
        make_job(turner, name)
    with pytest.raises(RefusedError, match="没有名为“数控机床”的工种") as refused:
        make.ask(application, "车工", job="数控机床")
    assert "数控车床" in refused.value.refusal.remedy
    assert "备案申请表" in " ".join(map(str, refused.value.refusal.citations))
    with pytest.raises(RefusedError, match="下设工种，须写明工种") as refused:
        make.ask(application, "车工")
    assert "数控车床、普通车床" in refused.value.refusal.remedy or (
        "普通车床、数控车床" in refused.value.refusal.remedy
    )
    assert make.ask(application, "车工", job=" 数控车床 ").job.name == "数控车床"
    whole = make.ask(application, "车工", levels=(5,), whole_reason="五级不分工种")
    assert whole.job is None


def test_an_occupation_without_jobs_takes_none() -> None:
    application = make.begin()
    with pytest.raises(RefusedError, match="没有名为“电工甲”的工种") as refused:
        make.ask(application, "电工", job="电工甲")
    assert "不分工种" in refused.value.refusal.remedy


def test_groups_and_unknown_names_are_no_occupations() -> None:
    application = make.begin()
    make_occupation("电工")
    Occupation.objects.filter(name="电工").update(group_name="通用工程机械操作人员")
    for name, match in (
        ("通用工程机械操作人员", "小类名称，不能作为职业申报"),
        ("电子工", "没有职业“电子工”"),
        ("9-99-99-99", "没有职业"),
    ):
        wanted = services.Wanted(occupation=name, levels=(4,), major="x")
        with pytest.raises(RefusedError, match=match):
            services.ask_line(actor=SYSTEM, application=application, wanted=wanted)


def test_an_occupation_of_an_older_edition_is_refused() -> None:
    application = make.begin()
    Occupation.objects.create(name="旧职业", code="6-99-01-01", edition=1999)
    wanted = services.Wanted(occupation="旧职业", levels=(4,), major="x")
    with pytest.raises(RefusedError, match="须用 2015 年版或以后"):
        services.ask_line(actor=SYSTEM, application=application, wanted=wanted)


@pytest.mark.parametrize(
    ("levels", "match"), [((9,), "没有这些等级：9"), ((), "至少选一个等级"), ((0, 4), "等级：0")]
)
def test_levels_are_the_rulebooks(levels: tuple[int, ...], match: str) -> None:
    application = make.begin()
    with pytest.raises(RefusedError, match=match):
        make.ask(application, levels=levels)


def test_a_rulebook_without_levels_takes_none() -> None:
    application = make.begin("precheck", rulebook="fujian")
    with pytest.raises(RefusedError, match="没有这些等级：4"):
        make.ask(application, levels=(4,))
    assert make.ask(application, levels=()).levels == []


def test_a_line_names_its_major() -> None:
    application = make.begin()
    with pytest.raises(RefusedError, match="请写明对应专业") as refused:
        make.ask(application, major=" ")
    assert refused.value.refusal.citations
    near = make.ask(application, major="机电一体化", is_near=True, audience=("students", "staff"))
    assert (near.is_near, near.audience) == (True, ["students", "staff"])
    with pytest.raises(ValidationError, match="只列一行"):
        make.ask(application)
    with pytest.raises(TypeError, match="no such audience"):
        make.ask(application, "焊工", audience=("guests",))


def test_the_database_wants_one_basis() -> None:
    line = make.ask(make.begin())
    with pytest.raises(IntegrityError, match="request_line_one_basis"), transaction.atomic():
        ScopeRequest.objects.filter(pk=line.pk).update(standard=None)


def with_own_spec(times: int = 5) -> tuple[Any, OwnSpecification]:
    application = make.begin()
    specification = make.specify(application)
    make.sign(specification, times)
    wanted = services.Wanted(
        occupation="茶艺师", levels=(4,), major="茶艺", specification=specification
    )
    services.ask_line(actor=SYSTEM, application=application, wanted=wanted)
    return application, specification


def test_an_own_specification_stands_in_where_there_is_no_standard() -> None:
    application = make.begin()
    wanted = services.Wanted(occupation="茶艺师", levels=(4,), major="茶艺")
    specification = make.specify(application)
    with pytest.raises(RefusedError, match="没有登记的职业标准"):
        services.ask_line(actor=SYSTEM, application=application, wanted=wanted)
    make_standard(make_occupation("电工"))
    with pytest.raises(RefusedError, match="有国家职业标准"):
        make.ask(application, specification=specification)
    Occupation.objects.create(name="评茶员", code="6-02-06-11", edition=2022)
    wrong = services.Wanted("评茶员", levels=(4,), major="茶艺", specification=specification)
    with pytest.raises(RefusedError, match="不是这个职业"):
        services.ask_line(actor=SYSTEM, application=application, wanted=wrong)


@pytest.mark.parametrize(("times", "enough"), [(4, False), (5, True)])
def test_four_experts_are_too_few_five_are_enough(times: int, enough: bool) -> None:
    application, specification = with_own_spec(times)
    told = [each.reason for each in policies.submit_faults(application)]
    assert any("名专家签字同意，至少须 5 名" in each for each in told) == (not enough)
    assert any("缺少材料：自主开发的评价规范" in each for each in told)
    if enough:
        done = services.close_review(actor=SYSTEM, specification=specification)
        assert done.status == "reviewed"
        with pytest.raises(RefusedError, match="评审已结束"):
            make.sign(specification, 1)
    else:
        with pytest.raises(RefusedError, match="至少须 5 名"):
            services.close_review(actor=SYSTEM, specification=specification)


def test_a_dissenting_or_unappointed_expert_stops_the_review() -> None:
    _application, specification = with_own_spec()
    make.sign(specification, 1, approves=False)
    with pytest.raises(RefusedError, match="有专家不同意"):
        services.close_review(actor=SYSTEM, specification=specification)
    with pytest.raises(RefusedError, match="不是聘任的专家"):
        services.sign_specification(
            actor=SYSTEM,
            specification=specification,
            expert=make_member(),
            approves=True,
            signed_on=date(2026, 2, 9),
        )
    with pytest.raises(IntegrityError, match="专家签字后不能改动"), transaction.atomic():
        specification.experts.update(approves=True)


def test_a_filed_specification_becomes_the_standard() -> None:
    application, specification = with_own_spec()
    services.close_review(actor=SYSTEM, specification=specification)
    application.status = "recommended"
    application.save(update_fields=["status"])
    done = services.enter_reply(actor=SYSTEM, application=application, reply=make.reply())
    specification.refresh_from_db()
    assert specification.status == "filed"
    assert done.filing is not None
    assert done.filing.scope.get().standard == specification.standard
    assert OccupationalStandard.objects.filter(name="茶艺师评价规范").count() == 1


def test_a_silent_rulebook_knows_no_own_specification() -> None:
    application = make.begin(rulebook="shandong")
    with pytest.raises(RefusedError, match="没有规定自主评价规范"):
        make.specify(application)


def test_a_line_is_taken_out_again() -> None:
    application = make.begin()
    line = make.ask(application)
    services.drop_line(actor=SYSTEM, line=line)
    assert not application.lines.exists()
