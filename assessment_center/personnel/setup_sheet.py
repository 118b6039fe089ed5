"""The staff of examinations from a workbook: one row for every card that somebody holds."""

import difflib
import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessment_center.catalog.levels import read_levels
from assessment_center.catalog.models import Occupation
from assessment_center.catalog.naming import NamedOccupations
from assessment_center.people.models import Department
from assessment_center.people.selectors import find_by_id
from assessment_center.people.services import set_particulars
from assessment_center.people.sheets.known import (
    NUMBER,
    WHO,
    Identified,
    KnownPeople,
    Once,
    person_columns,
)
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.models import GRADE_LABELS, Qualification, StaffMember
from assessment_center.personnel.services import add_qualification
from assessment_center.personnel.services.cards import check_card
from assessment_center.personnel.services.members import enter_member
from assessment_center.spreadsheets import (
    Change,
    ColumnSpec,
    Kind,
    PlannedRow,
    RecordSheet,
    Row,
    RowFaultError,
    SheetJudge,
    SheetSpec,
)

BREAKS = re.compile(r"[、,，;；]+")
ABOUT_HIM = ("department", "title", "is_external")


def staff_spec(_rules: Any) -> SheetSpec:
    departments = Department.objects.filter(is_active=True).values_list("name", flat=True)
    return SheetSpec(
        title="考务人员",
        columns=(
            *person_columns(),
            ColumnSpec("phone", "手机号码", kind=Kind.PHONE, width=14, help="可不填"),
            ColumnSpec(
                "department",
                "所在院系",
                kind=Kind.CHOICE if departments else Kind.TEXT,
                choices=tuple((name, name) for name in departments),
                width=20,
                help="校外人员留空",
            ),
            ColumnSpec("title", "职称/职务", max_length=60, example="讲师"),
            ColumnSpec("is_external", "校外人员", kind=Kind.BOOLEAN, help="不填即为“否”"),
            *_card_columns(),
        ),
        who=WHO,
        notes=(
            "一张证卡一行；一人有几种资格就写几行，姓名和证件号码都要写。",
            "已到期的证卡不能导入，请填换发后的新卡。证卡登记后不能改写。",
        ),
    )


def _card_columns() -> tuple[ColumnSpec, ...]:
    return (
        ColumnSpec(
            "grade",
            "资格",
            required=True,
            kind=Kind.CHOICE,
            choices=tuple((grade.value, str(label)) for grade, label in GRADE_LABELS.items()),
            example=str(GRADE_LABELS[Grade.PROCTOR]),
        ),
        ColumnSpec("card_number", "证卡编号", max_length=40, width=20, help="没有证卡的留空"),
        ColumnSpec(
            "occupations",
            "可考评职业",
            max_length=400,
            width=24,
            help="考评员填职业编码或名称，几个用顿号隔开；不填即不限",
            example="电工、焊工",
        ),
        ColumnSpec("levels", "可考评等级", width=18, validate=read_levels, help="不填即不限"),
        ColumnSpec(
            "valid_from",
            "有效期起",
            required=True,
            kind=Kind.DATE,
            month="first",
            example="2025-01-01",
            help="没有证卡的填聘任之日；只写年月时算当月第一天",
        ),
        ColumnSpec(
            "valid_until",
            "有效期止",
            kind=Kind.DATE,
            month="last",
            example="2027-12-31",
            help="长期有效的留空；只写年月时算当月最后一天",
        ),
    )


class StaffJudge(SheetJudge):
    def prepare(self, rows: Sequence[Row]) -> None:
        self.people = KnownPeople(rows, "staff_member__department")
        self.occupations = NamedOccupations()
        self.departments = {each.name: each for each in Department.objects.all()}
        members = [p.pk for p in self.people.people.values()]
        cards = Qualification.objects.filter(member__person__in=members)
        self.cards = {
            (card.member.person_id, card.grade, card.card_number): card
            for card in cards.select_related("member").prefetch_related("occupations")
        }
        numbered = Qualification.objects.exclude(card_number="").select_related("member__person")
        wanted = [row.values["card_number"] for row in rows if row.values["card_number"]]
        self.holders = {
            card.card_number: card.member.person for card in numbered.filter(card_number__in=wanted)
        }
        self.once = Once()
        self.told: dict[str, tuple[int, tuple[Any, ...]]] = {}

    def judge(self, row: Row) -> PlannedRow:
        values = row.values
        who = self.people.identify(row)
        card_number = values["card_number"] or ""
        document = who.document.number
        self.once.take(
            (document, values["grade"], card_number), row, who.name, _("资格"), _("资格")
        )
        if card_number:
            self._holder(row, who, card_number)
        self._agrees(row, who)
        department = self._department(values["department"])
        named = self._occupations(values["occupations"])
        member = getattr(who.person, "staff_member", None) if who.person else None
        facts = self._facts(values, member, department)
        card = self.cards.get((who.person.pk, values["grade"], card_number)) if who.person else None
        if card is not None:
            self._same(card, values)
        else:
            self._term(values)
            self._allowed(values, named)

        def write() -> None:
            member = self._member(who, values, facts)
            if card is None:
                self._card(member, values, named)

        changes = self._changes(member, facts)
        if changes:
            return PlannedRow(row.number, who.name, "changed", changes, write)
        if card is None:
            return PlannedRow(row.number, who.name, "new", write=write)
        return PlannedRow(row.number, who.name, "unchanged")

    def _member(
        self, who: Identified, values: dict[str, Any], facts: dict[str, Any]
    ) -> StaffMember:
        """Taken on once, however many cards follow; changed only where a row says otherwise."""
        kind, number, phone = who.document.kind.value, values[NUMBER], values["phone"] or ""
        known = find_by_id(kind, number)
        held = StaffMember.objects.filter(person=known).first() if known else None
        if held is None or held.person.name != who.name or self._changes(held, facts):
            held = enter_member(
                actor=self.actor, name=who.name, id_kind=kind, id_number=number, phone=phone,
                **facts,
            )  # fmt: skip
        if phone and held.person.phone != phone:
            set_particulars(actor=self.actor, person=held.person, phone=phone)
        return held

    def _holder(self, row: Row, who: Identified, number: str) -> None:
        """A card belongs to one person, in the file and in the books."""
        self.once.take(("card", number), row, who.name, _("证卡编号"), _("证卡编号"))
        holder = self.holders.get(number)
        if holder is not None and holder != who.person:
            raise RowFaultError(
                _("证卡编号"),
                _("证卡 %(number)s 已登记在“%(holder)s”名下，这里是“%(name)s”；请核对")
                % {"number": number, "holder": holder.name, "name": who.name},
            )

    def _agrees(self, row: Row, who: Identified) -> None:
        """What several rows tell of one person must agree."""
        told = tuple(row.values[key] for key in ABOUT_HIM)
        first = self.told.setdefault(who.document.number, (row.number, told))
        for key, old, new in zip(ABOUT_HIM, first[1], told, strict=True):
            if old != new:
                raise RowFaultError(
                    self.headers[key],
                    _("“%(name)s”在第 %(row)d 行写的不同；同一人各行须一致")
                    % {"name": who.name, "row": first[0]},
                )

    def _department(self, name: str | None) -> Department | None:
        if not name:
            return None
        if name in self.departments:
            return self.departments[name]
        near = difflib.get_close_matches(name, list(self.departments), n=1, cutoff=0.4)
        hint = _("，是否为“%(near)s”？") % {"near": near[0]} if near else _("，请先登记院系")
        raise RowFaultError(_("所在院系"), _("没有院系“%(name)s”") % {"name": name} + hint)

    def _occupations(self, text: str | None) -> list[Occupation]:
        words = [word.strip() for word in BREAKS.split(text or "") if word.strip()]
        try:
            return [self.occupations.find(word) for word in words]
        except ValueError as fault:
            raise RowFaultError(_("可考评职业"), fault) from fault

    def _facts(
        self, values: dict[str, Any], member: StaffMember | None, department: Department | None
    ) -> dict[str, Any]:
        """What the row tells of him; what it leaves out stays."""
        external = values["is_external"]
        if member is None:
            title, external = values["title"] or "", bool(external)
        else:
            title = values["title"] or member.title
            external = member.is_external if external is None else external
            department = department or member.department
        return {"department": department, "title": title, "is_external": external}

    def _changes(self, member: StaffMember | None, facts: dict[str, Any]) -> tuple[Change, ...]:
        if member is None:
            return ()
        old = {key: getattr(member, key) for key in facts}
        return self.compare(old, facts)

    def _term(self, values: dict[str, Any]) -> None:
        starts, ends = values["valid_from"], values["valid_until"]
        if ends is not None and ends < starts:
            raise RowFaultError(_("有效期止"), _("止日早于起日，请核对"))
        if ends is not None and ends < self.people.today:
            raise RowFaultError(
                _("有效期止"), _("这张证卡已于 %(day)s 到期；请填换发后的新卡") % {"day": ends}
            )

    def _allowed(self, values: dict[str, Any], named: list[Occupation]) -> None:
        if self.rules is not None:
            term = values["valid_from"], values["valid_until"]
            check_card(self.rules, values["grade"], len(named), *term)

    def _same(self, card: Qualification, values: dict[str, Any]) -> None:
        for key in ("valid_from", "valid_until"):
            if values[key] != getattr(card, key):
                raise RowFaultError(
                    self.headers[key],
                    _("证卡登记的是 %(old)s，这里是 %(new)s；登记后不能改写，换发的新卡请填新编号")
                    % {
                        "old": getattr(card, key) or _("长期"),
                        "new": values[key] or _("长期"),
                    },
                )

    def _card(self, member: StaffMember, values: dict[str, Any], named: list[Occupation]) -> None:
        add_qualification(
            actor=self.actor,
            member=member,
            grade=Grade(values["grade"]),
            valid_from=values["valid_from"],
            valid_until=values["valid_until"],
            card_number=values["card_number"] or "",
            occupations=named,
            levels=values["levels"] or (),
            rules=self.rules,
        )


STAFF = RecordSheet(staff_spec, StaffJudge, limit_rows=5_000)
