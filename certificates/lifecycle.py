"""The life of a certificate: numbered, issued, handed out; revoked only from then on.

One of the time before the first day comes in as issued and can only be revoked.
"""

from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.workflow import Machine, Move
from certificates.enums import CertificateStatus as S
from certificates.labels import STATUS_LABELS


def _revoke(sources: set[S]) -> Move:
    return Move(
        "revoke",
        _("注销"),
        sources,
        S.REVOKED,
        Act.SCORE_FINALISE,
        needs_reason=True,
        danger=True,
    )


CERTIFICATE = Machine(
    name="certificate",
    labels=STATUS_LABELS,
    moves=(
        Move("issue", _("发证"), {S.NUMBERED}, S.ISSUED, Act.CERTIFICATE_ISSUE),
        Move("hand_out", _("登记领取"), {S.ISSUED}, S.HANDED_OUT, Act.CERTIFICATE_HAND_OUT),
        _revoke({S.ISSUED, S.HANDED_OUT}),
    ),
)
EARLIER = Machine(name="earlier_certificate", labels=STATUS_LABELS, moves=(_revoke({S.ISSUED}),))
