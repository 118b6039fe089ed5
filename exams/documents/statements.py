"""What people say and sign when something went wrong: F-508 and F-509."""

from collections.abc import Iterator

from assessment_center import pdf
from exams.documents.common import own_name
from exams.documents.grids import cells, wide
from exams.documents.reading import Plan
from exams.documents.sheet import Made


def interview(plan: Plan) -> Iterator[Made]:
    """F-508: questions and answers as they were said, each page signed."""
    title = own_name(plan.batch, "F-508", "谈话笔录")
    form = pdf.Form(
        title=title,
        subtitle=plan.batch.name,
        widths=(3, 5, 3, 5),
        rows=(
            cells(("谈话时间", ""), ("谈话地点", "")),
            cells(("谈话人", ""), ("记录人", "")),
            cells(("被谈话人", ""), ("身份证件号码", "")),
            cells(("准考证号", ""), ("所在单位", "")),
            wide("谈话事由", "", 18.0),
            wide("谈话内容", "", 118.0),
            wide(
                "被谈话人意见", "以上笔录我看过（或向我宣读过），与我说的相符。", 26.0,
                "签名：　　　　　　年　月　日",
            ),
        ),
        signatures=("谈话人", "记录人", "见证人"),
    )  # fmt: skip
    yield Made(form, title)


def admission(plan: Plan) -> Iterator[Made]:
    """F-509: somebody admits in writing that he sat for another."""
    title = own_name(plan.batch, "F-509", "签名证明")
    form = pdf.Form(
        title=f"{title}（代考确认）",
        subtitle=plan.batch.name,
        widths=(3, 5, 3, 5),
        rows=(
            cells(("考试时间", ""), ("场次、考场", "")),
            cells(("座位号", ""), ("准考证号", "")),
            cells(("报考人姓名", ""), ("报考人证件号码", "")),
            cells(("代考人姓名", ""), ("代考人证件号码", "")),
            cells(("代考人单位", ""), ("联系电话", "")),
            wide(
                "本人确认",
                "本人承认代替上述报考人参加本场考试，考场核验证件时被发现。"
                "本人已知道代考属于作弊，按规定处理，并在此签名确认。",
                46.0, "代考人签名：　　　　　　年　月　日",
            ),
            wide("现场情况说明", "", 50.0),
        ),
        signatures=("监考（考评）员", "监考（考评）员", "主考"),
    )  # fmt: skip
    yield Made(form, title)
