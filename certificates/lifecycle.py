"""The life of a certificate: numbered, issued, handed out; revoked only from then on."""

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
            label="发证",
            sources=frozenset({S.NUMBERED}),
            target=S.ISSUED,
            permission=Act.CERTIFICATE_ISSUE,
        ),
        Move(
            name="hand_out",
            label="登记领取",
            sources=frozenset({S.ISSUED}),
            target=S.HANDED_OUT,
            permission=Act.CERTIFICATE_HAND_OUT,
        ),
        Move(
            name="revoke",
            label="注销",
            sources=frozenset({S.ISSUED, S.HANDED_OUT}),
            target=S.REVOKED,
            permission=Act.SCORE_FINALISE,
            needs_reason=True,
            danger=True,
        ),
    ),
)
