"""Puts the licence of everything in the archive into `share/licences`, and a page that says whose each file is."""
import pathlib
import re
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def owner(path):
    """Debian's package of a file, or None. Packages may name it as it was before /lib moved below /usr."""
    for name in (str(path), str(path).removeprefix("/usr")):
        found = subprocess.run(["dpkg", "-S", name], capture_output=True, text=True)
        if found.returncode == 0:
            return found.stdout.partition(": ")[0].split(",")[0]
    return None


def described(package):
    form = "${Package}\t${Version}\t${source:Package}\t${source:Version}"
    return subprocess.run(
        ["dpkg-query", "-W", "-f", form, package], check=True, capture_output=True, text=True).stdout.split("\t")


def add(sources, tree, products):
    """`sources`: path in the archive, and the file it is a copy of, or None. Throws if a licence is not to be found."""
    folder = tree / "share/licences"
    rows = []

    def keep(name, files):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for file in files:
            shutil.copy(file, folder / name / file.name)

    keep("concord", [ROOT / "LICENSE"])
    rows.append(("bin, share/concord", "Concord", "concord", ""))
    swift = pathlib.Path(shutil.which("swift")).resolve().parent.parent / "share/swift/LICENSE.txt"
    keep("swift", [swift])
    runtime = sorted(n for n, s in sources.items() if s and "/swift/" in str(s))
    rows.append((", ".join(runtime), "Swift's runtime", "swift", "https://github.com/swiftlang/swift"))
    checkouts = products
    while not (checkouts / "checkouts").is_dir():
        if checkouts == checkouts.parent:
            raise SystemExit(f"the sources of Swift packages are not above {products}")
        checkouts = checkouts.parent
    for package in sorted((checkouts / "checkouts").iterdir()):
        texts = sorted(p for p in package.iterdir() if p.name.upper().startswith(("LICENSE", "NOTICE", "COPYING")))
        if not texts:
            raise SystemExit(f"{package} has no licence")
        keep(package.name, texts)
        rows.append(("bin/concord", package.name, package.name, f"https://github.com/apple/{package.name}"))
    for name, source in sorted(sources.items()):
        place = name if "/" in name else "lib/" + name
        if source is None:
            rows.append((place, "made by Concord's Scripts/packing/standins.py; answers 0 to everything", "concord", ""))
        elif "/swift/" not in str(source):
            package = owner(source)
            if package is None:
                raise SystemExit(f"{source} is of no Debian package, so its licence is not known")
            binary, version, origin, origin_version = described(package)
            keep(binary, [pathlib.Path("/usr/share/doc") / binary / "copyright"])
            rows.append((place, f"Debian's {binary} {version}", binary, f"`apt-get source {origin}={origin_version}`"))
    # Debian's texts name the long licences by where Debian keeps them.
    for text in sorted(folder.glob("*/copyright")):
        for name in re.findall(r"/usr/share/common-licenses/([\w.-]*\w)", text.read_text()):
            keep("common-licenses", [pathlib.Path("/usr/share/common-licenses") / name])
    page = "# Whose each part is\n\n"
    page += "Libraries of Debian are its own files, but for what only debuggers read and the place where they look for each\n"
    page += "other. Each may be replaced by another build of it under the same name. The licences that their texts name by\n"
    page += "Debian's own path lie in [common-licenses](common-licenses).\n\n"
    page += "| file | what it is | licence | its source |\n| --- | --- | --- | --- |\n"
    page += "".join(f"| {files} | {what} | [{name}]({name}) | {source} |\n" for files, what, name, source in rows)
    (folder / "README.md").write_text(page)
