"""Printing a batch's documents outside a page: to a folder, or as a job."""

import io
import zipfile
from collections.abc import Sequence

from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.people.reach import prints
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.entries import DocumentKind, documents


def kind_of(batch: AssessmentBatch, slug: str) -> DocumentKind:
    """The form of this name (slug or code); refuses one the batch's rulebook does not have."""
    named = [k for k in documents if slug in (*k.codes, k.slug)]
    fitting = [k for k in named if k.applies(batch)] or named
    found = documents.get(slug) or (fitting[0] if fitting else None)
    if found is None:
        known = "、".join(kind.slug for kind in documents)
        raise RefusedError(
            _("没有名为“%(slug)s”的打印件。") % {"slug": slug},
            remedy=_("可用的有：%(known)s。") % {"known": known},
        )
    if not found.applies(batch):
        raise RefusedError(_("这个批次没有“%(label)s”。") % {"label": found.label})
    return found


def render(batch: AssessmentBatch, slug: str, actor: Actor) -> Sequence[tuple[str, bytes]]:
    """All parts of a form; each is (file stem, PDF bytes)."""
    kind = kind_of(batch, slug)
    if not prints(actor, kind):
        raise RefusedError(_("您的角色不能打印“%(label)s”。") % {"label": kind.label})
    return kind.render(batch, actor)


def zipped(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """The parts in one archive; a stem used twice gets a number."""
    out, used = io.BytesIO(), set[str]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for number, (stem, content) in enumerate(parts, start=1):
            name = f"{stem}.pdf" if stem not in used else f"{stem}-{number}.pdf"
            used.add(stem)
            bundle.writestr(name, content)
    return out.getvalue()
