"""What is in the wheel is enough: definitions, profiles and settings load with no source tree beside them."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import streak_infor_orchestration

SOURCE = Path(streak_infor_orchestration.__file__).parents[1]
PROGRAM = """
import json, sys
import streak_infor_orchestration
from pathlib import Path
from streak_infor_orchestration.definitions import defs
from streak_infor_orchestration.stack.folders import Folders
from streak_infor_orchestration.stack.home import PROFILES, write_home

definitions = defs()
for profile in PROFILES:
    folders = Folders(Path("state").resolve())
    folders.make()
    write_home(folders, profile)
print(json.dumps({
    "package": streak_infor_orchestration.__file__,
    "jobs": sorted(job.name for job in definitions.resolve_all_job_defs() if not job.name.startswith("__")),
    "assets": sorted(key.to_user_string() for key in definitions.resolve_all_asset_keys()),
    "pages": sorted(path.name for path in Path(streak_infor_orchestration.__file__).parent.rglob("*.html")),
    "renders pages": "jinja2" in sys.modules,
}))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, unpacked into a folder of its own."""
    work = tmp_path_factory.mktemp("wheel")
    tree = work / "tree"
    tree.mkdir()
    for name in ("pyproject.toml", "setup.cfg", "README.md"):
        shutil.copy(SOURCE / name, tree)
    shutil.copytree(SOURCE / "streak_infor_orchestration", tree / "streak_infor_orchestration")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(work), str(tree)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = work.glob("*.whl")
    target = work / "installed"
    zipfile.ZipFile(wheel).extractall(target)  # what installing a pure wheel does
    return target


def load(first_on_path: Path, cwd: Path) -> dict[str, object]:
    environ = {**os.environ, "PYTHONPATH": str(first_on_path)}
    printed = subprocess.check_output([sys.executable, "-c", PROGRAM], env=environ, cwd=cwd)
    loaded = json.loads(printed)
    assert isinstance(loaded, dict)
    return loaded


def test_the_wheel_s_definitions_are_the_source_tree_s(installed: Path, tmp_path: Path) -> None:
    from_wheel, from_source = load(installed, tmp_path), load(SOURCE, tmp_path)

    assert Path(str(from_wheel.pop("package"))).is_relative_to(installed)
    from_source.pop("package")
    assert from_wheel == from_source
    assert from_wheel["pages"] == ["preview.html", "report.html", "report.html"]
    assert not from_wheel["renders pages"], "nothing that Dagster loads needs a page"
