"""An application form whose columns the rulebook lists one by one (REG-19)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from assessment_center import pdf
from assessment_center.people.selectors import id_number
from candidates.documents.base import SEX_WORDS, photo_bytes, photo_words
from candidates.labels import ID_KIND_LABELS
from candidates.models import Application

BESIDE_PHOTO = 4
# Long values get a line of their own.
WHOLE_LINE = frozenset({"id_kind", "id_number", "address", "employer"})
LABELS = {
    "name": "姓名",
    "sex": "性别",
    "birth_month": "出生年月",
    "education": "文化程度",
    "id_kind": "证件类别",
    "id_number": "证件号码",
    "address": "家庭地址",
    "post_code": "邮政编码",
    "phone": "电话号码",
    "employer": "工作单位",
}
VALUES: dict[str, Callable[[Application], str]] = {
    "name": lambda a: a.person.name,
    "sex": lambda a: SEX_WORDS.get(a.person.sex, ""),
    "birth_month": lambda a: f"{a.person.birth:%Y年%m月}" if a.person.birth else "",
    "education": lambda a: str(a.get_education_display()),
    "id_kind": lambda a: str(ID_KIND_LABELS.get(a.person.id_kind, "")),
    "id_number": lambda a: id_number(a.person),
    "address": lambda a: a.address,
    "post_code": lambda a: a.post_code,
    "phone": lambda a: a.person.phone,
    "employer": lambda a: a.employer or "无",
}
NOTE = (
    "此表格由申报者本人如实填写，不得由他人代填写，并逐一填写，不得漏填；"
    "凡不按表中各项内容如实填写者，不得参加申报考核。"
)


def listed_form(
    application: Application, title: str, fields: Sequence[str]
) -> tuple[pdf.Form, list[Any]]:
    """The form with these columns, in their order, and what it shows for its version."""
    shown = [(key, LABELS[key], VALUES[key](application)) for key in fields if key in LABELS]
    frame = None
    if "photo" in fields:
        words = photo_words(application.batch)
        frame = pdf.Cell(words, rows=BESIDE_PHOTO, kind="photo", image=photo_bytes(application))
    rows = _grid(shown, frame)
    if "opinion" in fields:
        rows.append(_opinion())
    form = pdf.Form(
        title=title,
        widths=(2, 3.4, 2, 3.4, 2.8),
        rows=rows,
        meta=(
            ("申报号", application.number or "（未提交）"),
            ("考核项目", _project(application)),
            ("批次", application.batch.name),
        ),
        notes=(NOTE,),
        who=application.person.name,
    )
    return form, [*shown, application.offering_id]


def _grid(shown: Sequence[tuple[str, str, str]], frame: pdf.Cell | None) -> list[pdf.FormRow]:
    pairs: list[list[tuple[str, str, str]]] = [[]]
    for each in shown:
        if each[0] in WHOLE_LINE or len(pairs[-1]) == 2:  # noqa: PLR2004 - two a line
            pairs.append([])
        pairs[-1].append(each)
        if each[0] in WHOLE_LINE:
            pairs.append([])
    lines = [pair for pair in pairs if pair]
    rows = []
    for index, pair in enumerate(lines):
        narrow = frame is not None and index < BESIDE_PHOTO
        cells = _cells(pair, 4 if narrow else 5)
        if frame is not None and index == 0:
            cells.append(replace(frame, rows=min(BESIDE_PHOTO, len(lines))))
        rows.append(pdf.FormRow(tuple(cells), 12))
    return rows


def _cells(pair: Sequence[tuple[str, str, str]], columns: int) -> list[pdf.Cell]:
    cells: list[pdf.Cell] = []
    for place, (key, label, value) in enumerate(pair):
        last = place == len(pair) - 1
        span = columns - len(cells) - 1 if last else 1
        face = pdf.Face.KAI if key == "name" else None
        cells += [pdf.Cell(label, label=True), pdf.Cell(value, span=span, face=face)]
    return cells


def _project(application: Application) -> str:
    """What it is for; the form as it is prescribed has no place for it, so it stands above."""
    offering = application.offering
    job = f"（{offering.job.name}）" if offering.job else ""
    return f"{offering.occupation.name}{job}"


def _opinion() -> pdf.FormRow:
    return pdf.FormRow(
        (
            pdf.Cell("鉴定站意见", label=True),
            pdf.Cell("", span=4, align="left", block=True, foot="（章）　　　　年　　月　　日"),
        ),
        44,
    )
