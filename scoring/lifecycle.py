"""How results, publicity and score reviews move from state to state."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.registry import Citation
from assessment_center.workflow import Machine, Move
from scoring.enums import PublicityStatus, RecognitionStatus, ResultStatus, ReviewStatus
from scoring.labels import PUBLICITY_LABELS, RECOGNITION_LABELS, RESULT_LABELS, REVIEW_LABELS
from scoring.policies import may_answer
from scoring.recognition import may_confirm, may_return, route_citations


def _cited(key: str) -> Callable[[Any], tuple[Citation, ...]]:
    def cite(subject: Any) -> tuple[Citation, ...]:
        result = getattr(subject, "result", subject)
        cited = getattr(getattr(result, "batch", result).rules.settings, key)
        return cited.citations if cited else ()

    return cite


RESULT = Machine(
    name="result",
    labels=RESULT_LABELS,
    moves=(
        Move(
            "publish",
            _("公示成绩"),
            {ResultStatus.DRAFT},
            ResultStatus.PUBLISHED,
            Act.SCORE_PUBLISH,
            cite=_cited("publicity_min_workdays"),
            danger=True,
        ),
        Move(
            "finalise",
            _("使成绩生效"),
            {ResultStatus.PUBLISHED},
            ResultStatus.FINAL,
            Act.SCORE_FINALISE,
            cite=_cited("publish_after_workdays"),
            danger=True,
        ),
    ),
)

PUBLICITY = Machine(
    name="publicity",
    labels=PUBLICITY_LABELS,
    moves=(
        Move(
            "close",
            _("结束公示"),
            {PublicityStatus.OPEN},
            PublicityStatus.CLOSED,
            Act.SCORE_FINALISE,
            cite=_cited("publicity_min_workdays"),
        ),
    ),
)


def _answer(name: str, label: Any, target: ReviewStatus) -> Move:
    return Move(
        name,
        label,
        {ReviewStatus.WAITING},
        target.value,
        Act.SCORE_CHECK,
        guard=may_answer,
        cite=_cited("review_scope"),
        needs_reason=True,
    )


REVIEW = Machine(
    name="score_review",
    labels=REVIEW_LABELS,
    moves=(
        _answer("keep", _("答复成绩无误"), ReviewStatus.UNCHANGED),
        _answer("correct", _("更正成绩"), ReviewStatus.CORRECTED),
        _answer("reject", _("答复不予受理"), ReviewStatus.REJECTED),
    ),
)


def _cite_route(decision: Any) -> tuple[Citation, ...]:
    return route_citations(decision.application)


RECOGNITION = Machine(
    name="recognition",
    labels=RECOGNITION_LABELS,
    moves=(
        Move(
            "confirm",
            _("确认认定"),
            {RecognitionStatus.PROPOSED},
            RecognitionStatus.CONFIRMED,
            Act.RECOGNITION_CONFIRM,
            guard=may_confirm,
            cite=_cite_route,
            danger=True,
        ),
        Move(
            "send_back",
            _("退回经办人"),
            {RecognitionStatus.PROPOSED},
            RecognitionStatus.RETURNED,
            Act.RECOGNITION_CONFIRM,
            guard=may_return,
            needs_reason=True,
        ),
        Move(
            "propose_again",
            _("重新提出"),
            {RecognitionStatus.RETURNED},
            RecognitionStatus.PROPOSED,
            Act.RECOGNITION_PROPOSE,
            cite=_cite_route,
        ),
    ),
)
