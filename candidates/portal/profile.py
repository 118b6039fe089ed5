"""One's own account: how to be reached, what the document does not tell, the password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from assessment_center.accounts import passwords
from assessment_center.accounts.addresses import address_of
from assessment_center.notices.channels import configured
from assessment_center.office import UNPROCESSABLE, refusal_text
from assessment_center.registry import RefusedError
from candidates.labels import ID_KIND_LABELS
from candidates.portal.access import candidate_view, person_of, user_of
from candidates.portal.account_forms import PasswordForm
from candidates.portal.profile_form import ProfileForm
from candidates.portal.proving import forget, proof_in
from candidates.services import accounts


@candidate_view
def profile(request: HttpRequest) -> HttpResponse:
    """Who I am here; a proven address takes the place of the former one."""
    person, user = person_of(request), user_of(request)
    proof = proof_in(request)
    if proof is not None:
        facts = {"phone": proof.as_phone(), "email": proof.as_email()}
        kept = {key: value for key, value in facts.items() if value}
        accounts.save_profile(user=user, person=person, facts=kept)
        forget(request)
        messages.success(request, _("联系方式已更新。"))
        return redirect("portal:profile")
    form = ProfileForm(request.POST or None, person=person, proving=bool(configured()))
    if request.method == "POST" and form.is_valid():
        try:
            accounts.save_profile(user=user, person=person, facts=form.cleaned_data)
        except RefusedError as refused:
            form.add_error(None, refusal_text(refused))
        else:
            messages.success(request, _("已保存。"))
            return redirect("portal:profile")
    kind = ID_KIND_LABELS.get(person.id_kind, "")
    context = {"form": form, "person": person, "kind": kind, "proving": bool(configured())}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "portal/profile.html", context, status=status)


@sensitive_post_parameters()
@candidate_view
def password(request: HttpRequest) -> HttpResponse:
    """A new password for who knows the present one; counted like a sign-in."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = user_of(request)
        try:
            accounts.confirm(
                user=user, password=form.cleaned_data["old"], address=address_of(request)
            )
            passwords.change(user=user, password=form.cleaned_data["password"])
        except RefusedError as refused:
            form.add_error(None, refusal_text(refused))
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("密码已更改。"))
            return redirect("portal:profile")
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "portal/password.html", {"form": form}, status=status)
