"""Files that are opened: until the first publication, and until nothing is waiting."""
from bench import File, Session, open_settled
from rows import row
from table import Result

SECTION = "Opening"


def settled(bench, kind, amount, command=None, root=None, note="", file=None):
    file = file or bench.file(kind, amount)
    samples, found = [], []
    # A second time is not worth the wait where one takes long.
    for _ in range(1 if bench.quick or file.megabytes > 50 else 3):
        took, found = open_settled(command or bench.command_for(kind), file, bench.limit, root)
        samples.append(took)
    notes = [note] if note else []
    notes += [f"{file.megabytes:.1f} MB"] + ([f"{len(found)} findings, such as {found[0]}"] if found else [])
    # A file that is too large to be checked is settled soon.
    return Result(samples, bench.loads(file), "; ".join(notes), failed="concord/not-checked" in found)


def first(bench, kind, amount):
    file = bench.file(kind, amount)
    samples = []
    for _ in range(3):
        session = Session(bench.command_for(kind), file, bench.limit)
        samples.append(session.first)
        session.leave()
    return Result(samples, bench.loads(file))


@row("open-1", "COCO on one line, 1 MB: first publication", SECTION)
def open_1(bench):
    return first(bench, "coco", 1)


@row("settle-1", "the same, until settled", SECTION)
def settle_1(bench):
    return settled(bench, "coco", 1)


@row("open-16", "COCO on one line, 16 MB: syntax, schema and first records", SECTION, goal=250)
def open_16(bench):
    return first(bench, "coco", 16)


@row("settle-16", "the same, until settled", SECTION, goal=700)
def settle_16(bench):
    return settled(bench, "coco", 16)


@row("settle-16-none", "the same without any plugin, in a dataset", SECTION)
def settle_16_none(bench):
    # In a folder of its own: a dataset is all that lies in one.
    folder = bench.folder / "alone"
    folder.mkdir(exist_ok=True)
    (folder / "concord.json").write_text("{}")
    file = File(folder / "coco.json", bench.file("coco", 16).content)
    try:
        return settled(bench, "coco", 16, bench.command(plugins=False), folder.as_uri(), "syntax alone", file)
    finally:
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


@row("settle-pretty-16", "COCO, a value a line, 16 MB: until settled", SECTION)
def settle_pretty_16(bench):
    return settled(bench, "pretty", 16)


@row("settle-chat-16", "chats, one a line, 16 MB: until settled", SECTION)
def settle_chat_16(bench):
    return settled(bench, "chat", 16)


@row("settle-speech-16", "recordings, one a line, 16 MB: until settled", SECTION)
def settle_speech_16(bench):
    return settled(bench, "speech", 16, note=bench.speech_note)


@row("settle-own", "Concord's own manifest, 60,000 annotations in one sample: until settled", SECTION)
def settle_own(bench):
    return settled(bench, "own", 60_000)


@row("settle-boxes", "one picture with 60,000 boxes (COCO): until settled", SECTION)
def settle_boxes(bench):
    return settled(bench, "boxes", 60_000)


@row("open-160", "COCO on one line, 160 MB: first publication", SECTION)
def open_160(bench):
    bench.open("coco", 160)
    return Result([bench.session.first], bench.loads(bench.session.file))


@row("settle-160", "the same, until settled", SECTION, goal=5000)
def settle_160(bench):
    bench.close()
    return settled(bench, "coco", 160)


@row("settle-pretty-160", "COCO, a value a line, 160 MB: until settled", SECTION)
def settle_pretty_160(bench):
    bench.close()
    return settled(bench, "pretty", 160)


@row("settle-chat-160", "chats, one a line, 160 MB: until settled", SECTION)
def settle_chat_160(bench):
    return settled(bench, "chat", 160)


@row("settle-speech-160", "recordings, one a line, 160 MB: until settled", SECTION)
def settle_speech_160(bench):
    return settled(bench, "speech", 160, note=bench.speech_note)
