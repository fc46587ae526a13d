#!/usr/bin/env python3
"""Holds the instructions that named pieces of work take against those that are committed, with one percent either way.

Counts don't depend on how busy a machine is. They do on the compiler, so there is one file for each version of it and kind of
processor in `Benchmarks/counts`; and on the C library and valgrind, which stand in the file. Without a file for what is here, or
with another library, nothing is compared, and that is said. `--accept` writes the file.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent / "counts"
SLACK = 0.01
COUNTER = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def instructions(program, piece, times):
    """Of a whole run, in which Swift's hashing has the same seed each time."""
    environment = {"SWIFT_DETERMINISTIC_HASHING": "1", "PATH": os.environ["PATH"], "TMPDIR": "/tmp"}
    done = subprocess.run([*COUNTER, program, piece, str(times)], capture_output=True, text=True, env=environment, check=False)
    found = re.search(r"I +refs: +([0-9,]+)", done.stderr)
    if done.returncode != 0 or not found:
        raise SystemExit(f"counts: {piece} failed under valgrind:\n{done.stderr[-2000:]}")
    return int(found[1].replace(",", ""))


def count(program, pieces):
    """Of each piece, what doing it a second time adds: starting and everything that happens once is in both runs."""
    wanted = [(piece, times) for piece in pieces for times in (1, 2)]
    with tempfile.TemporaryDirectory(prefix="concord-counts-") as folder:
        # Without what is there for debuggers, which valgrind would read at each start, and does not always understand.
        bare = os.path.join(folder, "concord-counts")
        output("strip", "--strip-debug", "-o", bare, program)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            figures = dict(zip(wanted, pool.map(lambda one: instructions(bare, *one), wanted)))
    return {piece: figures[piece, 2] - figures[piece, 1] for piece in pieces}


def surroundings():
    """What else counts depend on: code of the C library, of which it chooses some by the processor."""
    with open("/proc/cpuinfo") as file:
        flags = file.read()
    return {"libc": " ".join(platform.libc_ver()), "valgrind": output("valgrind", "--version").strip(),
            "avx2": " avx2 " in flags}


def compare(known, found):
    """One line for each piece that is not within the slack. More is a failure; so is far less, until it is written down."""
    wrong = []
    for piece, figure in found.items():
        before = known.get(piece)
        if before is None:
            wrong.append(f"{piece} takes {figure:,} instructions, and no count of it is known.")
            continue
        change = (figure - before) / before
        if change > SLACK:
            wrong.append(f"{piece} takes {figure:,} instructions, {change:.1%} more than the {before:,} that are known.")
        elif change < -SLACK:
            wrong.append(f"{piece} takes {figure:,} instructions, {-change:.1%} less than the {before:,} that are known: "
                         "the file should say so.")
    wrong += [f"{piece} has a known count, and there is no such piece." for piece in known if piece not in found]
    return wrong


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", required=True, help="concord-counts, built for release with CONCORD_TESTING")
    options.add_argument("--accept", action="store_true", help="write what is counted as what is known")
    options.add_argument("--only", help="pieces, with commas; the others are as they are known")
    options.add_argument("--spread", type=int, default=0, metavar="RUNS", help="count so often, and print how far apart it is")
    chosen = options.parse_args()
    pieces = output(chosen.program).split()
    if chosen.only:
        unknown = set(chosen.only.split(",")) - set(pieces)
        if unknown:
            raise SystemExit(f"counts: there is no {', '.join(sorted(unknown))}; there are {', '.join(pieces)}")
        pieces = chosen.only.split(",")
    if chosen.spread:
        runs = [count(chosen.program, pieces) for _ in range(chosen.spread)]
        for piece in pieces:
            figures = [run[piece] for run in runs]
            print(f"{piece:12} {min(figures):15,} to {max(figures):15,}: {(max(figures) - min(figures)) / min(figures):.4%}")
        return 0
    version = re.search(r"Swift version ([0-9.]+)", output("swift", "--version"))[1].rstrip(".")
    file = FOLDER / f"{version}-{platform.machine()}.json"
    known = json.loads(file.read_text()) if file.exists() else None
    here = surroundings()
    if not chosen.accept:
        if known is None:
            print(f"counts: none are known for Swift {version} on {platform.machine()}; NOT COMPARED (make counts ACCEPT=1)")
            return 0
        if known["with"] != here:
            print(f"counts: those known were made with {known['with']}, here is {here}; NOT COMPARED (make counts ACCEPT=1)")
            return 0
    found = count(chosen.program, pieces)
    for piece, figure in found.items():
        print(f"counts: {piece:12} {figure:15,}")
    if chosen.accept:
        kept = known["counts"] if known and known["with"] == here and chosen.only else {}
        file.write_text(json.dumps({"with": here, "counts": {**kept, **found}}, indent=2) + "\n")
        print(f"wrote {file.relative_to(FOLDER.parent.parent)}")
        return 0
    wrong = compare({piece: known["counts"][piece] for piece in known["counts"] if not chosen.only or piece in pieces}, found)
    for line in wrong:
        print(f"counts: {line}", file=sys.stderr)
    if wrong:
        print("counts: if that is meant, `make counts ACCEPT=1` writes it down", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
