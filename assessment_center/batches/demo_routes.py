"""What the demo centre has published for recognitions: invented, but of the right shape."""

from decimal import Decimal

from assessment_center.batches.models import RecognitionBasis
from assessment_center.batches.rules.recognition import PRACTICAL, THEORY, Course, Terms
from assessment_center.batches.services import enter_basis
from assessment_center.catalog.models import Job, Occupation
from assessment_center.registry import Actor

TITLES = {
    "direct": "{}相关1+X职业技能等级证书",
    "process": "{}课证融通方案",
    "credit": "{}学分认定方案",
    "contest": "江州化院{}职业技能竞赛",
}
DOCUMENTS = {
    "direct": "1+X证书与职业（工种）对应目录（2026年发布）",
    "process": "江化院教〔2026〕11号",
    "credit": "江化院教〔2026〕12号",
    "contest": "江化院认〔2026〕9号 校内技能竞赛办法",
}


def demo_terms(route: str, name: str) -> Terms:
    """Two courses of the trade, ten credits, or the first three of a contest."""
    if route == "process":
        return Terms(courses=(Course(f"{name}基础", THEORY), Course(f"{name}实训", PRACTICAL)))
    if route == "credit":
        return Terms(
            courses=(
                Course(f"{name}基础", credits=Decimal(4)),
                Course(f"{name}实训", credits=Decimal(6)),
            )
        )
    if route == "contest":
        return Terms(max_rank=3, organisers=("school", "city", "province"))
    return Terms()


def enter_demo_basis(
    actor: Actor, route: str, occupation: Occupation, job: Job | None, level: int
) -> RecognitionBasis:
    """The basis of this route for the occupation, entered once."""
    found = RecognitionBasis.objects.filter(
        route=route, occupation=occupation, job=job, level=level, is_active=True
    ).first()
    return found or enter_basis(
        actor=actor,
        route=route,
        title=TITLES[route].format(occupation.name),
        document=DOCUMENTS[route],
        occupation=occupation,
        job=job,
        level=level,
        terms=demo_terms(route, occupation.name),
    )
