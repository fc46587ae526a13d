"""A minimal Debian, in which an ordinary user with an empty home folder tries what was packed.

The tree has no Swift, no development package, no editor and no Python: it is driven from outside, by pipes. It is made once, by
mmdebstrap, and kept below CONCORD_TREES (default ~/.cache/concord-trees); commands in it have no network.
"""
import os
import pathlib
import shlex
import subprocess
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
USER, NAME = 1000, "anna"
SUITE = os.environ.get("CONCORD_SUITE", "bookworm")
# Mounts the system's own folders, becomes the user, forgets the caller's environment and goes to the folder.
ENTER = """root=$1 user=$2 folder=$3; shift 3
mount --rbind /proc "$root/proc" && mount --rbind /dev "$root/dev" || exit 125
exec chroot --userspec="$user:$user" --groups= "$root" /usr/bin/env -i --chdir="$folder" "$@" """


def base():
    """The packed tree; made if it is not there. Cost: two minutes and 170 MB, once."""
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "concord-trees"
    folder = pathlib.Path(os.environ.get("CONCORD_TREES") or cache)
    machine = subprocess.run(
        ["dpkg", "--print-architecture"], check=True, capture_output=True, text=True).stdout.strip()
    packed = folder / f"{SUITE}-minbase-{machine}.tar"
    if not packed.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f".{os.getpid()}.tar"
        subprocess.run(["mmdebstrap", "--variant=minbase", SUITE, str(unfinished)], check=True)
        unfinished.rename(packed)
    return packed


class Tree:
    """One unpacked tree. `home` is the user's folder as it is called inside."""

    home = f"/home/{NAME}"

    def __init__(self):
        if os.geteuid() != 0:
            raise SystemExit("Entering another tree needs root's rights; `make dist-test` asks for them.")
        self.scratch = tempfile.TemporaryDirectory(prefix="concord-tree-")
        self.root = pathlib.Path(self.scratch.name) / "tree"
        self.root.mkdir()
        with tarfile.open(base()) as packed:
            packed.extractall(self.root, filter="fully_trusted")
        with open(self.root / "etc/passwd", "a") as users:
            users.write(f"{NAME}:x:{USER}:{USER}:Anna:{self.home}:/bin/sh\n")
        self.make_folder(self.home)
        self.path = "/usr/local/bin:/usr/bin:/bin"

    def leave(self):
        self.scratch.cleanup()

    def outside(self, path):
        return self.root / path.lstrip("/")

    def make_folder(self, path):
        self.outside(path).mkdir(parents=True)
        os.chown(self.outside(path), USER, USER)

    def write(self, path, text):
        """As the user's own file, with the folders above it."""
        missing = [p for p in pathlib.PurePosixPath(path).parents if not self.outside(str(p)).exists()]
        for folder in reversed(missing):
            self.make_folder(str(folder))
        self.outside(path).write_bytes(text if isinstance(text, bytes) else text.encode())
        os.chown(self.outside(path), USER, USER)

    def read(self, path):
        return self.outside(path).read_text()

    def uri(self, path):
        return pathlib.PurePosixPath(path).as_uri()

    def command(self, *words, folder=None, user=USER, environment=None):
        """The whole command, as it is started out here."""
        variables = {"HOME": self.home if user else "/root", "USER": NAME if user else "root", "LANG": "C.UTF-8",
                     "PATH": self.path if user else self.path + ":/usr/sbin:/sbin", **(environment or {})}
        return ["unshare", "--mount", "--net", "sh", "-c", ENTER, "sh", str(self.root), str(user),
                folder or (self.home if user else "/"), *(f"{k}={v}" for k, v in variables.items()), *words]

    def run(self, line, status=0, **where):
        """Runs a line as somebody would type it; the result is what it printed. Throws unless it ends with `status`."""
        done = subprocess.run(
            self.command("sh", "-c", line, **where), capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300)
        if status is not None and done.returncode != status:
            raise AssertionError(f"$ {line}\n{done.stdout}{done.stderr}ended with {done.returncode}, not {status}")
        return done.stdout + done.stderr

    def has(self, *words):
        return self.run("command -v " + " ".join(map(shlex.quote, words)), status=None).strip() != ""
