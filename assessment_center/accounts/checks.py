"""What is said at the start about settings of the sign-in that cannot be meant."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from assessment_center.accounts.second_factor import check_setting


@register()
def second_factor_setting(**_options: Any) -> list[CheckMessage]:
    """`ASSESSMENT_SECOND_FACTOR` names roles; a misspelt one would silently protect nobody."""
    unknown = check_setting()
    if not unknown:
        return []
    return [
        Error(
            f"ASSESSMENT_SECOND_FACTOR 里没有这些角色：{'、'.join(unknown)}。",
            hint="写 all、none，或角色代码（逗号分隔），如 head,administrator。",
            id="accounts.E001",
        )
    ]
