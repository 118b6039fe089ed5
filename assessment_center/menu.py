"""The menu of the office: ordered by work; a role sees only what it works with."""

from dataclasses import dataclass, field

from django.contrib import admin
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.admin_base import ServiceModelAdmin
from assessment_center.office import MenuLink, actor_of, menu_links


@dataclass(frozen=True, slots=True)
class Section:
    """One line of the menu: its page, who sees it, and the apps whose registers stand under it."""

    key: str
    label: Promise
    acts: tuple[Act, ...]
    pages: tuple[str, ...]
    apps: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()


@dataclass(slots=True)
class Shown:
    """A section as this user sees it now."""

    label: str
    url: str
    active: bool = False
    links: list["Shown"] = field(default_factory=list)


def _pages(app: str) -> tuple[str, ...]:
    return tuple(f"{app}_office:{name}" for name in ("home", "index", "list"))


SECTIONS = (
    Section(
        "home",
        _("工作台"),
        (Act.HOME,),
        ("admin:index",),
        (),
        ("/admin/work/jobs/", "/admin/work/deadlines/"),
    ),
    Section(
        "batches",
        _("批次"),
        (Act.BATCH_VIEW,),
        ("batches_office:list",),
        ("batches", "deadlines"),
        ("/admin/work/batches/", "/admin/work/plan/"),
    ),
    Section(
        "candidates",
        _("报名与资格"),
        (Act.APPLICATION_VIEW,),
        _pages("candidates"),
        ("candidates",),
        ("/admin/work/candidates/",),
    ),
    Section(
        "exams",
        _("考务编排"),
        (Act.EXAM_VIEW,),
        _pages("exams"),
        ("exams",),
        ("/admin/work/exams/",),
    ),
    Section(
        "questionbank",
        _("题库与试卷"),
        (Act.BANK_VIEW,),
        _pages("questionbank"),
        ("questionbank",),
        ("/admin/work/questionbank/",),
    ),
    Section(
        "scoring",
        _("成绩与申诉"),
        (Act.SCORE_VIEW,),
        _pages("scoring"),
        ("scoring",),
        ("/admin/work/scoring/",),
    ),
    Section(
        "certificates",
        _("证书"),
        (Act.CERTIFICATE_VIEW,),
        _pages("certificates"),
        ("certificates",),
        ("/admin/work/certificates/",),
    ),
    Section(
        "archives",
        _("档案"),
        (Act.ARCHIVE_VIEW,),
        _pages("archives"),
        ("archives",),
        ("/admin/work/archives/",),
    ),
    Section(
        "centre",
        _("机构与人员"),
        (Act.CENTRE_VIEW, Act.PEOPLE_VIEW, Act.REGISTER_VIEW),
        _pages("organization"),
        ("organization", "people", "personnel", "catalog"),
        (
            "/admin/work/centre/",
            "/admin/work/people/",
            "/admin/work/personnel/",
            "/admin/work/registers/",
            "/admin/work/filing/",
        ),
    ),
    Section(
        "rules",
        _("规程"),
        (Act.RULES_VIEW, Act.CONFORMANCE_VIEW),
        _pages("rulebooks"),
        ("rulebooks", "conformance", "workdays"),
        ("/admin/work/rules/", "/admin/work/conformance/"),
    ),
    Section(
        "system",
        _("系统"),
        (Act.ACCOUNT_MANAGE, Act.AUDIT_VIEW),
        (),
        ("accounts", "notices", "printed"),
        ("/admin/work/audit/", "/admin/work/account/"),
    ),
)

menu_links.register("jobs", MenuLink("home", _("后台任务"), "jobs_office:list", Act.HOME), order=10)
menu_links.register(
    "paper", MenuLink("home", _("纸码查询"), "paper_office:find", Act.HOME), order=20
)
menu_links.register(
    "audit", MenuLink("system", _("审计记录"), "audit_office:list", Act.AUDIT_VIEW), order=90
)
for _key, _label, _name, _act, _order in (
    ("safety", _("登录安全"), "accounts_office:safety", Act.ACCOUNT_MANAGE, 20),
    ("head_safety", _("登录安全"), "accounts_office:safety", Act.SECOND_FACTOR_RESET, 20),
    ("deputies", _("代理"), "accounts_office:deputies", Act.DEPUTY_APPOINT, 30),
):
    menu_links.register(_key, MenuLink("system", _label, _name, _act), order=_order)


def address(name: str) -> str:
    """The address of a named page, or nothing while the page does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def sections_of(request: HttpRequest) -> list[Shown]:
    """The sections this user works with, the present one marked and opened."""
    acts = actor_of(request).permissions
    drawn = (_shown(section, request) for section in SECTIONS if acts & set(section.acts))
    return [section for section in drawn if section.url]


def _shown(section: Section, request: HttpRequest) -> Shown:
    links = _process_links(section, request) + _register_links(section, request)
    own = next(filter(None, map(address, section.pages)), "")
    url = own or (links[0].url if links else "")
    path = request.path
    active = path == url or any(path.startswith(prefix) for prefix in section.prefixes)
    best = max(
        (link for link in links if path.startswith(link.url)),
        key=lambda x: len(x.url),
        default=None,
    )
    if best is not None:
        best.active = active = True
    return Shown(str(section.label), url, active, links)


def _process_links(section: Section, request: HttpRequest) -> list[Shown]:
    """A page that two acts lead to stands once."""
    wanted = [link for link in menu_links if link.section == section.key]
    acts = actor_of(request).permissions
    found = {address(link.url_name): str(link.label) for link in wanted if link.act in acts}
    return [Shown(label, url) for url, label in found.items() if url]


def _register_links(section: Section, request: HttpRequest) -> list[Shown]:
    found = []
    for register in admin.site._registry.values():  # noqa: SLF001 - Django offers no reader
        options = register.opts
        if options.app_label not in section.apps:
            continue
        if isinstance(register, ServiceModelAdmin) and not register.in_menu:
            continue
        if register.has_view_permission(request):
            name = f"admin:{options.app_label}_{options.model_name}_changelist"
            order = getattr(register, "menu_order", 100)
            found.append((order, str(options.verbose_name_plural), address(name)))
    return [Shown(label, url) for _order, label, url in sorted(found) if url]
