#!/usr/bin/env python3
"""Makes dist/concord-VERSION-linux-ARCH.tar.gz, and the same as a Debian package, from what was built.

Usage: archive.py PRODUCTS [OUT]

What the archive holds is told in Docs/INSTALL.md; the same inputs give the same bytes.
"""
import gzip
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tarfile

import debian
import licences
import loader
import standins

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAMS = ["concord", "concord-worker", "concord-media"]


def version():
    text = (ROOT / "Sources/concord/Concord.swift").read_text()
    return re.search(r'concordVersion = "([^"]+)"', text)[1]


def run(*command):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True).stdout


def copy(source, target):
    """A file or a folder, with links followed; what tools leave behind stays out."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        ignored = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "*.o")
        shutil.copytree(source, target, ignore=ignored, dirs_exist_ok=True)
    else:
        shutil.copy(source, target)


def add_programs(products, tree):
    for name in PROGRAMS:
        copy(products / name, tree / "bin" / name)
    for descriptor in sorted((ROOT / "Plugins").glob("*/plugin.json")):
        folder, target = descriptor.parent, tree / "share/concord/plugins" / descriptor.parent.name
        data = {path.name for path in folder.iterdir()} - {"Entry", "Rules", "Support", "Libraries"}
        for name in sorted(data):
            copy(folder / name, target / name)
        library = json.loads(descriptor.read_text()).get("library")
        if library:
            copy(products / f"lib{library}.so", target / f"lib{library}.so")


def add_texts(tree):
    copy(ROOT / "Sources/CConcordPlugin/include/concord_plugin.h", tree / "include/concord_plugin.h")
    copy(ROOT / "EditorConfigs", tree / "share/concord/editors")
    copy(ROOT / "Examples", tree / "share/concord/examples")
    if (ROOT / "Templates/PluginKit").is_dir():
        copy(ROOT / "Templates/PluginKit", tree / "share/concord/PluginKit")
        hidden = ROOT / "Templates/PluginKit/.swift-version"
        if hidden.exists():
            copy(hidden, tree / "share/concord/PluginKit/.swift-version")
    for name in ["README.md", "CHANGELOG.md"]:
        copy(ROOT / name, tree / "share/doc/concord" / name)
    for page in sorted((ROOT / "Docs").glob("*.md")):
        copy(page, tree / "share/doc/concord/Docs" / page.name)
    for name in ["LICENSE", "Docs/INSTALL.md"]:
        copy(ROOT / name, tree / pathlib.Path(name).name)
    (tree / "VERSION").write_text(version() + "\n")
    package = ROOT / "dist" / f"concord-{version()}.vsix"
    if package.exists():
        copy(package, tree / "share/concord/editors/vscode" / package.name)


class Libraries:
    """Finds what the loader is asked for, as it would on this machine, and puts it into the archive."""

    def __init__(self, tree):
        self.folder = tree / "lib"
        self.folder.mkdir(parents=True)
        self.tree = tree
        info = json.loads(run("swift", "-print-target-info"))
        self.swift = [pathlib.Path(p) for p in info["paths"]["runtimeLibraryPaths"]]
        kind = {"x86_64": "x86-64", "aarch64": "AArch64"}.get(platform.machine(), "")
        lines = re.findall(r"^\s+(\S+) \(libc6([^)]*)\) => (\S+)$", run("/sbin/ldconfig", "-p"), re.MULTILINE)
        self.system = {name: pathlib.Path(path) for name, what, path in reversed(lines) if kind in what}
        # Where each came from: name in the archive, and the file it is a copy of; None for what was made here.
        self.sources = {}

    def bring(self):
        waiting = [(path, name) for path in loader.elf_files(self.tree) for name in loader.Asking(path).needed]
        while waiting:
            asker, name = waiting.pop()
            if name in loader.BASE or name in self.sources:
                continue
            self.sources[name] = source = self.find(name, asker)
            path = self.folder / name
            if source:
                shutil.copy(source, path)
                path.chmod(0o644)
            waiting += [(source or path, more) for more in loader.Asking(path).needed]

    def find(self, name, asker):
        if name.partition(".so")[0] in standins.REPLACED:
            standins.make(name, asker, self.folder)
            return None
        for folder in self.swift:
            if (folder / name).exists():
                return (folder / name).resolve()
        if name not in self.system:
            raise SystemExit(f"{asker} asks for {name}, which is not on this machine")
        return self.system[name].resolve()


def add_tables(libraries, tree):
    """PROJ looks for its tables in `share/proj` beside the `lib` it was loaded from."""
    if any(name.startswith("libproj.so") for name in libraries.sources):
        table = pathlib.Path("/usr/share/proj/proj.db")
        copy(table, tree / "share/proj/proj.db")
        libraries.sources["share/proj/proj.db"] = table


def finish(tree):
    """Takes out what only debuggers read, and has everything look for libraries in the archive.

    The worker passes its own place on to what it loads (RPATH, not RUNPATH), so that plugins find the archive's libraries
    wherever they lie, an installed one in memory included. So plugins name no place themselves.
    """
    for path in loader.elf_files(tree):
        path.chmod(0o755)
        run("strip", "--strip-unneeded", path)
        if path.parent == tree / "bin":
            force = ["--force-rpath"] if path.name == "concord-worker" else []
            run("patchelf", *force, "--set-rpath", "$ORIGIN/../lib", path)
        elif path.parent == tree / "lib":
            run("patchelf", "--set-rpath", "$ORIGIN", path)
        else:
            run("patchelf", "--remove-rpath", path)
    for path in sorted(tree.rglob("*")):
        executable = path.is_dir() or path.parent == tree / "bin" or (path.suffix == ".sh")
        path.chmod(0o755 if executable else 0o644)


def moment():
    """Of the commit, so that an archive says nothing of when and by whom it was made."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    return int(stamp or run("git", "-C", ROOT, "log", "-1", "--format=%ct"))


def pack(tree, target, time):
    def plain(entry):
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = time
        return entry

    with open(target, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=time) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive:
            archive.add(tree, tree.name, recursive=False, filter=plain)
            for path in sorted(tree.rglob("*")):
                archive.add(path, str(pathlib.Path(tree.name) / path.relative_to(tree)), recursive=False, filter=plain)


def size(folder):
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    products = pathlib.Path(sys.argv[1]).resolve()
    out = pathlib.Path(sys.argv[2] if len(sys.argv) == 3 else ROOT / "dist").resolve()
    tree = out / f"concord-{version()}-linux-{platform.machine()}"
    if tree.exists():
        shutil.rmtree(tree)
    tree.mkdir(parents=True)
    add_programs(products, tree)
    add_texts(tree)
    libraries = Libraries(tree)
    libraries.bring()
    add_tables(libraries, tree)
    licences.add(libraries.sources, tree, products)
    finish(tree)
    files, faults = loader.faults_of_tree(tree)
    if faults:
        sys.exit("\n".join(faults))
    archive = out / (tree.name + ".tar.gz")
    pack(tree, archive, moment())
    package = debian.make(tree, out, version(), moment())
    parts = [(str(p.relative_to(tree)), size(p)) for p in
             (tree / "bin", tree / "lib", tree / "share/concord/plugins", tree / "share/proj", tree / "share/licences")]
    for path, bytes_ in parts + [("unpacked", size(tree)), (archive.name, archive.stat().st_size),
                                 (package.name, package.stat().st_size)]:
        print(f"{bytes_ / 1e6:8.1f} MB  {path}")


if __name__ == "__main__":
    main()
