"""The office's pages of banks and papers: who sees them, what they do, what they say."""

import io
import re
import zipfile

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.registry import SYSTEM
from assessment_center.spreadsheets import template
from questionbank.models import Bank, Blueprint, Item, KeyHolder, Paper, Point
from questionbank.services import items
from questionbank.sheets import ITEMS
from tests.factories import foundation as f
from tests.factories import questionbank as q
from tests.questionbank.services.test_importing import line, sheet

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"questionbank_office:{name}", args=args)


def said(response) -> list[str]:
    """The last message: a test client keeps the earlier ones until a page shows them."""
    return [str(message) for message in get_messages(response.wsgi_request)][-1:]


def text(response) -> str:
    return response.content.decode()


READERS = {Role.HEAD, Role.BANK_MANAGER, Role.ITEM_WRITER, Role.INSPECTOR}


@pytest.mark.parametrize("role", Role)
def test_pages_open_for_those_who_work_with_banks(signed_in, role):
    paper = q.make_paper()
    item = Item.objects.first()
    client = signed_in(role)
    expected = 200 if role in READERS else 403
    for address in (
        url("list"),
        url("bank", item.bank_id),
        url("papers", paper.batch.code),
    ):
        assert client.get(address).status_code == expected, address
    workers = {Role.BANK_MANAGER, Role.ITEM_WRITER}
    assert client.get(url("item", item.pk)).status_code == (200 if role in workers else 403)
    holders = {Role.HEAD, Role.BANK_MANAGER}
    assert client.get(url("keys")).status_code == (200 if role in holders else 403)
    assert client.get(url("preview", paper.pk)).status_code == (200 if role in holders else 403)
    assert client.get(url("template")).status_code == (200 if role == Role.ITEM_WRITER else 403)


POSTS = {
    "add_point": ("bank", {Role.BANK_MANAGER, Role.ITEM_WRITER}),
    "add_blueprint": ("bank", {Role.BANK_MANAGER}),
    "accept": ("bank", {Role.BANK_MANAGER}),
    "import": ("bank", {Role.ITEM_WRITER}),
    "write": ("bank", {Role.ITEM_WRITER}),
    "submit_mine": ("bank", {Role.ITEM_WRITER}),
    "assemble": ("batch", {Role.BANK_MANAGER}),
    "seal": ("batch", {Role.BANK_MANAGER, Role.HEAD}),
    "release": ("batch", {Role.BANK_MANAGER, Role.HEAD}),
    "approve": ("paper", {Role.HEAD}),
    "void": ("paper", {Role.BANK_MANAGER}),
}


@pytest.mark.parametrize("name", POSTS)
def test_acts_are_posted_by_their_roles_alone(signed_in, client, name):
    paper = q.make_paper()
    kind, allowed = POSTS[name]
    keys = {"bank": paper.blueprint.bank_id, "batch": paper.batch.code, "paper": paper.pk}
    address = url(name, keys[kind])
    assert client.post(address).status_code == 302
    for role in Role:
        worker = signed_in(role)
        assert worker.get(address).status_code == (405 if role in allowed else 403), role
        if role not in allowed:
            assert worker.post(address).status_code == 403, role


def test_unknown_banks_batches_items_and_moves_are_not_found(signed_in):
    manager = signed_in(Role.BANK_MANAGER)
    nobody = "00000000-0000-0000-0000-000000000000"
    for name, key in (("bank", nobody), ("item", nobody), ("papers", "NONE"), ("preview", nobody)):
        assert manager.get(url(name, key)).status_code == 404, name
    batch = f.make_batch()
    posted = manager.post(url("assemble", batch.code), {"offering": "junk"})
    assert posted.status_code == 404
    item = q.make_item()
    assert manager.post(url("move", item.pk, "accept")).status_code == 404


def test_the_manager_opens_a_bank_and_sees_why_not(signed_in):
    manager = signed_in(Role.BANK_MANAGER)
    f.make_occupation("电工", "6-31-55-01")
    facts = {"code": "6-31-55-01", "level": "4", "subject": "theory"}
    assert manager.post(url("list"), facts).status_code == 303
    assert str(Bank.objects.get()) == "电工 四级/中级工 理论知识考试"
    again = manager.post(url("list"), facts)
    assert (again.status_code, "已经有了" in text(again)) == (422, True)
    for wrong in ({"code": "9-9"}, {"job": "没有"}):
        assert manager.post(url("list"), {**facts, **wrong}).status_code == 422
    assert Bank.objects.count() == 1


def test_an_item_is_written_reviewed_and_accepted_on_the_pages(signed_in):
    f.make_filing()
    bank = q.make_bank()
    writer, reviewer = signed_in(Role.ITEM_WRITER), signed_in(Role.ITEM_WRITER)
    manager = signed_in(Role.BANK_MANAGER)
    point = {"code": "1", "area": "甲", "name": "乙", "weight": "100"}
    assert manager.post(url("add_point", bank.pk), point).status_code == 303
    assert manager.post(url("add_point", bank.pk), point).status_code == 422
    facts = {
        "point": str(Point.objects.get().pk),
        "kind": "single",
        "stem": "并联电路各支路的电压",
        "options": "相等\n不等\n",
        "answer": "A",
        "difficulty": "0.5",
    }
    refused = writer.post(url("write", bank.pk), {**facts, "answer": "D"})
    assert refused.status_code == 422
    assert "答案必须是所列选项之一" in text(refused)
    assert "并联电路各支路的电压" in text(refused)
    assert writer.post(url("write", bank.pk), facts).status_code == 303
    item = Item.objects.get()
    changed = {**facts, "stem": "并联电路各支路两端的电压"}
    assert writer.post(url("item", item.pk), changed).status_code == 303
    assert writer.post(url("item", item.pk), {**facts, "stem": ""}).status_code == 422
    assert said(writer.post(url("submit_mine", bank.pk))) == ["已提交 1 题审题。"]
    assert "不能审自己命的题" in text(writer.get(url("item", item.pk)))
    assert "试题现为" not in "".join(said(writer.post(url("move", item.pk, "review"))))
    reviewer.post(url("move", item.pk, "return"), {"reason": "题干不清"})
    writer.post(url("move", item.pk, "submit"))
    assert said(reviewer.post(url("move", item.pk, "review"))) == ["试题现为“已审题”。"]
    experts = [str(f.make_member().pk) for _ in range(5)]
    few = manager.post(url("accept", bank.pk), {"experts": experts[:4], "opinion": "同意"})
    assert (few.status_code, "应不少于 5 人" in text(few)) == (422, True)
    done = manager.post(url("accept", bank.pk), {"experts": experts, "opinion": "同意"})
    assert said(done) == ["已验收入库 1 题。"]
    page = text(manager.get(url("bank", bank.pk), {"status": "accepted"}))
    assert "并联电路各支路两端的电压" in page
    assert "题量不足" in page
    manager.post(url("move", item.pk, "retire"), {"reason": "标准更新"})
    item.refresh_from_db()
    assert item.status == "retired"


def test_acceptance_without_a_filing_is_refused(signed_in):
    bank = q.make_bank()
    q.stock(bank, q.make_points(bank))
    posted = signed_in(Role.BANK_MANAGER).post(
        url("accept", bank.pk), {"experts": [str(f.make_member().pk)], "opinion": "同意"}
    )
    assert posted.status_code == 422
    assert "没有在有效期内的备案" in text(posted)


def test_a_sheet_is_tried_then_imported_and_its_problems_listed(signed_in):
    bank = q.make_bank()
    writer = signed_in(Role.ITEM_WRITER)

    def send(content: bytes, **more):
        file = io.BytesIO(content)
        file.name = "items.xlsx"
        return writer.post(url("import", bank.pk), {"file": file, **more})

    good = sheet(line())
    assert said(send(good, dry_run="on")) == ["检查无误，可导入 1 题。"]
    assert Item.objects.count() == 0
    assert said(send(good)) == ["已导入 1 题，待命题人提交审题。"]
    bad = send(good)
    assert (bad.status_code, "第 2 行“题干”" in text(bad)) == (422, True)
    assert send(b"junk").status_code == 422
    blank, own = (
        io.BytesIO(each) for each in (writer.get(url("template")).content, template(ITEMS))
    )
    rows = [list(load_workbook(each).worksheets[0].values) for each in (blank, own)]
    assert rows[0] == rows[1]


def test_a_blueprint_is_made_with_its_full_score(signed_in):
    bank = q.make_bank()
    manager = signed_in(Role.BANK_MANAGER)
    facts = {"name": "案", "minutes": "90", "difficulty": "0.5", "tolerance": "0.1"}
    facts |= {"count_single": "50", "marks_single": "1"}
    assert "应为 100 分" in text(manager.post(url("add_blueprint", bank.pk), facts))
    whole = {**facts, "marks_single": "2"}
    assert manager.post(url("add_blueprint", bank.pk), whole).status_code == 303
    assert Blueprint.objects.get().counts == {"single": 50}
    assert "单项选择题 50 × 2" in text(manager.get(url("bank", bank.pk)))


def test_keys_are_set_by_their_holders_on_the_page(signed_in):
    head = signed_in(Role.HEAD)
    phrase = "a passphrase of mine"
    for wrong in ({"passphrase": "short", "again": "short"}, {"passphrase": phrase, "again": "x"}):
        assert head.post(url("keys"), wrong).status_code == 422
    done = head.post(url("keys"), {"passphrase": phrase, "again": phrase})
    assert done.status_code == 303
    assert KeyHolder.objects.get().user == head.user
    assert phrase not in str(list(AuditEntry.objects.values_list("payload", flat=True)))


def test_papers_go_from_the_draw_to_the_opened_master(signed_in, frozen):
    frozen(2026, 5, 10, 9)
    offering = q.ready_offering()
    batch = offering.batch
    manager, head = signed_in(Role.BANK_MANAGER), signed_in(Role.HEAD)
    first = q.make_holder(q.FIRST)
    second = q.make_holder(q.SECOND, Role.HEAD)
    page = url("papers", batch.code)
    assert "待组卷" in text(manager.get(page))
    want = {"offering": str(offering.pk), "subject": "theory", "forms_count": "2"}
    assert said(manager.post(url("assemble", batch.code), {**want, "forms_count": "x"}))[0]
    assert said(manager.post(url("assemble", batch.code), {**want, "subject": "practical"})) == [
        f"{offering} 还没有题库。"
    ]
    manager.post(url("assemble", batch.code), want)
    spare = Paper.objects.get(is_spare=True)
    main = Paper.objects.get(is_spare=False)
    preview = head.get(url("preview", main.pk))
    assert (preview["Content-Type"], preview["Cache-Control"]) == ("application/pdf", "no-store")
    assert AuditEntry.objects.filter(verb="paper.preview").count() == 1
    manager.post(url("void", spare.pk), {"reason": "不需要备用"})
    head.post(url("approve", main.pk))
    facts = {"first": str(first.pk), "second": str(second.pk), "starts": "2026-05-23T09:00"}
    same = manager.post(url("seal", batch.code), {**facts, "second": facts["first"]})
    assert (same.status_code, "两个人" in text(same)) == (422, True)
    late = {**facts, "starts": "2026-06-23T09:00"}
    assert manager.post(url("seal", batch.code), late).status_code == 422
    manager.post(url("seal", batch.code), facts)
    main.refresh_from_db()
    assert (main.status, main.not_before) == ("sealed", f.at(2026, 5, 20, 0))
    shown = text(manager.get(page))
    assert 'class="chip seal"' in shown
    assert 'autocomplete="off"' in shown
    assert manager.post(url("seal", batch.code), facts).status_code == 422
    assert head.get(url("preview", main.pk)).status_code == 303
    phrases = {"papers": [str(main.pk)], "first": q.FIRST, "second": q.SECOND}
    early = manager.post(url("release", batch.code), phrases)
    assert "不得早于 2026-05-20 00:00" in said(early)[0]
    frozen(2026, 5, 23, 8)
    empty = manager.post(url("release", batch.code), {"papers": [str(main.pk)]})
    assert empty.status_code == 422
    none = manager.post(url("release", batch.code), {**phrases, "papers": ["junk"]})
    assert "同样两位持钥人" in said(none)[0]
    opened = manager.post(url("release", batch.code), phrases)
    assert (opened["Content-Type"], opened["Cache-Control"]) == ("application/zip", "no-store")
    with zipfile.ZipFile(io.BytesIO(opened.content)) as archive:
        assert sorted(name.rpartition("/")[2] for name in archive.namelist()) == [
            "answers.pdf",
            "content.json",
            "paper.pdf",
        ]
    assert q.FIRST not in opened.content.decode("latin-1")
    main.refresh_from_db()
    assert main.status == "released"


@pytest.mark.django_db(transaction=True)
def test_a_wrong_passphrase_on_the_page_stays_on_record(signed_in):
    paper = q.make_sealed(not_before=f.at(2026, 1, 1))
    manager = signed_in(Role.BANK_MANAGER)
    posted = manager.post(
        url("release", paper.batch.code),
        {"papers": [str(paper.pk)], "first": q.FIRST, "second": "wrong"},
    )
    assert "第 2 把钥匙的口令不对" in said(posted)[0]
    entry = AuditEntry.objects.get(verb="paper.release_refused")
    assert (entry.actor_id, entry.payload["holder"]) == (manager.user.pk, 2)
    assert "wrong" not in str(entry.payload)


def test_lists_ask_the_database_as_often_for_three_rows_as_for_one(
    signed_in,
):
    offering = q.ready_offering()
    bank = Bank.objects.get()
    writer = f.make_user(Role.ITEM_WRITER)
    q.make_paper(offering)
    client = signed_in(Role.BANK_MANAGER)
    pages = (
        url("list"),
        url("bank", bank.pk) + "?status=draft",
        url("papers", offering.batch.code),
    )

    def counted() -> list[int]:
        found = []
        for address in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found.append(len(queries))
        return found

    points = list(bank.points.all())
    items.write_item(actor=writer.as_actor(), bank=bank, draft=q.draft(points[0], "题一"))
    counted()
    one = counted()
    items.write_items(
        actor=f.make_user(Role.ITEM_WRITER).as_actor(),
        bank=bank,
        drafts=[q.draft(points[1], "题二"), q.draft(points[2], "题三")],
    )
    for level in (3, 2):
        other = f.make_offering(offering.batch, level=level)
        more = q.make_bank(level=level)
        q.stock(more, q.make_points(more, areas=5, each=2), per_point=2)
        q.make_blueprint(more)
        q.make_paper(other)
    assert counted() == one


def test_registers_show_no_content(signed_in):
    paper = q.make_sealed()
    client = signed_in(Role.BANK_MANAGER)
    for model in ("bank", "blueprint", "bankacceptance", "paper", "keyholder"):
        page = client.get(reverse(f"admin:questionbank_{model}_changelist"))
        assert page.status_code == 200, model
    page = client.get(reverse("admin:questionbank_paper_change", args=[paper.pk]))
    assert page.status_code == 200
    assert paper.digest in text(page)
    assert "AGE-SECRET" not in text(page)
    holder = client.get(
        reverse("admin:questionbank_keyholder_change", args=[paper.first_holder_id])
    )
    assert "identity" not in text(holder)
    assert (
        signed_in(Role.CLERK).get(reverse("admin:questionbank_paper_changelist")).status_code == 403
    )


def test_the_system_is_no_holder():
    assert SYSTEM.user_id is None


def test_no_two_fields_of_a_page_share_an_id(signed_in):
    offering = q.ready_offering()
    q.make_sealed(offering)
    other = q.ready_offering(f.make_batch(), occupation="焊工")
    q.make_approved(other)
    client = signed_in(f.make_user(Role.BANK_MANAGER, Role.ITEM_WRITER))
    bank = Bank.objects.first()
    for address in (
        url("bank", bank.pk),
        url("papers", offering.batch.code),
        url("papers", other.batch.code),
    ):
        ids = re.findall(r' id="([^"]+)"', text(client.get(address)))
        assert sorted(set(ids)) == sorted(ids), address
