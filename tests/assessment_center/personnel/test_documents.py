"""The printed forms of the staff's file say what is in it, rare characters included."""

from datetime import date
from typing import Any

import pytest
from django.http import Http404
from pypdfium2 import PdfDocument

from assessment_center.personnel import services
from assessment_center.personnel.documents import find
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.models import StaffMember
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry import SYSTEM
from assessment_center.registry.entries import record_documents
from tests.assessment_center.personnel.build import applied, course, filed, passed, veteran
from tests.factories.foundation import id_number, make_occupation, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-05-20 10:00:00+08:00")]
TODAY = date(2026, 5, 20)
RARE = "𬎆昭䶮"


def printed(slug: str, record: Any = None) -> str:
    """All words of the form, one after another."""
    parts = record_documents[slug].render(record, SYSTEM)
    pages = [
        page.get_textpage().get_text_range() for _stem, data in parts for page in PdfDocument(data)
    ]
    return "".join("".join(pages).split())


def rare_member() -> StaffMember:
    person = make_person(RARE, number=id_number(333, birth="19800516"))
    member = veteran()
    StaffMember.objects.filter(pk=member.pk).update(person=person)
    member.refresh_from_db()
    return member


def carded(member: StaffMember, grade: Grade, **more: Any) -> Any:
    given = {"valid_from": date(2026, 1, 1), "valid_until": date(2028, 12, 31), **more}
    return services.add_qualification(actor=SYSTEM, member=member, grade=grade, **given)


def test_the_application_form_tells_facts_training_and_decision() -> None:
    filed("henan")
    member = rare_member()
    application = applied(member, statement="指导技能竞赛多年")
    services.recommend(actor=SYSTEM, application=application)
    course(member)
    passed(application)
    services.issue_card(actor=SYSTEM, application=application, decision="审定通过")
    application.refresh_from_db()
    text = printed("staff-application", application)
    for part in (
        RARE,
        "资格申报表",
        "指导技能竞赛多年",
        "同意推荐",
        "累计培训48学时",
        "通用知识80分",
        "审定通过",
        "KP-2026-0001",
        "F-801",
        "考评人员管理办法",
    ):
        assert part in text, part
    assert member.person.id_masked in text


def test_cards_bear_the_rulebooks_name_and_both_days() -> None:
    filed("henan")
    member = rare_member()
    card = carded(
        member,
        Grade.ASSESSOR,
        card_number="KP-1",
        occupations=[make_occupation()],
        levels=(4, 3),
    )
    text = printed("staff-card", card)
    for part in ("考评员资格证书", RARE, "电工", "KP-1", "2026-01-01至2028-12-31"):
        assert part in text, part
    inner = carded(member, Grade.SUPERVISOR_INTERNAL, card_number="ND-1")
    assert "质量督导员证" in printed("supervisor-card", inner)
    sheets = printed("card-sheets")
    assert "KP-1" in sheets
    assert "ND-1" in sheets


@pytest.mark.parametrize(
    ("grade", "told", "other"),
    [
        (Grade.SUPERVISOR_INTERNAL, "质量督导员（内督）证卡", "外督"),
        (Grade.SUPERVISOR_EXTERNAL, "质量督导员（外督）证卡", "内督"),
    ],
)
def test_a_supervisors_card_says_for_whom_he_watches(grade: Grade, told: str, other: str) -> None:
    """附件8 第九条: cards of inner and outer supervisors bear it in their title."""
    filed("jilin")
    card = carded(rare_member(), grade, card_number="DD-1")
    for text in (printed("supervisor-card", card), printed("card-sheets")):
        assert f"技能人才评价{told}" in text
        assert other not in text
    assert PrintedSheet.objects.get(slug="supervisor-card").title.endswith(told)


def test_a_contract_states_rights_and_an_objection_can_be_written() -> None:
    filed("jilin")
    member = rare_member()
    carded(member, Grade.ASSESSOR, card_number="KP-1")
    engagement = services.hire(
        actor=SYSTEM, member=member, grade=Grade.ASSESSOR, starts=date(2026, 1, 1)
    )
    text = printed("staff-contract", engagement)
    for part in ("聘用协议", RARE, "聘期三年", "拒绝任何更改", "申诉", "KP-1", "HT-2026-0001"):
        assert part in text, part
    objection = printed("venue-objection", member)
    for part in ("暂缓考评书面异议", RARE, "KP-1", "整改", "F-812"):
        assert part in objection, part


def test_letters_and_the_list_of_experts() -> None:
    filed("henan")
    assert record_documents["expert-list"].render(None, SYSTEM) == []
    member = rare_member()
    letter = services.hire(
        actor=SYSTEM,
        member=member,
        grade=Grade.EXPERT,
        starts=TODAY,
        signed_on=TODAY,
        speciality="电工",
        leads=True,
    )
    text = printed("expert-letter", letter)
    assert f"兹聘请{RARE}同志为职业技能等级认定电工专业专家组组长" in text
    assert "自2026年5月20日至2029年5月19日" in text
    listed = printed("expert-list")
    for part in (RARE, "组长", "F-810", "保密"):
        assert part in listed, part


def test_supervisors_and_assessors_reported_to_the_authority() -> None:
    filed("henan")
    assert record_documents["staff-filing"].render(None, SYSTEM) == []
    member = rare_member()
    carded(member, Grade.SUPERVISOR_INTERNAL, card_number="ND-1")
    carded(member, Grade.ASSESSOR, card_number="KP-1")
    carded(member, Grade.SENIOR_ASSESSOR, card_number="GK-1", valid_until=date(2026, 5, 19))
    text = printed("staff-filing")
    for part in ("内部质量督导员备案表", "考评人员考核合格名单", "ND-1", "KP-1", "R-34"):
        assert part in text, part
    assert "GK-1" not in text


def test_the_same_sheet_keeps_its_version_until_it_changes() -> None:
    filed("henan")
    member = rare_member()
    carded(member, Grade.ASSESSOR, card_number="KP-1")
    assert printed("venue-objection", member) == printed("venue-objection", member)
    assert PrintedSheet.objects.filter(slug="venue-objection").count() == 1


def test_forms_know_what_they_are_about() -> None:
    member = rare_member()
    assert find("venue-objection", member.pk) == member
    assert find("expert-list", None) is None
    for slug, pk in (("venue-objection", None), ("expert-list", member.pk), ("none", None)):
        with pytest.raises(Http404):
            find(slug, pk)
