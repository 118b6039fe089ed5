"""What higher apps do when an application proves to be fraud."""

from collections.abc import Callable

from assessment_center.registry import Actor, OpenSet
from candidates.models import Application, FraudCase

# follow(actor, case, application): undo what rests on this application, in the same transaction;
# by the effects of the case. Asked for every application the effects reach.
fraud_consequences: OpenSet[Callable[[Actor, FraudCase, Application], None]] = OpenSet(
    "fraud_consequences"
)
