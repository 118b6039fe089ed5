"""The page of a batch: its rail, its stages, its forms, its trail, and what it costs."""

import io
import uuid
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessment_center.accounts.enums import Act, Role
from assessment_center.audit.models import AuditEntry
from assessment_center.batches import cockpit
from assessment_center.deadlines.models import Deadline
from assessment_center.jobs.models import Job
from assessment_center.office import BatchCard, batch_cards
from assessment_center.registry import Citation, RefusedError
from assessment_center.registry.entries import (
    BatchStage,
    BatchTab,
    DocumentKind,
    Fact,
    Line,
    StageAction,
    StageView,
    batch_stages,
    batch_tabs,
    documents,
)
from tests.assessment_center.office_helpers import only, page_text, signed_in
from tests.factories.foundation import make_batch, make_offering, make_user

pytestmark = pytest.mark.django_db
ARTICLE = (Citation("CQ", "《考务管理办法》第十二条"),)


def stage(key: str, view: StageView) -> BatchStage:
    return BatchStage(key, f"阶段{key}", lambda _batch, _actor: view)


def stages() -> Any:
    return only(
        batch_stages,
        a=stage("a", StageView("done", "3-02")),
        b=stage(
            "b",
            StageView(
                "now",
                "今天",
                [Fact(796, "理论考生")],
                [Line("抽签密钥", "先公布摘要", "seal", "已封存", citations=ARTICLE)],
                [Line("确认教室", url="/admin/", link="去确认")],
                StageAction("编排考场", "/admin/arrange/", "post", Act.EXAM_ARRANGE),
                [
                    StageAction(
                        "重新抽签", "/admin/redraw/", "post", danger=True, confirm="座次作废。"
                    )
                ],
            ),
        ),
        c=stage("c", StageView("idle")),
    )


def test_the_cockpit_shows_where_the_batch_stands() -> None:
    batch = make_batch("2026-03")
    with stages():
        text = page_text(signed_in(Role.CLERK).get("/admin/work/batches/2026-03/"))
    for part in (batch.name, "阶段a", "796", "已封存", ARTICLE[0].text, "去确认", "座次作废。"):
        assert part in text
    assert text.count("编排考场") == 1
    assert 'name="reason"' in text


def test_the_primary_button_is_for_those_who_may() -> None:
    make_batch("2026-03")
    with stages():
        text = page_text(signed_in(Role.ARCHIVIST).get("/admin/work/batches/2026-03/"))
    assert "编排考场" not in text


def test_another_stage_may_be_looked_at() -> None:
    make_batch("2026-03")
    with stages():
        client = signed_in(Role.CLERK)
        text = page_text(client.get("/admin/work/batches/2026-03/?stage=c"))
        unknown = page_text(client.get("/admin/work/batches/2026-03/?stage=nothing"))
    assert "还没有开始。" in text
    assert "796" in unknown


def test_a_stage_that_refuses_says_why() -> None:
    def refuses(_batch: object, _actor: object) -> StageView:
        raise RefusedError("放假安排尚未录入。", ARTICLE, "请先录入。")

    make_batch("2026-03")
    with only(batch_stages, x=BatchStage("x", "编排", refuses)):
        text = page_text(signed_in(Role.CLERK).get("/admin/work/batches/2026-03/"))
    assert "放假安排尚未录入。" in text
    assert "请先录入。" in text


@pytest.mark.parametrize(
    ("states", "standing"),
    [
        (["done", "done", "now", "idle"], 2),
        (["done", "idle", "due"], 2),
        (["done", "idle", "idle"], 1),
        (["done", "done"], 1),
        (["seal", "idle"], 0),
    ],
)
def test_where_the_batch_stands(states: list[Any], standing: int) -> None:
    rail = [cockpit.RailStop(str(i), "", StageView(state)) for i, state in enumerate(states)]
    assert cockpit.present(rail) is rail[standing]


def test_a_rail_without_stages() -> None:
    make_batch("2026-03")
    with only(batch_stages):
        text = page_text(signed_in(Role.CLERK).get("/admin/work/batches/2026-03/"))
    assert "还没有可办理的阶段" in text
    assert cockpit.present([]) is None


def test_unknown_batch_is_refused_kindly() -> None:
    response = signed_in(Role.CLERK).get("/admin/work/batches/1999-01/")
    assert response.status_code == 409
    assert "没有批次号为“1999-01”的批次。" in page_text(response)


def test_offerings_are_told_shortly() -> None:
    batch = make_batch()
    make_offering(batch, "电工", 4)
    make_offering(batch, "电工", 3)
    make_offering(batch, "焊工", 4)
    assert set(cockpit.offered(batch).split(" · ")) == {"电工 三级、四级", "焊工 四级"}


def test_deadlines_tell_the_working_days_left(frozen: Callable[..., object]) -> None:
    frozen(2026, 4, 22)
    batch = make_batch("2026-03")
    days = {"领取试卷": 30, "发放准考证": 24, "归档": 20, "今日": 22}
    for label, day in days.items():
        Deadline.objects.create(
            batch=batch,
            kind=label,
            label=label,
            due=date(2026, 4, day),
            citations=["第十二条"],
            rulebook="CQ",
            subject_kind=batch.subject.kind,
            subject_id=batch.pk,
        )
    [card, *_] = cockpit.side_cards(batch, make_user(Role.CLERK).as_actor())
    assert [(line.title, line.state, line.detail, line.chip) for line in card.lines] == [
        ("归档", "bad", "已过期 2 个工作日", "04-20（周一）"),
        ("今日", "due", "今天截止", "04-22（周三）"),
        ("发放准考证", "due", "还有 2 个工作日", "04-24（周五）"),
        ("领取试卷", "idle", "还有 6 个工作日", "04-30（周四）"),
    ]


def test_cards_and_tabs_are_those_the_role_may_see() -> None:
    batch = make_batch("2026-03")
    card = BatchCard("x", "规程符合性", lambda _b, _a: [Line("未通过 1")], Act.AUDIT_VIEW)
    tab = BatchTab("seats", "座次", lambda b: f"/seats/{b.code}/", Act.EXAM_VIEW)
    with only(batch_cards, x=card), only(batch_tabs, x=tab):
        head, clerk = make_user(Role.HEAD).as_actor(), make_user(Role.ARCHIVIST).as_actor()
        assert [c.title for c in cockpit.side_cards(batch, head)] == ["期限", "规程符合性"]
        assert [c.title for c in cockpit.side_cards(batch, clerk)] == ["期限"]
        labels = [[t.label for t in cockpit.tabs_of(batch, who, "/")] for who in (head, clerk)]
    assert labels == [["总览", "座次", "打印件", "审计"], ["总览", "打印件"]]


def form(slug: str, parts: list[tuple[str, bytes]], **more: Any) -> DocumentKind:
    return DocumentKind("CQ-1", slug, f"表{slug}", lambda _b, _a: parts, **more)


def test_printed_forms_are_listed_and_rendered() -> None:
    batch = make_batch("2026-03")
    client = signed_in(Role.CLERK)
    with only(
        documents,
        one=form("one", [("签到表", b"%PDF-1")]),
        many=form("many", [("301室", b"%PDF-2"), ("302室", b"%PDF-3")]),
        none=form("none", []),
        other=form("other", [("x", b"")], applies=lambda _batch: False),
        secret=form("secret", [("x", b"")], permission=Act.PAPER_KEY),
    ):
        listed = page_text(client.get("/admin/work/batches/2026-03/print/"))
        one = client.get("/admin/work/batches/2026-03/print/one/")
        many = client.get("/admin/work/batches/2026-03/print/many/")
        gone = [
            client.get(f"/admin/work/batches/2026-03/print/{slug}/").status_code
            for slug in ("other", "secret", "unknown")
        ]
        empty = client.get("/admin/work/batches/2026-03/print/none/", follow=True)
    assert [slug in listed for slug in ("表one", "表many", "表other", "表secret")] == [
        True,
        True,
        False,
        False,
    ]
    assert (one.content, one.headers["Content-Type"]) == (b"%PDF-1", "application/pdf")
    assert one.headers["Content-Disposition"].startswith("inline")
    with zipfile.ZipFile(io.BytesIO(many.content)) as folder:
        assert folder.namelist() == ["301室.pdf", "302室.pdf"]
    assert gone == [404, 404, 404]
    assert "“表none”还没有可以打印的内容。" in page_text(empty)
    printed = AuditEntry.objects.filter(verb="printed.render", subject_id=batch.pk)
    assert [entry.payload for entry in printed.order_by("id")] == [
        {"form": "one", "parts": 1},
        {"form": "many", "parts": 2},
    ]


def test_trail_of_a_batch() -> None:
    batch = make_batch("2026-03")
    make_offering(batch)
    make_batch("2026-04")
    verbs = list(cockpit.trail_of(batch).values_list("verb", flat=True))
    assert "batch.open" in verbs
    assert verbs.count("batch.open") == 1
    response = signed_in(Role.HEAD).get("/admin/work/batches/2026-03/trail/")
    assert "开设" in page_text(response)
    assert signed_in(Role.CLERK).get("/admin/work/batches/2026-03/trail/").status_code == 403


def test_jobs_of_a_batch_are_asked_for_again_while_one_runs() -> None:
    batch = make_batch("2026-03")
    client = signed_in(Role.CLERK)
    about = {"name": "x", "subject_kind": batch.subject.kind, "subject_id": batch.pk}
    job = Job.objects.create(label="整套打印件", status="running", done=17, total=28, **about)
    text = page_text(client.get("/admin/work/batches/2026-03/jobs/"))
    assert 'hx-get="/admin/work/batches/2026-03/jobs/"' in text
    assert '<progress max="100" value="61"' in text
    Job.objects.filter(pk=job.pk).update(status="done")
    assert "hx-get" not in page_text(client.get("/admin/work/batches/2026-03/jobs/"))


def test_list_of_batches() -> None:
    client = signed_in(Role.CLERK)
    with stages():
        assert "还没有批次" in page_text(client.get("/admin/work/batches/"))
        make_batch("2026-03")
        text = page_text(client.get("/admin/work/batches/"))
    assert "/admin/work/batches/2026-03/" in text
    assert "阶段b：今天" in text


def queries(path: str, client: Any) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def test_the_cost_of_the_cockpit_does_not_grow_with_its_offerings() -> None:
    one, three = make_batch("one"), make_batch("three")
    make_offering(one, "电工", 4)
    for name in ("电工", "焊工", "钳工"):
        make_offering(three, name, 4)
    client = signed_in(Role.HEAD)
    with stages(), only(batch_cards):
        small = queries("/admin/work/batches/one/", client)
        large = queries("/admin/work/batches/three/", client)
    assert small == large
    assert small <= 20


def test_the_cost_of_the_list_does_not_grow_with_its_batches() -> None:
    make_offering(make_batch("one"))
    client = signed_in(Role.HEAD)
    with stages():
        small = queries("/admin/work/batches/", client)
        for code in ("two", "three"):
            make_offering(make_batch(code))
        assert queries("/admin/work/batches/", client) == small


def test_an_unknown_job_of_a_batch() -> None:
    assert signed_in(Role.CLERK).get(f"/admin/work/jobs/{uuid.uuid4()}/").status_code == 404
