"""From the beginning of an application to its reply, and everything that stops it on the way."""

import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.filing import policies, selectors, services
from assessment_center.filing.enums import FilingStatus
from assessment_center.filing.lifecycle import APPLICATION
from assessment_center.filing.models import FilingApplication
from assessment_center.filing.rules.evaluation import Mark
from assessment_center.organization.models import FiledScope, Filing
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.workflow import check
from tests.factories import filing as make
from tests.factories.foundation import (
    make_centre,
    make_member,
    make_occupation,
    make_rulebook,
    make_scope,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(frozen: Callable[..., object]) -> None:
    frozen(2026, 2, 10, 9)


def reasons(application: FilingApplication) -> list[str]:
    return [each.reason for each in policies.submit_faults(application)]


def test_an_initial_filing_goes_all_the_way() -> None:
    application = make.recommended()
    done = services.enter_reply(actor=SYSTEM, application=application, reply=make.reply())
    assert done.status == FilingStatus.CONFIRMED
    filing = done.filing
    assert filing is not None
    assert (filing.number, filing.reply_number) == (make.HENAN_NUMBER, "豫人社函〔2026〕8号")
    line = filing.scope.get()
    assert (line.occupation.name, line.levels, line.audience) == ("电工", [4, 3], ["students"])
    out = services.publish(actor=SYSTEM, application=done, site="www.osta.org.cn")
    assert (out.status, out.published_at_site) == (FilingStatus.PUBLISHED, "www.osta.org.cn")
    verbs = AuditEntry.objects.filter(subject_id=done.pk).values_list("verb", flat=True)
    assert {f"filing_request.{v}" for v in ("begin", "assess", "submit", "confirm")} <= set(verbs)


def test_an_empty_application_names_everything_that_is_missing() -> None:
    application = make.begin()
    told = reasons(application)
    for part in (
        "学校信息还没有登记",
        "还没有列出申请的职业",
        "专职工作人员 0 名，至少须 2 名",
        "内部质量督导组还没有成员",
        "内部制度还缺：职业技能等级认定工作规则",
        "评分表还有没填的项目",
        "工作方案还缺：1.1 院校概况",
        "缺少材料：备案申请函",
        "缺少材料：其他佐证材料",
    ):
        assert any(part in each for each in told), part
    assert not any("自主开发的评价规范" in each for each in told)
    assert all(each.citations for each in policies.submit_faults(application))
    with pytest.raises(RefusedError, match="学校信息") as refused:
        services.submit(actor=SYSTEM, application=application, pledged_by="周校长")
    assert refused.value.refusal.citations


def test_each_missing_paper_stops_the_submission_and_is_named() -> None:
    application = make.ready()
    papers = list(application.papers.all())
    assert {each.code for each in papers} == {
        "letter", "form", "plan", "summary", "scope_list", "evidence",
    }  # fmt: skip
    for paper in papers:
        services.drop_paper(actor=SYSTEM, paper=paper)
        told = reasons(application)
        assert len(told) == 1
        assert told[0].startswith("缺少材料")
        services.add_paper(
            actor=SYSTEM,
            application=application,
            code=paper.code,
            content=make.PDF if paper.code not in ("summary", "scope_list") else b"PK\x03\x04x",
        )
    assert reasons(application) == []


def test_assessors_are_counted_by_occupation() -> None:
    application = make.ready()
    application = services.reopen(actor=SYSTEM, application=application)
    make.ask(application, "焊工", major="智能焊接技术")
    welder = application.lines.get(occupation__name="焊工").occupation
    assert len(selectors.assessors_of(welder, date(2026, 2, 10))) == 3  # cards for any occupation
    application.centre.units.get(code="centre").members.first().member.qualifications.all()
    from assessment_center.personnel.models import Qualification

    electrician = application.lines.get(occupation__name="电工").occupation
    for card in Qualification.objects.filter(grade="assessor"):
        card.occupations.set([electrician])
    assert any("“焊工”有 0 名考评人员，至少须 3 名" in each for each in reasons(application))
    assert not any("“电工”" in each for each in reasons(application))


def test_the_self_assessment_fails_at_64_and_passes_at_65() -> None:
    application = make.begin()
    marks = make.full_marks(application)
    services.mark_rows(actor=SYSTEM, application=application, marks=marks)
    zero = {"E42": 10, "E12": 5, "E24": 3, "E6": 3, "E7": 3, "E8": 3, "E10": 5, "E41": 4}
    lowered = {
        code: (Mark(points=Decimal(marks[code][0].points or 0) - points), "")
        for code, points in zero.items()
    }
    services.mark_rows(actor=SYSTEM, application=application, marks=lowered)
    assert selectors.evaluation_of(application).total == 64
    with pytest.raises(RefusedError, match="自评 64 分，未达到 65 分") as refused:
        services.assess(actor=SYSTEM, application=application)
    assert "评估评分表" in str(refused.value.refusal.citations[0])
    services.mark_rows(
        actor=SYSTEM, application=application, marks={"E41": (Mark(points=Decimal(2)), "两部标准")}
    )
    assert services.assess(actor=SYSTEM, application=application).status == "assessed"


def test_a_veto_fails_a_full_sheet() -> None:
    application = make.begin()
    marks = make.full_marks(application) | {"E14": (Mark(met=False), "档案室面积不足")}
    services.mark_rows(actor=SYSTEM, application=application, marks=marks)
    with pytest.raises(RefusedError, match="否决项“E14 档案场所”不符合"):
        services.assess(actor=SYSTEM, application=application)


@pytest.mark.parametrize(
    ("code", "mark", "match"),
    [
        ("E1", Mark(points=Decimal(2)), "请选择是否符合"),
        ("E3", Mark(points=Decimal(5)), "不合评分标准"),
        ("E3", Mark(points=Decimal(7)), "不合评分标准"),
        ("E6", Mark(points=Decimal(1)), "不合评分标准"),
        ("E6", Mark(met=True), "不合评分标准"),
        ("E99", Mark(points=Decimal(1)), "没有“E99”"),
    ],
)
def test_marks_that_do_not_fit_are_refused(code: str, mark: Mark, match: str) -> None:
    application = make.begin()
    with pytest.raises(RefusedError, match=match):
        services.mark_rows(actor=SYSTEM, application=application, marks={code: (mark, "")})
    assert not application.marks.exists()


def test_the_same_mark_again_changes_nothing() -> None:
    application = make.begin()
    once = {"E4": (Mark(points=Decimal(2)), "见方案一")}
    assert services.mark_rows(actor=SYSTEM, application=application, marks=once) == 1
    assert services.mark_rows(actor=SYSTEM, application=application, marks=once) == 0


def test_without_pledge_nothing_is_handed_in() -> None:
    application = make.ready()
    with pytest.raises(RefusedError, match="真实性作出承诺") as refused:
        services.submit(actor=SYSTEM, application=application, pledged_by="  ")
    assert "备案事项办理指南" in str(refused.value.refusal.citations[0])


def test_the_recommending_body_cannot_be_skipped() -> None:
    application = make.submitted()
    with pytest.raises(RefusedError, match="须先由省教育部门初审推荐"):
        services.enter_reply(actor=SYSTEM, application=application, reply=make.reply())
    assert not Filing.objects.exists()
    with pytest.raises(RefusedError, match="还没有登记评审专家意见"):
        services.recommend(actor=SYSTEM, application=application)
    facts = {"opinion": "设备不足。", "signed_on": date(2026, 2, 12)}
    services.give_opinion(
        actor=SYSTEM, application=application, expert="甲", supports=False, **facts
    )
    with pytest.raises(ValidationError, match="已经登记"):
        services.give_opinion(
            actor=SYSTEM, application=application, expert="甲", supports=True, **facts
        )
    with pytest.raises(RefusedError, match="有专家不同意推荐"):
        services.recommend(actor=SYSTEM, application=application)
    with pytest.raises(RefusedError, match="请写明登记退回的原因"):
        services.send_back(actor=SYSTEM, application=application, reason=" ")
    back = services.send_back(actor=SYSTEM, application=application, reason="补充设备")
    again = services.reopen(actor=SYSTEM, application=back)
    assert again.status == FilingStatus.DRAFT


def test_a_technical_school_asks_the_deciding_body_directly() -> None:
    application = make.begin(route="technical")
    assert application.way.recommends == ""
    application.status = FilingStatus.SUBMITTED
    application.save(update_fields=["status"])
    assert not policies.may_recommend(application, SYSTEM)
    assert policies.may_confirm(application, SYSTEM)


def test_the_reply_files_no_more_than_was_asked_for() -> None:
    application = make.recommended()
    line = application.lines.get()
    with pytest.raises(RefusedError, match="没有申请 2 级"):
        services.enter_reply(
            actor=SYSTEM, application=application, reply=make.reply(granted={line.pk: (3, 2)})
        )
    with pytest.raises(RefusedError, match="没有列出一个职业"):
        services.enter_reply(actor=SYSTEM, application=application, reply=make.reply(granted={}))
    with pytest.raises(RefusedError, match="有没有申请的职业"):
        services.enter_reply(
            actor=SYSTEM,
            application=application,
            reply=make.reply(granted={application.pk: (3,)}),
        )
    done = services.enter_reply(
        actor=SYSTEM, application=application, reply=make.reply(granted={line.pk: (3,)})
    )
    assert done.filing is not None
    assert done.filing.scope.get().levels == [3]


NO_REPLIES: list[tuple[dict[str, object], str]] = [
    ({"filing_number": "Y000041199001"}, "不合编码规则"),
    ({"filing_number": "Y000041019000"}, "不合编码规则"),
    ({"filing_number": "Y00004101900１"}, "不合编码规则"),  # noqa: RUF001
    ({"filing_number": ""}, "不合编码规则"),
    ({"valid_until": date(2029, 3, 2)}, "不超过 3 年"),
    ({"valid_until": None}, "不超过 3 年"),
    ({"reply_number": " "}, "请填写回执文号"),
]


def test_a_reply_that_cannot_be_is_refused() -> None:
    application = make.recommended()
    for facts, match in NO_REPLIES:
        with pytest.raises(RefusedError, match=match):
            services.enter_reply(actor=SYSTEM, application=application, reply=make.reply(**facts))
    application.refresh_from_db()
    assert (application.status, application.filing) == ("recommended", None)
    assert not FiledScope.objects.exists()


def test_an_increment_adds_to_the_filing_and_ends_with_it() -> None:
    base = make.filed()
    application = make.submitted("incremental")
    assert application.base == base
    assert not selectors.needs_plan(application)
    services.recommend(actor=SYSTEM, application=application)
    application.refresh_from_db()
    with pytest.raises(RefusedError, match=f"沿用原备案号 {base.number}"):
        services.enter_reply(
            actor=SYSTEM,
            application=application,
            reply=make.reply(filing_number="Y000041019002"),
        )
    done = services.enter_reply(
        actor=SYSTEM,
        application=application,
        reply=make.reply(filing_number="", reply_date=date(2026, 3, 1), valid_until=None),
    )
    added = done.filing
    assert added is not None
    assert (added.number, added.valid_until, added.base) == (base.number, base.valid_until, base)
    assert (added.is_incremental, added.valid_from) == (True, date(2026, 3, 1))


def test_an_increment_needs_a_filing_that_holds() -> None:
    with pytest.raises(RefusedError, match="今天没有有效的备案"):
        make.begin("incremental")
    make.filed(valid_from=date(2023, 2, 11), valid_until=date(2026, 2, 9))
    with pytest.raises(RefusedError, match="今天没有有效的备案"):
        make.begin("incremental")
    make.filed(valid_from=date(2023, 2, 11), valid_until=date(2026, 2, 10))  # ends today: it holds
    assert make.begin("incremental").base is not None


def test_a_level_filed_already_is_not_asked_for_again() -> None:
    base = make.filed()
    make_scope(make_occupation("电工"), filing=base, levels=(4,))
    application = make.begin("incremental")
    with pytest.raises(RefusedError, match="4 级已经备案"):
        make.ask(application, levels=(4, 3))
    assert make.ask(application, levels=(3,)).levels == [3]


def test_a_renewal_brings_along_what_holds_and_tells_what_it_leaves() -> None:
    held = make.filed()
    for name, major in (("电工", "电气自动化技术"), ("钳工", "机械制造"), ("茶艺师", "")):
        make_scope(make_occupation(name), filing=held, levels=(4, 3), matching_major=major)
    renewal = make.begin()
    make.ask(renewal, levels=(4,))
    assert len(selectors.not_asked_again(renewal)) == 3
    done = services.carry_over(actor=SYSTEM, application=renewal)
    told = "；".join(done.left)
    assert (done.lines, len(done.left)) == (1, 2)
    assert ("等级比现行的少" in told, "茶艺师：请写明对应专业" in told) == (True, True)
    brought = renewal.lines.get(occupation__name="钳工")
    assert (brought.levels, brought.major, brought.whole_reason) == ([4, 3], "机械制造", "")
    assert selectors.not_asked_again(make.begin("incremental")) == []


def test_a_first_filing_has_nothing_to_bring_along() -> None:
    with pytest.raises(RefusedError, match="没有可带入的"):
        services.carry_over(actor=SYSTEM, application=make.begin())


def test_kinds_and_routes_are_the_rulebooks() -> None:
    with pytest.raises(RefusedError, match="没有“项目预审”这一途径"):
        make.begin("precheck", route="technical")
    with pytest.raises(RefusedError, match="没有“初次备案”这一途径"):
        make.begin(route="nowhere")
    make.begin()
    with pytest.raises(RefusedError, match="还有一份没有办结"):
        make.begin()
    with pytest.raises(IntegrityError, match="one_open_filing_request"), transaction.atomic():
        FilingApplication.objects.create(
            centre=make_centre(),
            rulebook_version=make_rulebook("henan"),
            kind="initial",
            route="technical",
        )


@pytest.mark.parametrize(
    ("rulebook", "kind"),
    [
        ("chongqing", "initial"),
        ("shandong", "initial"),
        ("fujian", "precheck"),
        ("jilin", "selection"),
    ],
)
def test_other_rulebooks_ask_for_less(rulebook: str, kind: str) -> None:
    """No evaluation, no recommending body: papers and regulations as far as the book speaks."""
    application = make.begin(kind, rulebook=rulebook)
    assert not selectors.needs_assessment(application)
    assert not selectors.needs_plan(application)
    assert not application.way.recommends
    services.save_profile(actor=SYSTEM, centre=application.centre, **make.PROFILE)
    levels = () if rulebook == "fujian" else (4,)
    make.ask(application, levels=levels)
    make.regulate(application)
    make.gather(application)
    sent = services.submit(actor=SYSTEM, application=application, pledged_by="")
    done = services.enter_reply(
        actor=SYSTEM,
        application=sent,
        reply=make.reply(filing_number="Y000050012345", valid_until=None),
    )
    assert done.filing is not None
    assert done.filing.scope.count() == 1
    with pytest.raises(RefusedError, match="没有规定备案后的公布"):
        services.publish(actor=SYSTEM, application=done, site="x")


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.HEAD, Role.CLERK)])
def test_only_who_keeps_the_centre_files(role: Role) -> None:
    application = make.begin()
    actor = make_user(role).as_actor()
    for act in (
        lambda: services.begin(
            actor=actor,
            centre=application.centre,
            version=application.rulebook_version,
            kind="initial",
            route="technical",
        ),
        lambda: services.describe(actor=actor, application=application, systems="x"),
        lambda: services.submit(actor=actor, application=application, pledged_by="周"),
        lambda: services.enter_reply(actor=actor, application=application, reply=make.reply()),
        lambda: services.mark_rows(actor=actor, application=application, marks={}),
        lambda: services.save_profile(actor=actor, centre=application.centre, **make.PROFILE),
    ):
        with pytest.raises(RefusedError, match="您的角色不能"):
            act()  # type: ignore[no-untyped-call]


def test_what_is_handed_in_stays(django_assert_num_queries: object) -> None:
    application = make.submitted()
    with pytest.raises(RefusedError, match="不能再改"):
        make.ask(application, "焊工")
    with pytest.raises(RefusedError, match="不能再改"):
        services.add_paper(actor=SYSTEM, application=application, code="evidence", content=make.PDF)
    for rows, change in (
        (application.lines, {"major": "x"}),
        (application.papers, {"title": "x"}),
        (application.marks, {"note": "x"}),
        (application.sections, {"text": "x"}),
    ):
        with pytest.raises(IntegrityError, match="申请已报送"), transaction.atomic():
            rows.update(**change)
        with pytest.raises(IntegrityError, match="申请已报送"), transaction.atomic():
            rows.all().delete()
    paper = application.papers.order_by("code")[0]
    paper.sealed = bytes(paper.sealed)[::-1]
    paper.save(update_fields=["sealed"])  # a rotation of keys seals anew


def test_every_state_and_move_is_in_the_table() -> None:
    application = make.begin()
    allowed = {move.name: set(move.sources) for move in APPLICATION.moves}
    assert allowed == {
        "assess": {"draft"},
        "reopen": {"assessed", "returned"},
        "submit": {"draft", "assessed"},
        "recommend": {"submitted"},
        "return": {"submitted", "recommended"},
        "confirm": {"submitted", "recommended"},
        "publish": {"confirmed"},
    }
    for status in FilingStatus:
        application.status = status
        for move, sources in allowed.items():
            outcome = check(machine=APPLICATION, subject=application, move=move, actor=SYSTEM)
            if status not in sources:
                assert not outcome
                assert "当前状态为" in str(outcome)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_submit_at_once_and_one_does() -> None:
    application = make.ready()
    clerks = [make_user(Role.CLERK).as_actor() for _n in range(2)]
    gate, told = threading.Barrier(2), []

    def hand_in(number: int) -> None:
        gate.wait()
        try:
            services.submit(actor=clerks[number], application=application, pledged_by="周校长")
            told.append("done")
        except RefusedError as refused:
            told.append(str(refused))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=hand_in, args=(n,)) for n in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(text == "done" for text in told) == [False, True]
    refusal = next(text for text in told if text != "done")
    assert "已报送" in refusal or "刚刚被他人处理" in refusal
    verb = "filing_request.submit"
    assert AuditEntry.objects.filter(subject_id=application.pk, verb=verb).count() == 1


def test_units_name_their_members_once() -> None:
    application = make.begin()
    office = make.staff_up(application)
    with pytest.raises(ValidationError, match="只有一名负责人"):
        services.join_unit(
            actor=SYSTEM, unit=office, member=make_member(), post="副主任", is_head=True
        )
