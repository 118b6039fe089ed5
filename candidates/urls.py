"""The candidates' pages; no address ever holds an ID number."""

from django.urls import path

from candidates.portal import activation, entrance, files, status, tasks

app_name = "portal"
ONE = "applications/<uuid:pk>/"
urlpatterns = [
    path("", status.home, name="home"),
    path("register/", entrance.register, name="register"),
    path("activate/", activation.activate, name="activate"),
    path("sign-in/", entrance.sign_in, name="sign_in"),
    path("sign-out/", entrance.sign_out, name="sign_out"),
    path("batches/<uuid:pk>/", tasks.choose, name="choose"),
    path("offerings/<uuid:pk>/start/", tasks.start, name="start"),
    path(ONE, status.application, name="application"),
    path(f"{ONE}facts/", tasks.facts, name="facts"),
    path(f"{ONE}photo/", tasks.photo, name="photo"),
    path(f"{ONE}photo.jpg", files.photo_file, name="photo_file"),
    path(f"{ONE}evidence/", tasks.evidence, name="evidence"),
    path(f"{ONE}evidence/<uuid:piece>/", files.evidence_file, name="evidence_file"),
    path(f"{ONE}evidence/<uuid:piece>/remove/", tasks.remove_evidence, name="remove_evidence"),
    path(f"{ONE}commitment/", tasks.commitment, name="commitment"),
    path(f"{ONE}check/", tasks.check, name="check"),
    path(f"{ONE}receipt/", status.receipt, name="receipt"),
    path(f"{ONE}form/", status.form, name="form"),
    path(f"{ONE}withdraw/", status.withdraw, name="withdraw"),
]
