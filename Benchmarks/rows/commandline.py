"""`concord check`: how fast, in how much memory, and with how much of both processors."""
import json
import os
import shutil
import subprocess
import threading
import time

import formats
from bench import MEGABYTE
from data import coco
from peers import Missing
from rows import row
from table import Result, Unable

SECTION = "`concord check`"


class Run:
    """A check that has ended: milliseconds, processor milliseconds, and the most memory seen of all its processes together."""

    def __init__(self, bench, arguments, accepts=(0, 1)):
        started = time.perf_counter()
        process = subprocess.Popen([bench.server, "check", "--progress", "never", *map(str, arguments)],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.used, self.memory = {}, 0
        done = threading.Event()
        watch = threading.Thread(target=self.watch, args=(process.pid, done))
        watch.start()
        killer = threading.Timer(bench.limit, process.kill)
        killer.start()
        # Read to the end first, so that a full pipe holds nobody up; then the resources of the process itself are exact.
        words = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        self.took = (time.perf_counter() - started) * 1000
        killer.cancel()
        done.set()
        watch.join()
        self.used[process.pid] = (usage.ru_utime + usage.ru_stime) * 1000
        self.processor = sum(self.used.values())
        self.status = os.waitstatus_to_exitcode(status)
        process.returncode = self.status
        if self.status == -9:
            raise Unable(f"not done within {bench.limit} s; it had taken {self.memory / 1e6:.0f} MB by then")
        if self.status not in accepts:
            raise RuntimeError(f"exit status {self.status}: {words[-300:].decode(errors='replace')}")

    def watch(self, root, done):
        tick = os.sysconf("SC_CLK_TCK")
        while not done.wait(0.1):
            total, wanted = 0, {root}
            for process, parent, ticks in sorted(stat() or []):
                if process in wanted or parent in wanted:
                    wanted.add(process)
                    self.used[process] = ticks / tick * 1000
                    total += proportional(process)
            self.memory = max(self.memory, total)

    @property
    def cores(self):
        return self.processor / self.took


def stat():
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat", "rb") as file:
                    words = file.read().rsplit(b")", 1)[1].split()
                yield int(entry), int(words[1]), int(words[11]) + int(words[12])
            except OSError:
                pass


def proportional(process):
    try:
        with open(f"/proc/{process}/smaps_rollup") as file:
            return next((int(line.split()[1]) * 1024 for line in file if line.startswith("Pss:")), 0)
    except OSError:
        return 0


def checked(bench, kind, megabytes, *arguments, plugins=True):
    def run():
        bench.close()
        file = bench.file(kind, megabytes)
        chosen = ["--plugins", bench.plugins] if plugins else []
        if plugins and kind == "speech" and not bench.has_speech:
            formats.write_speech(bench.own_formats)
            chosen += ["--plugins", bench.own_formats / "recordings"]
        return file, Run(bench, [*chosen, *arguments, file.path])
    return bench.once(("check", kind, megabytes, plugins, arguments), run)


def speed(bench, kind, megabytes, *arguments, plugins=True, schema=None, note=""):
    file, run = checked(bench, kind, megabytes, *arguments, plugins=plugins)
    others = []
    for way in ["orjson"] + (["jsonschema-rs"] if schema else []):
        try:
            took, _ = bench.peers.parse(str(file.path), way, schema=str(schema or "-"))
            others.append((way if way == "orjson" else "orjson + jsonschema-rs", file.megabytes / took * 1000))
        except Missing as problem:
            if (str(problem), None) not in others:
                others.append((str(problem), None))
    return Result([file.megabytes / run.took * 1000], bench.loads_speed(file), note, others)


def chat_schema(bench):
    """What a line must be; the plugin's own schema is for the list of them."""
    schema = json.loads((bench.plugins / "InstructionData" / "schemas" / "samples.json").read_text())
    path = bench.own_formats / "sample.json"
    path.write_text(json.dumps({"$schema": schema["$schema"], "$ref": "#/$defs/sample", "$defs": schema["$defs"]}))
    return path


def speech_schema(bench):
    formats.write_speech(bench.own_formats)
    return bench.own_formats / "recordings" / "schema.json"


@row("check-speech-160", "recordings, one a line, 160 MB: speed", SECTION, goal=100, unit="MB/s")
def check_speech(bench):
    return speed(bench, "speech", 160, schema=speech_schema(bench), note=bench.speech_note)


@row("check-speech-160-memory", "the same: most memory, with its workers", SECTION, unit="MB")
def check_speech_memory(bench):
    file, run = checked(bench, "speech", 160)
    return Result([run.memory / 1e6], bench.loads_memory(file))


@row("check-speech-160-cores", "the same: processors kept busy", SECTION, unit="cores")
def check_speech_cores(bench):
    _, run = checked(bench, "speech", 160)
    return Result([run.cores], note=f"of {os.cpu_count()}")


@row("check-chat-160", "chats, one a line, 160 MB: speed", SECTION, goal=100, unit="MB/s")
def check_chat(bench):
    return speed(bench, "chat", 160, schema=chat_schema(bench))


@row("check-chat-160-memory", "the same: most memory, with its workers", SECTION, unit="MB")
def check_chat_memory(bench):
    file, run = checked(bench, "chat", 160)
    return Result([run.memory / 1e6], bench.loads_memory(file))


@row("check-chat-160-cores", "the same: processors kept busy", SECTION, unit="cores")
def check_chat_cores(bench):
    _, run = checked(bench, "chat", 160)
    return Result([run.cores], note=f"of {os.cpu_count()}")


@row("check-chat-160-schema", "the same against the schema alone, no plugin", SECTION, unit="MB/s")
def check_chat_schema(bench):
    return speed(bench, "chat", 160, "--schema", chat_schema(bench), plugins=False, schema=chat_schema(bench))


@row("check-chat-160-none", "the same with no plugin: syntax alone", SECTION, unit="MB/s")
def check_chat_none(bench):
    return speed(bench, "chat", 160, "--no-plugins", plugins=False)


@row("check-coco-16", "COCO on one line, 16 MB: speed", SECTION, unit="MB/s")
def check_coco(bench):
    return speed(bench, "coco", 16, schema=bench.plugins / "Vision" / "schemas" / "coco.json")


@row("check-coco-160", "COCO on one line, 160 MB: speed", SECTION, unit="MB/s")
def check_coco_160(bench):
    return speed(bench, "coco", 160)


@row("check-folder", "a folder of 200 COCO files, 32 MB: speed", SECTION, unit="MB/s")
def check_folder(bench):
    folder = bench.folder / "many"
    folder.mkdir(exist_ok=True)
    number = 20 if bench.quick else 200
    for at in range(number):
        (folder / f"{at:03}.json").write_bytes(coco(160_000, seed=at))
    size = sum(path.stat().st_size for path in folder.iterdir())
    run = bench.once("check-folder", lambda: Run(bench, ["--plugins", bench.plugins, folder]))
    note = f"{run.cores:.2f} of {os.cpu_count()} processors busy, {run.memory / 1e6:.0f} MB"
    return Result([size / MEGABYTE / run.took * 1000], note=note)


def gigabyte(bench, kind="speech"):
    """Recordings or chats, 1 GB of them, written in pieces so that they are never in memory here; and what `json.loads` takes for
    their lines, one by one, in MB/s."""
    import data
    path = bench.folder / "gigabyte" / f"{kind}.jsonl"
    path.parent.mkdir(exist_ok=True)
    wanted = bench.megabytes(1000) * MEGABYTE
    if shutil.disk_usage(bench.folder).free < 2 * wanted:
        raise Unable("the folder for data (--folder) has no room")
    with open(path, "wb") as file:
        seed = 0
        while file.tell() < wanted:
            seed += 1
            piece = getattr(data, kind)(min(20 * MEGABYTE, wanted - file.tell()), seed)
            file.write(piece.replace(b"clips/", b"clips/%03d-" % seed))
    try:
        formats.write_speech(bench.own_formats)
        more = [] if bench.has_speech else ["--plugins", bench.own_formats / "recordings"]
        run = Run(bench, ["--plugins", bench.plugins, *(more if kind == "speech" else []), path])
        return path.stat().st_size / MEGABYTE, run, loads_by_line(path)
    finally:
        path.unlink()


def loads_by_line(path):
    start = time.perf_counter()
    with open(path, "rb") as file:
        for line in file:
            json.loads(line)
    return path.stat().st_size / MEGABYTE / (time.perf_counter() - start)


@row("check-speech-1000", "recordings, one a line, 1 GB: speed", SECTION, goal=100, unit="MB/s")
def check_speech_1000(bench):
    size, run, loads = bench.once("gigabyte", lambda: gigabyte(bench))
    return Result([size / run.took * 1000], ("json.loads of each line", loads), note="; ".join(
        filter(None, [f"{run.cores:.2f} processors busy", bench.speech_note])))


@row("check-speech-1000-memory", "the same: most memory, with its workers; and 64 B a fact", SECTION, goal=150, unit="MB")
def check_speech_1000_memory(bench):
    _, run, _ = bench.once("gigabyte", lambda: gigabyte(bench))
    return Result([run.memory / 1e6])


@row("check-chat-1000", "chats, one a line, 1 GB: speed", SECTION, goal=100, unit="MB/s")
def check_chat_1000(bench):
    size, run, loads = bench.once("gigabyte of chats", lambda: gigabyte(bench, "chat"))
    return Result([size / run.took * 1000], ("json.loads of each line", loads), note=f"{run.cores:.2f} processors busy")


@row("check-chat-1000-memory", "the same: most memory, with its workers", SECTION, unit="MB")
def check_chat_1000_memory(bench):
    _, run, _ = bench.once("gigabyte of chats", lambda: gigabyte(bench, "chat"))
    return Result([run.memory / 1e6])
