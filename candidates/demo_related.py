"""The demo's table of related occupations: one, as its standard names it."""

from assessment_center.accounts.enums import Role
from assessment_center.catalog.models import Occupation, OccupationalStandard, RelatedOccupation
from assessment_center.catalog.services import relate_occupation
from assessment_center.demo import Demo
from assessment_center.registry.entries import demo_steps

PAIRS = (("电工", "电气设备安装工"), ("电工", "电力电气设备安装工"), ("焊工", "铆工"))


def relate(demo: Demo) -> None:
    """Where the demo examines one of these, its neighbour counts as related."""
    for name, related in PAIRS:
        standard = OccupationalStandard.objects.filter(occupation__name=name).first()
        other = Occupation.objects.filter(name=related, is_active=True).first()
        if standard is None or other is None:
            continue
        known = RelatedOccupation.objects.filter(standard=standard, occupation=other)
        if not known.exists():
            relate_occupation(
                actor=demo.actor(Role.HEAD),
                standard=standard,
                occupation=other,
                source=f"《{standard.name}》附表：相关职业",
            )


demo_steps.register("candidates.related", relate, order=106)
