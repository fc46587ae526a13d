#!/usr/bin/env python3
"""What programs and libraries ask of the system's loader.

Usage: loader.py built PRODUCTS     fails if a program or plugin that was built asks for what no archive brings
       loader.py tree FOLDER        fails if a file below FOLDER asks for what is neither in FOLDER/lib nor on every Linux
       loader.py list FOLDER        prints what each file asks for

Read with `readelf`, from binutils.
"""
import pathlib
import re
import subprocess
import sys

# The C library with its parts, and the runtimes of C and C++: on every Linux that has a desktop, and never brought along.
BASE = {
    "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1", "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0",
    "librt.so.1", "libgcc_s.so.1", "libstdc++.so.6",
}

# Swift's own libraries that may be asked for. Foundation proper is left out: it comes with 40 MB of tables.
SWIFT = {
    "libswiftCore.so", "libswift_Concurrency.so", "libswift_StringProcessing.so", "libswift_RegexParser.so",
    "libswiftSynchronization.so", "libswiftGlibc.so", "libFoundationEssentials.so", "libdispatch.so",
    "libBlocksRuntime.so", "libswiftDispatch.so",
}

# Whose libraries our programs and plugins may ask for; a new one is weighed, and added here, in the archive's name.
CARRIED = {
    "libjson-c", "libpcre2-8", "libidn2", "libcsv", "libutf8proc", "libnettle", "libseccomp", "libpng16", "libjpeg",
    "libexif", "libgeos_c", "libproj", "libz", "libjemalloc",
}

# The newest of the C and C++ libraries that may be asked for: those of Ubuntu 22.04, which is older than Debian 12.
CEILINGS = {"GLIBC": (2, 35), "GLIBCXX": (3, 4, 30), "CXXABI": (1, 3, 13), "GCC": (12, 0, 0)}


class Asking:
    """What one file asks of the loader."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        text = subprocess.run(
            ["readelf", "-W", "-d", "-V", str(path)], check=True, capture_output=True, text=True,
            env={"LC_ALL": "C", "PATH": "/usr/bin:/bin:/usr/local/bin"}).stdout
        entries = re.findall(r"\((NEEDED|SONAME|RUNPATH|RPATH)\)[^\[]*\[([^\]]*)\]", text)
        self.needed = [value for kind, value in entries if kind == "NEEDED"]
        self.soname = next((value for kind, value in entries if kind == "SONAME"), None)
        self.search = [
            folder for kind, value in entries if kind in ("RUNPATH", "RPATH") for folder in value.split(":")]
        # Only of "Version needs": what a file defines itself asks nothing of anybody.
        wanted = text.partition(".gnu.version_r")[2]
        self.versions = {
            (name, tuple(int(part) for part in number.split(".")))
            for name, number in re.findall(r"Name: (GLIBC|GLIBCXX|CXXABI|GCC)_([0-9.]+)\b", wanted)}


def is_elf(path):
    with open(path, "rb") as file:
        return file.read(4) == b"\x7fELF"


def elf_files(folder):
    return sorted(p for p in pathlib.Path(folder).rglob("*") if p.is_file() and not p.is_symlink() and is_elf(p))


def bare(name):
    """`libpng16` for `libpng16.so.16`."""
    return name.partition(".so")[0]


def faults_of_built(products):
    """What the programs and the shipped plugins ask for that nobody said the archive brings."""
    products = pathlib.Path(products)
    names = ["concord", "concord-worker", "concord-media"] + sorted(p.name for p in products.glob("lib*Plugin.so"))
    faults = []
    for name in names:
        for asked in Asking(products / name).needed:
            if asked not in BASE | SWIFT and bare(asked) not in CARRIED:
                faults.append(f"{name} asks for {asked}: no archive of Concord brings it (Scripts/packing/loader.py)")
    return names, faults


def faults_of_tree(folder):
    """What would not be found, or be found in the wrong place, once `folder` has been unpacked somewhere."""
    root = pathlib.Path(folder).resolve()
    brought = {p.name for p in (root / "lib").iterdir()}
    files = elf_files(root)
    faults = []
    for path in files:
        asking, name = Asking(path), path.relative_to(root)
        for asked in asking.needed:
            if asked not in BASE and asked not in brought:
                faults.append(f"{name} asks for {asked}, which is not in lib")
        for place in asking.search:
            inside = (path.parent / place.replace("$ORIGIN", ".")).resolve()
            if not place.startswith("$ORIGIN") or not inside.is_relative_to(root):
                faults.append(f"{name} looks for libraries in {place}")
        for kind, version in sorted(asking.versions):
            if version > CEILINGS[kind]:
                faults.append(f"{name} asks for {kind}_{'.'.join(map(str, version))}, newer than the oldest system has")
        if path.parent == root / "lib" and asking.soname not in (None, path.name):
            faults.append(f"{name} is called {asking.soname} by those who ask for it")
    asked = {asked for path in files for asked in Asking(path).needed}
    faults += [f"lib/{name} is asked for by nobody" for name in sorted(brought - asked)]
    return [str(path.relative_to(root)) for path in files], faults


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("built", "tree", "list"):
        sys.exit(__doc__)
    if sys.argv[1] == "list":
        for path in elf_files(sys.argv[2]):
            print(f"{path.relative_to(sys.argv[2])}: {' '.join(Asking(path).needed)}")
        return
    files, faults = (faults_of_built if sys.argv[1] == "built" else faults_of_tree)(sys.argv[2])
    for fault in faults:
        print(fault)
    if faults or not files:
        sys.exit(1)
    print(f"{len(files)} programs and libraries ask the loader for nothing that is not there")


if __name__ == "__main__":
    main()
