"""The archive as a Debian package: the same tree below /usr/lib/concord, and `concord` on everybody's path."""
import os
import pathlib
import platform
import shutil
import subprocess
import tempfile

import loader

# From which version of Debian's package on the library has what is asked for (their symbols files say the same).
PACKAGES = {"GLIBC": "libc6", "GLIBCXX": "libstdc++6", "CXXABI": "libstdc++6", "GCC": "libgcc-s1"}


def needed(tree):
    """What the package depends on: the C library by the newest of its symbols, C++'s and GCC's by their release."""
    newest = {}
    for path in loader.elf_files(tree):
        for kind, version in loader.Asking(path).versions:
            newest[kind] = max(version, newest.get(kind, (0,)))
    libc = ".".join(map(str, newest["GLIBC"]))
    # GCC 12 brought GLIBCXX_3.4.30 and 13 brought 3.4.31 and 3.4.32.
    cxx = 12 if newest.get("GLIBCXX", (0,)) <= (3, 4, 30) else 13
    gcc = ".".join(map(str, newest.get("GCC", (3, 0)))) if newest.get("GCC", (0,)) > (4,) else "3.0"
    return f"libc6 (>= {libc}), libgcc-s1 (>= {gcc}), libstdc++6 (>= {cxx})"


def make(tree, out, version, moment):
    """Writes `out/concord_VERSION_ARCH.deb`. Cost: some seconds of packing."""
    machine = {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]
    target = out / f"concord_{version}_{machine}.deb"
    with tempfile.TemporaryDirectory() as scratch:
        root = pathlib.Path(scratch) / "package"
        home = root / "usr/lib/concord"
        home.parent.mkdir(parents=True)
        shutil.copytree(tree, home, symlinks=True)
        (root / "usr/bin").mkdir()
        (root / "usr/bin/concord").symlink_to("../lib/concord/bin/concord")
        documents = root / "usr/share/doc/concord"
        documents.mkdir(parents=True)
        shutil.copy(home / "share/licences/README.md", documents / "copyright")
        kilobytes = sum(p.stat().st_size for p in root.rglob("*") if p.is_file() and not p.is_symlink()) // 1024
        (root / "DEBIAN").mkdir()
        (root / "DEBIAN/control").write_text(f"""Package: concord
Version: {version}
Architecture: {machine}
Maintainer: Concord <concord@localhost>
Installed-Size: {kilobytes}
Depends: {needed(tree)}
Section: devel
Priority: optional
Description: language server for annotation files
 Checks the labels of images, scans, speech, maps and texts while they are
 typed, in any editor that speaks the Language Server Protocol, and whole
 datasets from the command line.
""")
        for path in root.rglob("*"):
            if path.is_dir():
                path.chmod(0o755)
        root.chmod(0o755)
        environment = dict(os.environ, SOURCE_DATE_EPOCH=str(moment))
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "--build", str(root), str(target)], check=True, env=environment,
            stdout=subprocess.DEVNULL)
    return target
