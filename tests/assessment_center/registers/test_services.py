"""Numbers run on, files keep their digest, what has weight waits for somebody else's consent."""

import hashlib
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from pypdfium2 import PdfDocument

from assessment_center.accounts.enums import Role
from assessment_center.registers import services
from assessment_center.registers.archive_sources import collect
from assessment_center.registers.models import DocumentEntry, SealUse
from assessment_center.registers.panels import waiting_lines
from assessment_center.registers.selectors import lines, waiting
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.registry.entries import documents
from tests.assessment_center.pdf.reading import text as printed_text
from tests.assessment_center.registers import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(build.NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def clerk():
    return make.make_user(Role.CLERK).as_actor()


@pytest.fixture
def head():
    return make.make_user(Role.HEAD).as_actor()


def refusal(match):
    return pytest.raises(RefusedError, match=match)


def test_numbers_run_on_by_series_and_begin_anew_each_year(now):
    assert [str(build.document()) for _ in range(2)] == ["收〔2026〕1号", "收〔2026〕2号"]
    assert str(build.document(series="out")) == "发〔2026〕1号"
    assert str(build.minutes()) == "会〔2026〕1号"
    assert str(build.minutes(series="work")) == "记〔2026〕1号"
    now.move_to(make.at(2027, 1, 1, 0, 30))
    assert str(build.document()) == "收〔2027〕1号"


def test_a_refused_line_leaves_no_gap():
    build.document()
    with refusal("PNG"):
        build.document(file=b"MZ program")
    with refusal("10 MB"):
        build.document(file=b"%PDF-" + b"x" * (10 * 1024 * 1024))
    with refusal("."):
        build.document(keeper="")
    assert str(build.document()) == "收〔2026〕2号"


def test_a_file_is_kept_with_its_digest_and_goes_over_to_the_correction():
    content = b"%PDF-1.7 text"
    first = build.document(file=content)
    assert first.file_digest == hashlib.sha256(content).hexdigest()
    with first.file.open("rb") as kept:
        assert kept.read() == content
    with refusal("更正原因"):
        build.document(corrects=first)
    second = build.document(corrects=first, reason="文号写错", document_number="3号")
    assert (second.file_digest, second.corrects) == (first.file_digest, first)
    with refusal("已经更正过"):
        build.document(corrects=first, reason="再改")
    with refusal("同一登记簿"):
        build.document(series="out", corrects=second, reason="收发写反")
    shown = {str(line): line.is_corrected for line in lines(DocumentEntry)}
    assert shown == {"收〔2026〕1号": True, "收〔2026〕2号": False}


@pytest.mark.parametrize("receiver", ["周敏", " 周 敏 "])
def test_nobody_hands_over_to_himself(receiver):
    with refusal("同一人"):
        build.transfer(receiver=receiver)


def test_an_important_document_is_handed_over_with_the_leaders_consent(clerk, head):
    make.make_filing(rulebook_version=make.make_rulebook("henan"))
    line = build.transfer(clerk)
    assert line.consent == "asked"
    with refusal("没有待办理的批准") as told:
        services.complete_transfer(actor=clerk, line=line)
    assert "三(六)3" in str(told.value.refusal.citations[0])
    with refusal("您的角色不能"):
        services.decide(actor=clerk, line=line, agreed=True)
    with refusal("写明意见"):
        services.decide(actor=head, line=line, agreed=False)
    services.decide(actor=head, line=line, agreed=True)
    with refusal("不在等待批准"):
        services.decide(actor=head, line=line, agreed=False, words="反悔")
    assert services.complete_transfer(actor=clerk, line=line).consent == "used"
    plain = build.transfer(clerk, important=False)
    assert plain.consent == "not_needed"
    assert build.transfer(clerk, important=False, leaves=True).consent == "asked"


def test_a_seal_is_used_only_when_somebody_else_agreed(clerk, head):
    both = make.make_user(Role.HEAD, Role.CLERK).as_actor()
    own = build.seal(both)
    with refusal("不能批准自己的申请"):
        services.decide(actor=both, line=own, agreed=True)
    line = build.seal(clerk)
    use = {"on": build.DAY, "used_by": "何芳", "kept_by": "陈档案"}
    with refusal("没有待办理的批准"):
        services.use_seal(actor=clerk, line=line, **use)
    assert len(waiting()) == 2
    assert "印〔2026〕1号 证书" in [each.title for each in waiting_lines(SYSTEM)]
    services.decide(actor=head, line=line, agreed=True, words="同意")
    for bad in ({"on": date(2026, 6, 9)}, {"on": date(2026, 6, 11)}):
        with refusal("批准与今天之间"):
            services.use_seal(actor=clerk, line=line, **{**use, **bad})
    with refusal("监印人"):
        services.use_seal(actor=clerk, line=line, **{**use, "used_by": " "})
    assert services.use_seal(actor=clerk, line=line, **use).consent == "used"
    with refusal("没有待办理的批准"):
        services.use_seal(actor=clerk, line=line, **use)
    services.decide(actor=head, line=own, agreed=False, words="改用电子章")
    assert waiting() == []


def test_a_corrected_application_is_settled_by_its_correction(clerk, head):
    line = build.seal(clerk, copies=2)
    again = build.seal(clerk, copies=3, corrects=line, reason="份数写错")
    with refusal("已经更正"):
        services.decide(actor=head, line=line, agreed=True)
    assert [each.pk for each in waiting()] == [again.pk]
    assert services.decide(actor=head, line=again, agreed=True).consent == "given"


def test_minutes_are_of_what_was_and_whole():
    with refusal("不能晚于现在"):
        build.minutes(held_at=make.at(2026, 6, 11))
    with refusal("."):
        build.minutes(resolutions="")


def test_every_record_is_a_sheet_of_its_own_and_long_ones_go_on():
    batch = make.make_batch(rulebook="jilin")
    build.minutes(matter=batch.code, resolutions="按规则执行。" * 250 + "到此为止")
    build.minutes(matter=batch.code, series="work", title="封存试卷")
    ((_stem, content),) = documents["minutes"].render(batch, SYSTEM)
    pages = [page.get_textpage().get_text_range() for page in PdfDocument(content)]
    assert [("会议记录" in page, "工作记录" in page) for page in pages] == [
        (True, False), (False, False), (False, True),
    ]  # fmt: skip
    told = printed_text(content)
    for part in ("封存试卷", "到此为止", "（续）", "记录人", "签名"):
        assert part in told, part


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.HEAD, Role.REVIEWER])
def test_only_who_keeps_the_registers_writes(role):
    actor = make.make_user(role).as_actor()
    for enter in (build.document, build.transfer, build.minutes, build.seal):
        with refusal("您的角色不能"):
            enter(actor)


def test_lines_of_a_batch_are_found_printed_and_archived():
    batch = make.make_batch(rulebook="henan")
    with refusal("没有编号为"):
        build.document(matter="不存在")
    line = build.transfer(matter=batch.code.lower())
    assert line.matter_id == batch.pk
    build.minutes(matter=batch.code)
    build.seal(matter=batch.code)
    build.seal()
    assert [each.pk for each in lines(SealUse, words=batch.code)] != []
    assert list(lines(SealUse, matter=uuid4())) == []
    stems = {stem: content for _kind, stem, _name, content, _ref in collect(batch)}
    assert set(stems) == {"文件移交登记表", "会议、工作记录", "用印登记簿"}
    printed = printed_text(stems["文件移交登记表"])
    for word in ("移〔2026〕1号", "理论试卷", "保管员签字", "领导签字", "F-110"):
        assert word in printed
    for slug in ("transfer-register", "minutes"):
        assert documents[slug].applies(batch)
        assert documents[slug].render(batch, SYSTEM)
    assert not documents["transfer-register"].applies(make.make_batch("CQ-1"))
