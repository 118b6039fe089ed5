"""A change of an announcement: numbered, told before and after, and in force with its publication."""

from datetime import date

import pytest

from assessment_center.accounts.enums import Role
from assessment_center.batches import services
from assessment_center.batches.models import Announcement, AssessmentBatch
from assessment_center.batches.rules.announcement import (
    PART_NAMES,
    AnnouncementFacts,
    OfferedLine,
)
from assessment_center.batches.telling import changed_words
from assessment_center.registry import SYSTEM, RefusedError
from tests.factories.foundation import announced, at, make_batch, make_offering, make_user

pytestmark = pytest.mark.django_db
CONSENT = {"reason": "场地维修", "consent_number": "核准〔2026〕3号"}
LINE = OfferedLine("电工 四级", "考试考核", "理论", "240 元", (), "电工标准")
FACTS = AnnouncementFacts((LINE,), "四月", "学府路1号", "交表", "五月", "实训楼", "023-1")


def change(batch: AssessmentBatch, changes: dict[str, str], **more: str) -> Announcement:
    return services.draft_announcement(
        actor=SYSTEM, batch=batch, changes=changes, **{**CONSENT, **more}
    )


def publish(draft: Announcement) -> Announcement:
    return services.publish_announcement(actor=SYSTEM, announcement=draft, at=at(2026, 4, 2))


def test_what_changes_is_told_and_takes_effect_with_the_publication() -> None:
    batch = make_batch()
    first = announced(batch)
    draft = change(batch, {"exam_place": "二号实训楼", "exam_ends": "2026-05-30"})
    batch.refresh_from_db()
    assert batch.exam_place != "二号实训楼"
    assert f"现将《{first.title}》的有关安排变更如下" in draft.body
    assert f"由“{batch.exam_place}”变更为“二号实训楼”" in draft.body
    assert "因场地维修" in draft.body
    published = publish(draft)
    batch.refresh_from_db()
    assert (batch.exam_place, batch.exam_ends) == ("二号实训楼", date(2026, 5, 30))
    assert (published.number, published.changes["exam_place"]) == (2, "二号实训楼")
    first.refresh_from_db()
    assert "二号实训楼" not in first.body


def test_an_unchanged_value_is_no_change_and_nonsense_is_refused() -> None:
    batch = make_batch()
    announced(batch)
    with pytest.raises(RefusedError, match="写得不对"):
        change(batch, {"exam_starts": "2026-13-01"})
    draft = change(batch, {"exam_place": batch.exam_place, "exam_ends": ""})
    assert draft.changes == {}


def test_the_new_days_are_judged_as_the_old_were() -> None:
    batch = make_batch(rulebook="jilin")
    announced(batch)
    draft = change(batch, {"exam_starts": "2026-05-01", "exam_ends": "2026-05-01"})
    with pytest.raises(RefusedError, match="2026-05-01 是法定节假日"):
        publish(draft)
    services.discard_announcement(actor=SYSTEM, announcement=draft)
    draft = change(batch, {"exam_ends": "2026-05-02"})
    with pytest.raises(RefusedError, match="不能早于开始日"):
        publish(draft)


def test_registration_that_is_over_is_not_prolonged() -> None:
    batch = make_batch()
    announced(batch)
    services.close_registration(actor=SYSTEM, batch=batch, at=batch.registration_closes)
    with pytest.raises(RefusedError, match="报名已经截止"):
        change(batch, {"registration_closes": "2026-05-01T17:00"})


def test_before_the_first_there_is_nothing_to_change() -> None:
    batch = make_batch()
    make_offering(batch)
    with pytest.raises(RefusedError, match="直接修改批次"):
        change(batch, {"exam_place": "别处"})


def test_only_a_draft_is_discarded_and_only_by_who_plans() -> None:
    batch = make_batch()
    published = announced(batch)
    with pytest.raises(RefusedError, match="已发布"):
        services.discard_announcement(actor=SYSTEM, announcement=published)
    draft = change(batch, {"exam_place": "别处"})
    reviewer = make_user(Role.REVIEWER).as_actor()
    with pytest.raises(RefusedError, match="起草公告"):
        services.discard_announcement(actor=reviewer, announcement=draft)
    services.discard_announcement(actor=SYSTEM, announcement=draft)
    assert batch.announcements.count() == 1


@pytest.mark.parametrize("rulebook", ["chongqing", "henan", "shandong", "fujian", "jilin"])
def test_every_rulebook_finds_its_parts_in_the_composed_text(rulebook: str) -> None:
    batch = make_batch(rulebook=rulebook)
    make_offering(batch, level=None if rulebook == "fujian" else 4)
    published = announced(batch)
    rule = published.batch.rules.settings.announcement_parts
    assert rule is not None
    assert rule.citations
    assert set(rule.value) <= PART_NAMES.keys()


def test_each_missing_part_comes_with_its_article() -> None:
    from assessment_center.batches.policies import content_faults

    batch = make_batch(rulebook="shandong")
    empty = AnnouncementFacts((), "", "", "", "", "", "")
    draft = Announcement(batch=batch, number=1, body="x")
    found = {each.reason: each.citations for each in content_faults(draft, empty)}
    assert any("一2" in str(cited) for cited in found["公告还缺：注意事项。"])
    assert "公告还缺：申报材料。" in found
    assert "公告还缺：收费项目和标准。" not in found


@pytest.mark.parametrize(("rulebook", "label"), [("fujian", "考核地点"), ("chongqing", "考试地点")])
def test_a_change_is_told_in_the_words_of_the_rulebook(rulebook: str, label: str) -> None:
    batch = make_batch(rulebook=rulebook)
    (told,) = changed_words(batch, {"exam_place": "第二教学楼"})
    assert (told.label, told.after) == (label, "第二教学楼")
