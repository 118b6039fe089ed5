"""The steps that look over the whole: the rulebook, and whether the staff can carry a batch."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act, Kind
from assessment_center.accounts.models import User
from assessment_center.accounts.rules.role_matrix import BOUNDED_ROLES
from assessment_center.batches.services.staffing import lacking, words
from assessment_center.people.sheets.accounts import STAFF_ACCOUNTS
from assessment_center.registry import Citation
from assessment_center.registry.entries import setup_steps
from assessment_center.registry.setup import SetupState, SetupStep
from assessment_center.rulebooks.rules.rulebook import Rulebook


def rulebook(rules: Rulebook | None) -> SetupState:
    if rules is None:
        return SetupState(0, [_("还没有选定规程。")])
    return SetupState(1)


def accounts(rules: Rulebook | None) -> SetupState:
    """STAFF-19: the staff at hand can keep apart what must be kept apart, as opening a batch asks.

    What no article demands can also be left for a written reason when the batch is opened.
    """
    count = User.objects.filter(kind=Kind.STAFF, is_active=True).count()
    if rules is None:
        return SetupState(count, [_("选定规程后才知道要哪些人。")])
    found = lacking(rules)
    missing = [words(lack) + "。" for lack in found]
    if found and all(lack.force != "cited" for lack in found):
        missing.append(_("规程没有硬性要求：也可以在开设批次时写明原因，先行开设。"))
    citations = [c for lack in found for c in lack.citations if isinstance(c, Citation)]
    return SetupState(count, missing, homeless(), citations=tuple(dict.fromkeys(citations)))


def homeless() -> list[str]:
    """Clerks of a department who have not been told which: they see no application."""
    clerks = User.objects.filter(
        is_active=True, role_grants__role__in=[role.value for role in BOUNDED_ROLES]
    )
    named = clerks.exclude(department_posts__is_active=True).values_list("display_name", flat=True)
    names = "、".join(sorted(set(named)))
    return [_("还没有指定院系，看不到任何申报：%(names)s。") % {"names": names}] if names else []


def _rulebook_page() -> str:
    return reverse("first_day:rulebook")


setup_steps.register(
    "rulebook",
    SetupStep(
        key="rulebook",
        title=gettext_lazy("规程"),
        purpose=gettext_lazy("备案、期限、科目和表单都由它决定。"),
        unit=gettext_lazy("部"),
        state=rulebook,
        permission=Act.CENTRE_MANAGE,
        page=_rulebook_page,
        required=True,
    ),
    order=10,
)
setup_steps.register(
    "accounts",
    SetupStep(
        key="accounts",
        title=gettext_lazy("账号和角色"),
        purpose=gettext_lazy("谁办什么；须分开的事由不同的人办。密码由本人凭账号条设置。"),
        unit=gettext_lazy("个"),
        state=accounts,
        permission=Act.ACCOUNT_MANAGE,
        shown_at=lambda: reverse("admin:accounts_user_changelist"),
        sheet=STAFF_ACCOUNTS,
        required=True,
        needs=("rulebook",),
    ),
    order=50,
)
