"""The office's admin site: the theme's site under our roof."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite


class OfficeSite(UnfoldAdminSite):  # type: ignore[misc]
    """Registers live here; process pages stand beside them at /admin/work/."""

    site_title = _("技能等级认定中心")
    site_header = _("技能等级认定中心")
    index_title = _("工作台")
    index_template = "office/home.html"
    login_template = "registration/office_sign_in.html"
    password_change_template = "registration/office_password.html"  # noqa: S105
    password_change_done_template = "registration/office_password_done.html"  # noqa: S105
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        from assessment_center.accounts.sign_in import StaffSignInForm

        self.login_form = StaffSignInForm
        super().__init__(name)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        from assessment_center.accounts.office.entrance import sign_in
        from assessment_center.first_day.services.opening import is_empty

        if request.method == "GET" and is_empty():
            return HttpResponseRedirect(reverse("first_day:begin"))
        return sign_in(request, self, extra_context or {})

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        from assessment_center.accounts.office.entrance import change_password

        return change_password(request, self, extra_context or {})

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Registers stay light like the pages beside them."""
        return {**super().each_context(request), "theme": "light"}

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        from assessment_center.dashboard import home_context
        from assessment_center.office import actor_of

        home = home_context(actor_of(request))
        page: TemplateResponse = super().index(request, {**home, **(extra_context or {})})
        return page
