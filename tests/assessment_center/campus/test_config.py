"""The settings of the campus sign-on: whole, or refused at the start with the name of the one."""

from pathlib import Path

import pytest

from assessment_center.campus.config import Campus, CampusSettingsError, Protocol, read

P = "ASSESSMENT_CAMPUS_"


@pytest.fixture
def oidc(tmp_path: Path) -> dict[str, str]:
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n")
    return {
        f"{P}SIGN_ON": "oidc",
        f"{P}ISSUER": "https://id.example.edu.cn/oidc/",
        f"{P}CLIENT_ID": "skills",
        f"{P}CLIENT_SECRET_FILE": str(secret),
    }


def test_nothing_named_is_off() -> None:
    assert read({}) is None
    assert read({f"{P}SIGN_ON": " ", f"{P}ISSUER": "https://x"}) is None


def test_oidc_whole(oidc: dict[str, str]) -> None:
    made = read({**oidc, f"{P}STAFF_CLAIM": "gh", f"{P}LABEL": "校园账号"})
    assert made == Campus(
        protocol=Protocol.OIDC,
        url="https://id.example.edu.cn/oidc/",
        label="校园账号",
        client_id="skills",
        client_secret="s3cret",
        staff_claim="gh",
    )
    assert "s3cret" not in repr(made)


def test_cas_needs_its_address_alone() -> None:
    made = read({f"{P}SIGN_ON": "cas", f"{P}CAS_URL": "https://cas.example.edu.cn/cas"})
    assert made == Campus(protocol=Protocol.CAS, url="https://cas.example.edu.cn/cas")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SIGN_ON", "saml"),
        ("ISSUER", ""),
        ("ISSUER", "http://id.example.edu.cn"),
        ("ISSUER", "id.example.edu.cn"),
        ("CLIENT_ID", ""),
        ("CLIENT_SECRET_FILE", ""),
        ("CLIENT_SECRET_FILE", "/nowhere/secret"),
    ],
)
def test_what_is_missing_or_unsafe_is_named(oidc: dict[str, str], name: str, value: str) -> None:
    with pytest.raises(CampusSettingsError, match=f"{P}{name}"):
        read({**oidc, f"{P}{name}": value})


def test_an_empty_secret_is_none(oidc: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(" \n")
    with pytest.raises(CampusSettingsError, match="empty"):
        read(oidc)
