"""Who acts: a signed-in user, or the system itself for what beat and commands do."""

from dataclasses import dataclass
from uuid import UUID

from assessment_center.registry.subjects import SubjectRef


@dataclass(frozen=True, slots=True)
class Actor:
    """`permissions` are the acts of the role matrix that this actor may do now.

    `in_name_of` is whom a deputy stands for; the trail keeps it with every act. `bounded` are the
    permissions that reach only as far as the departments of the account's posts
    (`people.reach.reach_of`).
    """

    ref: SubjectRef
    label: str
    permissions: frozenset[str] = frozenset()
    is_system: bool = False
    in_name_of: SubjectRef | None = None
    bounded: frozenset[str] = frozenset()

    @property
    def user_id(self) -> UUID | None:
        """The user's key for `..._by` columns; None for the system."""
        return None if self.is_system else self.ref.uuid

    def may(self, permission: str) -> bool:
        return self.is_system or permission in self.permissions


SYSTEM = Actor(SubjectRef("system", UUID(int=0)), "系统", is_system=True)
