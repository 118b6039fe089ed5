"""Which papers an application needs (FIL-12), and which are still missing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from assessment_center.rulebooks.rules.filing import FilingKind, FilingMaterial


@dataclass(frozen=True, slots=True)
class Due:
    """One paper of the checklist and whether it is there."""

    material: FilingMaterial
    present: bool

    @property
    def missing(self) -> bool:
        return not self.present and not self.material.by_authority and not self.material.optional


def due(
    materials: Iterable[FilingMaterial],
    kind: FilingKind,
    *,
    own_spec: bool,
    present: Collection[str],
) -> list[Due]:
    """Return the papers of this kind of application, in the order they are bound."""
    return [
        Due(each, each.code in present)
        for each in materials
        if kind in each.kinds and (own_spec or not each.only_own_spec)
    ]
