"""Where the code server can be reached: by this user, and by gRPC's reading of the address."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import dagster as dg
import grpc
import pytest
import yaml

from streak_infor_orchestration.config.state_folder import claimed
from streak_infor_orchestration.stack import CodeLocation, PortTaken
from streak_infor_orchestration.stack.code_address import code_address, left_behind
from streak_infor_orchestration.stack.dagster_services import daemons
from streak_infor_orchestration.stack.folders import Folders
from streak_infor_orchestration.stack.signs import accepts, greets


def in_folder(root: Path) -> Folders:
    folders = Folders(claimed(root))
    folders.make()
    return folders


@pytest.mark.parametrize("name", ["state", "with blanks", "%41", "ä", "d" * 120, "a:b", "a#b"])
def test_a_server_listens_there_and_only_this_user_can_go_there(tmp_path: Path, name: str) -> None:
    folders = in_folder(tmp_path / name)
    address = code_address(folders, {})
    assert isinstance(address, Path)
    server = grpc.server(ThreadPoolExecutor(1))
    server.add_insecure_port(f"unix:{address}")  # as Dagster does
    server.start()
    try:
        assert accepts(address) and greets(address)
        folder = address.parent.stat()
        assert (stat.S_IMODE(folder.st_mode), folder.st_uid) == (0o700, os.geteuid())
    finally:
        server.stop(None).wait()
        left_behind(address, folders)
    assert not greets(address)
    assert folders.home.exists() and address.parent.exists() == (address.parent == folders.home)


def test_a_short_path_stays_in_the_state_folder() -> None:
    assert code_address(Folders(Path("/var/lib/streak-infor")), {}) == Path(
        "/var/lib/streak-infor/dagster/code.socket"
    )


@pytest.mark.parametrize(("length", "stays"), [(107, True), (108, False)])
def test_a_sockets_path_has_a_hundred_and_seven_bytes(length: int, stays: bool) -> None:
    folders = Folders(Path("/" + "r" * (length - len("//dagster/code.socket"))))
    assert len(bytes(folders.home / "code.socket")) == length
    address = code_address(folders, {})
    assert isinstance(address, Path) and address.name == "code.socket"
    assert address.is_relative_to(folders.root) is stays
    if not stays:
        assert address.parent.parent == Path("/tmp") and address.parent.name.startswith("streak-infor-")
    left_behind(address, folders)
    assert address.parent.exists() is False


def test_a_port_is_taken_when_it_is_asked_for(tmp_path: Path) -> None:
    folders = in_folder(tmp_path / "state")
    port = code_address(folders, {"STREAK_INFOR_CODE_SERVER_PORT": "0"})
    assert isinstance(port, int) and port > 0
    left_behind(port, folders)
    server = grpc.server(ThreadPoolExecutor(1))
    bound = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        with pytest.raises(PortTaken, match="STREAK_INFOR_CODE_SERVER_PORT"):
            code_address(folders, {"STREAK_INFOR_CODE_SERVER_PORT": str(bound)})
    finally:
        server.stop(None).wait()


@pytest.mark.parametrize("address", [4266, Path("/run/x/code.socket")])
def test_server_and_workspace_name_the_same_place(tmp_path: Path, address: int | Path) -> None:
    folders = in_folder(tmp_path / "state")
    code, daemon, webserver = daemons(folders, CodeLocation(), address, 3000, ["dagster.example.com"])
    (server,) = yaml.safe_load((folders.home / "workspace.yaml").read_text())["load_from"]
    named = server["grpc_server"]
    if isinstance(address, int):
        assert (named["host"], named["port"]) == ("127.0.0.1", address)
        assert {"--host=127.0.0.1", f"--port={address}"} <= set(code.argv)
    else:
        assert named == {"socket": str(address), "location_name": "streak_infor_orchestration"}
        assert f"--socket={address}" in code.argv
        assert not any("port" in argument for argument in code.argv)
    assert "--known-as=dagster.example.com" in webserver.argv
    assert f"--workspace={folders.home / 'workspace.yaml'}" in daemon.argv


def test_dagster_reads_such_a_workspace(tmp_path: Path) -> None:
    from dagster._core.workspace.load_target import WorkspaceFileTarget

    folders = in_folder(tmp_path / "state")
    daemons(folders, CodeLocation(name="engine"), Path("/run/x/code.socket"), 3000, [])
    with dg.DagsterInstance.ephemeral():
        (origin,) = WorkspaceFileTarget([str(folders.home / "workspace.yaml")]).create_origins()
    assert getattr(origin, "socket", None) == "/run/x/code.socket"
