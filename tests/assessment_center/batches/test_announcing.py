"""Announcements: complete, early enough, unchangeable, changed only as the rulebook says."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from assessment_center.accounts.enums import Role
from assessment_center.batches import services
from assessment_center.batches.models import Announcement, AssessmentBatch
from assessment_center.batches.policies import content_faults, publishing_faults
from assessment_center.batches.rules.announcement import (
    PART_NAMES,
    AnnouncementFacts,
    OfferedLine,
    compose,
    missing_parts,
)
from assessment_center.batches.telling import announcement_facts
from assessment_center.catalog.services import set_rate
from assessment_center.organization.models import AssessmentCentre, FiledScope, Filing
from assessment_center.registry import SYSTEM, RefusedError
from tests.factories.foundation import (
    announced,
    at,
    make_batch,
    make_offering,
    make_plan,
    make_user,
)

pytestmark = pytest.mark.django_db


def drafted(batch: AssessmentBatch) -> Announcement:
    make_offering(batch)
    return services.draft_announcement(actor=SYSTEM, batch=batch)


def publish(announcement: Announcement) -> Announcement:
    return services.publish_announcement(
        actor=SYSTEM, announcement=announcement, at=at(2026, 3, 20)
    )


def test_the_text_tells_everything_the_batch_knows() -> None:
    body = drafted(make_batch()).body
    for words in (
        "电工 四级/中级工",
        "2026-04-01 09:00",
        "2026-05-23（周六）",
        "实训中心",
        "023-10000001",
    ):
        assert words in body


def facts_of(rulebook: str, **offered: object) -> AnnouncementFacts:
    batch = make_batch(rulebook=rulebook)
    make_offering(batch, **offered)
    return announcement_facts(batch)


def test_each_rulebook_tells_its_own_circle_and_its_own_words() -> None:
    assert facts_of("henan").audience == "本校学生、本校教职工"
    assert facts_of("shandong").audience == "本校学生、本校教职工、社会人员"
    special = facts_of("fujian", level=None)
    assert special.special
    assert not facts_of("jilin").special
    assert "90×110 像素" in "".join(special.materials)
    assert "工作年限证明、原等级证书、学历证书或在读证明" in "".join(facts_of("jilin").materials)


def test_the_documents_behind_the_fees_are_told_once() -> None:
    batch = make_batch()
    for level in (4, 3):
        offering = make_offering(batch, level=level, fee_cents=24000)
        set_rate(
            actor=SYSTEM, occupation=offering.occupation, level=level, amount_cents=24000,
            valid_from=date(2026, 1, 1), basis="渝价〔2016〕128号", reason="首次制定",
        )  # fmt: skip
    assert announcement_facts(batch).fee_basis == ("渝价〔2016〕128号",)
    assert facts_of("henan").fee_basis == ()


def test_equal_conditions_are_told_together() -> None:
    either = ("满5年", "本专业毕业")
    line = OfferedLine("电工 四级", "考试考核", "理论", "240 元", either)
    other = OfferedLine("焊工 四级", "考试考核", "理论", "240 元", either)
    only = OfferedLine("钳工 三级", "直接认定", "凭材料", "不收费", ("持证书",))
    free = OfferedLine("车工", "考试考核", "理论", "不收费")
    facts = AnnouncementFacts(
        (line, other, only, free), "四月", "院内", "交表", "五月", "中心", "电话"
    )
    text = compose(facts)
    assert "电工 四级、焊工 四级，符合下列条件之一" in text
    assert "（1）满5年；\n（2）本专业毕业。\n" in text
    assert text.count("满5年") == 1
    assert "钳工 三级：持证书。" in text
    assert "车工：按所报职业的评价标准执行" in text
    assert missing_parts(facts) == []
    empty = AnnouncementFacts((), "", "", "", "", "", "")
    assert [PART_NAMES[part] for part in missing_parts(empty)] == [
        "认定项目",
        "报名时间",
        "报名地点",
        "报名手续",
        "考试时间",
        "考试地点",
        "联系方式",
    ]


def test_a_published_announcement_cannot_be_changed_by_anybody() -> None:
    batch = make_batch()
    published = announced(batch)
    with pytest.raises(RefusedError, match="已发布"):
        services.edit_announcement(actor=SYSTEM, announcement=published, title="x", body="y")
    with pytest.raises(RefusedError, match="不能发布公告"):
        publish(published)
    rows = Announcement.objects.filter(pk=published.pk)
    with pytest.raises(IntegrityError, match="公告已发布"), transaction.atomic():
        rows.update(title="x")
    with pytest.raises(IntegrityError, match="公告已发布"), transaction.atomic():
        rows.delete()


def test_the_database_wants_a_time_and_a_number_once() -> None:
    draft = drafted(make_batch())
    rows = Announcement.objects.filter(pk=draft.pk)
    with pytest.raises(IntegrityError, match="announcement_published_when"), transaction.atomic():
        rows.update(status="published")
    with pytest.raises(IntegrityError, match="announcement_number_once"), transaction.atomic():
        Announcement.objects.create(batch=draft.batch, number=1, title="x", body="y")


def test_a_draft_is_edited_and_there_is_one_at_a_time() -> None:
    draft = drafted(make_batch())
    edited = services.edit_announcement(
        actor=SYSTEM, announcement=draft, title=" 新题 ", body="新文"
    )
    assert (edited.title, edited.body, str(edited)) == ("新题", "新文", "新题")
    with pytest.raises(RefusedError, match="第 1 号公告还是草稿"):
        services.draft_announcement(actor=SYSTEM, batch=draft.batch)


def test_without_an_approved_plan_nothing_is_announced() -> None:
    draft = drafted(make_batch(plan=make_plan(approved=False)))
    with pytest.raises(RefusedError, match="年度计划") as caught:
        publish(draft)
    assert "考务管理办法》第四条" in str(caught.value.refusal.citations[0])


def test_an_incomplete_batch_is_not_announced() -> None:
    batch = make_batch()
    draft = services.draft_announcement(actor=SYSTEM, batch=batch)
    with pytest.raises(RefusedError, match="认定项目"):
        publish(draft)
    make_offering(batch)
    Announcement.objects.filter(pk=draft.pk).update(body=" ")
    with pytest.raises(RefusedError, match="正文是空的"):
        publish(draft)
    AssessmentCentre.objects.update(address="")
    with pytest.raises(RefusedError, match="报名地点"):
        publish(draft)


def test_a_scope_lost_meanwhile_stops_the_announcement() -> None:
    draft = drafted(make_batch())
    FiledScope.objects.update(levels=[5])
    with pytest.raises(RefusedError, match="没有备案 4 级"):
        publish(draft)


def test_a_filing_that_ends_on_the_day_before_stops_the_announcement() -> None:
    draft = drafted(make_batch())
    day = draft.batch.exam_ends
    Filing.objects.update(valid_until=day)
    published = at(2026, 3, 20).date()
    assert list(publishing_faults(draft, published)) == []
    Filing.objects.update(valid_until=day - timedelta(days=1))
    (fault,) = publishing_faults(draft, published)
    assert "没有有效的备案" in fault.reason
    assert "证书管理办法" in str(fault.citations[0])
    with pytest.raises(RefusedError, match="没有有效的备案"):
        publish(draft)


def test_too_late_an_announcement_is_refused_where_the_rulebook_counts_days() -> None:
    draft = drafted(make_batch(rulebook="shandong"))
    with pytest.raises(RefusedError, match="45 天"):
        services.publish_announcement(actor=SYSTEM, announcement=draft, at=at(2026, 4, 9))
    services.publish_announcement(actor=SYSTEM, announcement=draft, at=at(2026, 4, 8))


def test_no_examination_on_statutory_holidays_where_forbidden() -> None:
    from datetime import date

    may_day = {"exam_starts": date(2026, 4, 30), "exam_ends": date(2026, 5, 1)}
    draft = drafted(make_batch(rulebook="jilin", **may_day))
    with pytest.raises(RefusedError, match="2026-05-01 是法定节假日"):
        publish(draft)
    publish(drafted(make_batch(**may_day)))


@pytest.mark.parametrize(
    ("rulebook", "given", "words"),
    [
        ("chongqing", {"reason": "场地维修"}, "须经主管部门核准"),
        ("chongqing", {"consent_number": "渝〔2026〕1号"}, "须写明原因"),
        ("chongqing", {"reason": "场地维修", "consent_number": "渝〔2026〕1号"}, ""),
        ("shandong", {"reason": "场地维修", "consent_number": "1号"}, "不能变更"),
        ("jilin", {}, "须写明原因"),
        ("jilin", {"reason": "场地维修"}, ""),
        ("henan", {}, ""),
    ],
)
def test_a_change_needs_what_the_rulebook_asks(
    rulebook: str, given: dict[str, str], words: str
) -> None:
    batch = make_batch(rulebook=rulebook)
    announced(batch)
    change = services.draft_announcement(actor=SYSTEM, batch=batch, body="改在二号楼。", **given)
    assert (change.number, "变更" in change.title) == (2, True)
    if words:
        with pytest.raises(RefusedError, match=words):
            publish(change)
        return
    publish(change)
    batch.refresh_from_db()
    assert batch.status == "announced"


def test_roles_of_announcing() -> None:
    draft = drafted(make_batch())
    clerk = make_user(Role.CLERK).as_actor()
    with pytest.raises(RefusedError, match="角色不能发布公告"):
        services.publish_announcement(actor=clerk, announcement=draft)
    reviewer = make_user(Role.REVIEWER).as_actor()
    with pytest.raises(RefusedError, match="起草公告"):
        services.draft_announcement(actor=reviewer, batch=draft.batch)


def test_a_cancelled_batch_is_not_announced() -> None:
    batch = make_batch()
    services.cancel_batch(actor=SYSTEM, batch=batch, reason="人数不足")
    with pytest.raises(RefusedError, match="批次已结束"):
        services.draft_announcement(actor=SYSTEM, batch=batch)


def test_a_clerk_who_reads_english_announces_in_chinese() -> None:
    batch = make_batch()
    make_offering(batch)
    with translation.override("en"):
        draft = services.draft_announcement(actor=SYSTEM, batch=batch)
        assert list(content_faults(draft, announcement_facts(batch))) == []
        assert str(batch.offerings.get()) != f"{batch.offerings.get().occupation} 四级/中级工"
    assert "四级/中级工" in draft.body
    assert not re.search(r"[A-Za-z]{4}", draft.title + draft.body)
