import os
import pwd
from pathlib import Path

import pytest

from assessment_center.embedded import places
from assessment_center.embedded.errors import EmbeddedError

CLERK = places.Account("clerk", 4001, 4001)


@pytest.fixture(autouse=True)
def ordinary_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "server_account", lambda: None)


def test_everything_lies_under_the_chosen_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESSMENT_VAR", "/srv/office/var")
    found = places.find_places()
    assert (found.home, found.sockets, found.postgres, found.valkey, found.locks, found.logs) == (
        Path("/srv/office/var"),
        Path("/srv/office/var/run"),
        Path("/srv/office/var/pg18"),
        Path("/srv/office/var/valkey"),
        Path("/srv/office/var/locks"),
        Path("/srv/office/var/log"),
    )


def test_without_a_choice_the_project_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASSESSMENT_VAR")
    assert places.find_places().var == places.PROJECT / "var"


@pytest.mark.parametrize(("length", "moved"), [(83, False), (84, False), (85, True), (200, True)])
def test_sockets_move_when_their_path_grows_too_long(
    monkeypatch: pytest.MonkeyPatch, length: int, *, moved: bool
) -> None:
    monkeypatch.setenv("ASSESSMENT_VAR", "/" + "x" * (length - 1))
    found = places.find_places()
    assert (found.sockets.parent != found.var) is moved
    longest = len(os.fsencode(found.sockets / ".s.PGSQL.5432.lock"))
    assert longest <= places.LONGEST_SOCKET_PATH


def test_length_counts_bytes_not_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESSMENT_VAR", "/" + "认" * 30)
    assert places.find_places().sockets.parent != places.find_places().var


def test_two_long_folders_do_not_share_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    found = set()
    for name in "ab":
        monkeypatch.setenv("ASSESSMENT_VAR", "/" + name * 120)
        found.add(places.find_places().sockets)
    assert len(found) == 2


def test_a_folder_closed_to_the_account_is_not_reachable(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    stranger = places.Account("stranger", 54321, 54321)
    for folder in (tmp_path / "a", inner):
        folder.chmod(0o755)
    open_above = places.reachable(tmp_path, stranger)
    assert places.reachable(inner, stranger) is open_above
    (tmp_path / "a").chmod(0o700)
    assert places.reachable(inner, stranger) is False
    owner = places.Account("owner", os.geteuid(), os.getegid())
    assert places.reachable(inner, owner) is places.reachable(tmp_path, owner)


def test_root_keeps_data_where_the_servers_account_may_go(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tmp_path.chmod(0o700)
    monkeypatch.setattr(places, "server_account", lambda: CLERK)
    monkeypatch.setenv("ASSESSMENT_VAR", str(tmp_path / "var"))
    found = places.find_places()
    assert found.var == tmp_path / "var"
    assert found.home != found.var
    assert found.home.parent in {Path("/var/tmp"), Path("/tmp")}
    assert found.sockets == found.home / "run"


def test_no_account_for_the_servers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    def unknown(name: str) -> None:
        raise KeyError(name)

    monkeypatch.setattr(pwd, "getpwnam", unknown)
    with pytest.raises(EmbeddedError, match="普通用户"):
        places.server_account()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    taken = tmp_path / "var"
    taken.write_text("a file where a folder should be")
    with pytest.raises(EmbeddedError, match=r"没有权限写入.*ASSESSMENT_VAR"):
        places.prepare(places.Places(taken, taken, taken / "run", None))


def test_a_folder_laid_by_somebody_else_is_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "trap").symlink_to(elsewhere)
    with pytest.raises(EmbeddedError, match="trap"):
        places.prepare(
            places.Places(tmp_path / "var", tmp_path / "var", tmp_path / "trap" / "run", None)
        )


def test_the_sockets_are_closed_to_others(tmp_path: Path) -> None:
    found = places.Places(tmp_path / "var", tmp_path / "var", tmp_path / "var" / "run", None)
    places.prepare(found)
    modes = [oct(folder.stat().st_mode & 0o777) for folder in (found.sockets, found.locks)]
    assert modes == ["0o700", "0o700"]


def test_a_log_that_has_grown_long_is_put_aside(tmp_path: Path) -> None:
    found = places.Places(tmp_path / "var", tmp_path / "var", tmp_path / "var" / "run", None)
    places.prepare(found)
    (found.logs / "web.log").write_bytes(b"x" * (5 * 1024 * 1024 + 1))
    (found.logs / "beat.log").write_bytes(b"x")
    places.prepare(found)
    assert sorted(path.name for path in found.logs.iterdir()) == ["beat.log", "web.old"]
