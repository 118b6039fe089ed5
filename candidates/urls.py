"""The candidates' pages; no address ever holds an ID number."""

from django.urls import path

from candidates.portal import (
    activation,
    entrance,
    files,
    finish,
    forgotten,
    profile,
    proving,
    status,
    steps,
    tasks,
)

app_name = "portal"
ONE = "applications/<uuid:pk>/"
urlpatterns = [
    path("", status.home, name="home"),
    path("register/", entrance.register, name="register"),
    path("activate/", activation.activate, name="activate"),
    path("sign-in/", entrance.sign_in, name="sign_in"),
    path("prove/", proving.prove, name="prove"),
    path("prove/code/", proving.prove_code, name="prove_code"),
    path("forgotten/", forgotten.forgotten, name="forgotten"),
    path("profile/", profile.profile, name="profile"),
    path("profile/password/", profile.password, name="password"),
    path("sign-out/", entrance.sign_out, name="sign_out"),
    path("batches/<uuid:pk>/", tasks.choose, name="choose"),
    path("offerings/<uuid:pk>/start/", tasks.start, name="start"),
    path(ONE, status.application, name="application"),
    path(f"{ONE}facts/", steps.facts, name="facts"),
    path(f"{ONE}photo/", steps.photo, name="photo"),
    path(f"{ONE}photo.jpg", files.photo_file, name="photo_file"),
    path(f"{ONE}evidence/", steps.evidence, name="evidence"),
    path(f"{ONE}evidence/<uuid:piece>/", files.evidence_file, name="evidence_file"),
    path(f"{ONE}evidence/<uuid:piece>/remove/", steps.remove_evidence, name="remove_evidence"),
    path(f"{ONE}commitment/", finish.commitment, name="commitment"),
    path(f"{ONE}check/", finish.check, name="check"),
    path(f"{ONE}receipt/", status.receipt, name="receipt"),
    path(f"{ONE}form/", status.form, name="form"),
    path(f"{ONE}fee/", status.pay_slip, name="pay_slip"),
    path(f"{ONE}withdraw/", status.withdraw, name="withdraw"),
]
