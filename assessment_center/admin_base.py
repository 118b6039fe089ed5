"""Registers: read, searched, exported; written only through the service that they name."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.utils import display_for_field, display_for_value, label_for_field
from django.contrib.admin.utils import lookup_field as look_up
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.office import actor_of, refusal_text
from assessment_center.registry import Actor, RefusedError, SubjectRef
from assessment_center.spreadsheets import WORKBOOK_TYPE, ColumnSpec, write

EXPORT = "_export"

# save_service(actor=, instance=, values=, is_new=) -> the saved record.
# `values` are the form's cleaned data; `instance` is filled from them and not yet saved.
SaveService = Callable[..., models.Model]


class ServiceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A model form whose last check is the service itself: a refusal stays beside the data."""

    actor: ClassVar[Actor]
    save_service: ClassVar[SaveService | None] = None
    saved: models.Model | None = None

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        service = type(self).__dict__.get("save_service")
        if self.errors or service is None:
            return
        try:
            with transaction.atomic():
                self.saved = service(
                    actor=self.actor,
                    instance=self.instance,
                    values=self.cleaned_data,
                    is_new=self.instance._state.adding,  # noqa: SLF001 - Django's documented place
                )
        except RefusedError as refused:
            self.add_error(None, refusal_text(refused))
        except ValidationError as faults:
            self.add_error(None, faults)


class ServiceModelAdmin(ModelAdmin):  # type: ignore[misc]
    """A register of one model.

    `view_act` lets see it; `add_act` and `change_act` (None: nobody) let write it through
    `save_service`, without which the register is read-only. Nothing is ever deleted here.
    """

    view_act: ClassVar[Act] = Act.HOME
    add_act: ClassVar[Act | None] = None
    change_act: ClassVar[Act | None] = None
    save_service: ClassVar[SaveService | None] = None
    menu_order: ClassVar[int] = 100
    in_menu: ClassVar[bool] = True

    list_per_page = 50
    show_full_result_count = False
    actions = None
    compressed_fields = True
    warn_unsaved_form = True
    list_filter_sheet = False

    def _writes(self) -> bool:
        return type(self).save_service is not None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return request.user.has_perm(self.view_act)

    def has_add_permission(self, request: HttpRequest) -> bool:
        act = self.add_act
        return bool(act and self._writes() and request.user.has_perm(act))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        act = self.change_act
        return bool(act and self._writes() and request.user.has_perm(act))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,  # noqa: FBT001, FBT002 - Django's signature
        **kwargs: Any,
    ) -> type[forms.ModelForm]:  # type: ignore[type-arg]
        if self._writes():
            attributes = {
                "actor": actor_of(request),
                "save_service": staticmethod(type(self).save_service),  # type: ignore[arg-type]
            }
            bases = (ServiceForm, self.form)
            kwargs["form"] = type("RegisterForm", bases, {})
            made = super().get_form(request, obj, change, **kwargs)
            return type(made.__name__, (made,), attributes)
        plain: type[forms.ModelForm] = super().get_form(request, obj, change, **kwargs)  # type: ignore[type-arg]
        return plain

    def save_model(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: models.Model,
        form: ServiceForm,
        change: bool,  # noqa: ARG002, FBT001
    ) -> None:
        """The service has saved while the form was checked: take over what it made."""
        if form.saved is None:
            raise RefusedError(_("这里的记录不能直接修改。"))
        obj.__dict__.update(form.saved.__dict__)

    def save_related(self, *_args: Any, **_kwargs: Any) -> None:
        """Related rows are the service's business."""

    def log_addition(self, *_args: Any) -> None:
        """The service's audit entry is the one trail."""

    def log_change(self, *_args: Any) -> None:
        """The service's audit entry is the one trail."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if EXPORT in request.GET and self.has_view_permission(request):
            return self._export(request)
        query = request.GET.copy()
        query[EXPORT] = "1"
        context = {"export_url": f"?{query.urlencode()}", **(extra_context or {})}
        page: HttpResponse = super().changelist_view(request, context)
        return page

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One button saves; nothing else is offered beside it."""
        fewer = {"show_save_and_continue": False, "show_save_and_add_another": False}
        context = {**fewer, **(extra_context or {})}
        page: HttpResponse = super().changeform_view(request, object_id, form_url, context)
        return page

    def _export(self, request: HttpRequest) -> HttpResponse:
        """A workbook of exactly what the list shows, on all its pages; the trail records it."""
        query = request.GET.copy()
        del query[EXPORT]
        request.GET = query  # type: ignore[assignment]
        shown = self.get_changelist_instance(request)
        names = [name for name in shown.list_display if name != "action_checkbox"]
        columns = [
            ColumnSpec(
                key=str(i),
                header=str(label_for_field(name, self.model, model_admin=self)),
                width=20,
            )
            for i, name in enumerate(names)
        ]
        rows = shown.queryset
        title = str(self.opts.verbose_name_plural)
        content = write(self._rows(rows, names), columns, title=title)
        record(
            actor=actor_of(request),
            verb="register.export",
            subject=SubjectRef(self.opts.label_lower, actor_of(request).ref.uuid),
            payload={"rows": rows.count(), "columns": names},
        )
        name = f"{title} {timezone.localdate():%Y-%m-%d}.xlsx"
        response = HttpResponse(content, content_type=WORKBOOK_TYPE)
        disposition = content_disposition_header(as_attachment=True, filename=name)
        response.headers["Content-Disposition"] = disposition or "attachment"
        return response

    def _rows(self, queryset: models.QuerySet[Any], names: list[str]) -> Iterator[list[str]]:
        for obj in queryset.iterator(chunk_size=500):
            yield [self._shown(name, obj) for name in names]

    def _shown(self, name: str, obj: models.Model) -> str:
        try:
            field, attribute, value = look_up(name, obj, self)
        except (FieldDoesNotExist, AttributeError, ValueError):
            return ""
        empty = ""
        if field is None:
            boolean = getattr(attribute, "boolean", False)
            text = _yes(value) if boolean else display_for_value(value, empty)
        elif isinstance(value, bool):
            text = _yes(value)
        else:
            text = display_for_field(value, field, empty)
        return strip_tags(str(text))


def _yes(value: object) -> str:
    return _("是") if value else _("否")
