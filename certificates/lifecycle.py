"""The life of a certificate: numbered, issued, handed out; revoked only from then on."""

from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.workflow import Machine, Move
from certificates.enums import CertificateStatus as S
from certificates.labels import STATUS_LABELS

CERTIFICATE = Machine(
    name="certificate",
    labels=STATUS_LABELS,
    moves=(
        Move(
            name="issue",
            label=_("发证"),
            sources=frozenset({S.NUMBERED.value}),
            target=S.ISSUED.value,
            permission=Act.CERTIFICATE_ISSUE,
        ),
        Move(
            name="hand_out",
            label=_("登记领取"),
            sources=frozenset({S.ISSUED.value}),
            target=S.HANDED_OUT.value,
            permission=Act.CERTIFICATE_HAND_OUT,
        ),
        Move(
            name="revoke",
            label=_("注销"),
            sources=frozenset({S.ISSUED.value, S.HANDED_OUT.value}),
            target=S.REVOKED.value,
            permission=Act.SCORE_FINALISE,
            needs_reason=True,
            danger=True,
        ),
    ),
)
