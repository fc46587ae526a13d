"""Docs/PERFORMANCE.md: the table of one run, with where and of what it was."""
import datetime
import os
import platform
import re
import subprocess

import table
from bench import REPOSITORY

INTRODUCTION = """# Speed and size

What Concord takes, measured from outside, and which goals hold. This page is printed by `make bench WRITE=1`; don't edit it.
Each figure is of the program as people run it: `concord lsp` over its standard input and output, `concord check` as a command.
Times of edits are from writing the edit to the publication that has, or no longer has, the finding that the edit causes.
Beside them stands what Python's own `json.loads` takes for the same bytes in the same run, and what PyPI has where it was there;
*of the first* is the figure's share of the first of those. `make bench ONLY=type-16,check-*` measures some rows again.
"""


def output(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY).stdout.strip()
    except OSError:
        return ""


def surroundings(bench, peers):
    """(what, which) of all that figures depend on."""
    with open("/proc/cpuinfo") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    with open("/proc/meminfo") as file:
        memory = int(re.search(r"MemTotal: +(\d+)", file.read())[1]) / 1e6
    compiler = re.search(r"Swift version [^\s]+", output("swift", "--version"))
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "") if os.path.exists("/etc/os-release") else ""
    return [
        ("date", datetime.date.today().isoformat()),
        ("Concord", f"{output(bench.server, '--version')}, {output('git', 'describe', '--always', '--dirty')}"),
        ("processor", f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores"),
        ("memory", f"{memory:.0f} GB"),
        ("system", f"{system}, Linux {platform.release().split('-')[0]}, {' '.join(platform.libc_ver())}"),
        ("compiler", compiler[0] if compiler else "none here"),
        ("Python", platform.python_version()),
        *((name, version or "not installed") for name, version in peers.versions()),
        ("seed", str(bench.seed)),
        ("other load at the end", f"{os.getloadavg()[2]:.2f} over 15 minutes, this run's own included"),
    ]


def write(path, lines, left_out, bench, peers):
    about = "\n".join(f"| {what} | {which} |" for what, which in surroundings(bench, peers))
    quick = ("\n**A quick run: every file has 1 MB or few entries, so no figure is one of the goals'.**\n" if bench.quick else "")
    part = f"\n{left_out} rows of `make bench` were not measured in this run.\n" if left_out else ""
    path.write_text(f"{INTRODUCTION}{quick}{part}\n| | |\n| --- | --- |\n{about}\n\n## Goals\n\n{table.summary(lines)}\n"
                    f"{table.markdown(lines)}\n")
    print(f"wrote {path}")
