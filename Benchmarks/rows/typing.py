"""From writing an edit to the publication that has, or no longer has, the finding that it causes."""
from rows import row
from table import Result

SECTION = "Typing"
WIDTH = rb'"bbox": \[\s*[^,\]]+,\s*[^,\]]+,\s*'


def keystrokes(bench, kind, amount, pattern, typed, rule="", number=200, note=""):
    session = bench.open(kind, amount)
    return Result(session.slips(bench, pattern, typed, rule, number), bench.loads(session.file), note)


@row("type-1", "a minus before a width and away again, COCO on one line, 1.4 MB", SECTION, goal=2)
def type_1(bench):
    return keystrokes(bench, "coco", 1.4, WIDTH, "-", "vision/")


@row("type-16", "the same, 16 MB", SECTION, goal=5, p99=15)
def type_16(bench):
    return keystrokes(bench, "coco", 16, WIDTH, "-", "vision/")


@row("quote-16", "a quote that unbalances, and the edit that heals it, 16 MB", SECTION, goal=15)
def quote_16(bench):
    return keystrokes(bench, "coco", 16, rb'(?="bbox": \[)', '"')


@row("bracket-16", "a bracket that unbalances, and the edit that heals it, 16 MB", SECTION, goal=15)
def bracket_16(bench):
    return keystrokes(bench, "coco", 16, rb'"bbox": \[', "]")


@row("brace-16", "a brace that closes an entry too early, and the edit that heals it, 16 MB", SECTION, goal=15)
def brace_16(bench):
    return keystrokes(bench, "coco", 16, rb'"area": [0-9.]+', "}")


@row("type-160", "a minus before a width, COCO on one line, 160 MB: at most twice as for 16 MB", SECTION, goal=10, p99=30)
def type_160(bench):
    return keystrokes(bench, "coco", 160, WIDTH, "-", "vision/")


@row("quote-160", "a quote that unbalances, and the edit that heals it, 160 MB", SECTION, goal=30)
def quote_160(bench):
    return keystrokes(bench, "coco", 160, rb'(?="bbox": \[)', '"', number=60)


@row("type-pretty-16", "a minus before a width, COCO, a value a line, 16 MB", SECTION, goal=5, p99=15)
def type_pretty_16(bench):
    return keystrokes(bench, "pretty", 16, WIDTH, "-", "vision/")


@row("quote-pretty-16", "a quote that unbalances, and the edit that heals it, the same file", SECTION, goal=15)
def quote_pretty_16(bench):
    return keystrokes(bench, "pretty", 16, rb'(?="bbox": \[)', '"')


@row("type-chat-16", "a letter too many in who speaks, chats, one a line, 16 MB", SECTION, goal=5, p99=15)
def type_chat_16(bench):
    return keystrokes(bench, "chat", 16, rb'"role": "assistan', "x")


@row("type-speech-16", "a minus before a duration, recordings, one a line, 16 MB", SECTION, goal=5, p99=15)
def type_speech_16(bench):
    return keystrokes(bench, "speech", 16, rb'"duration": ', "-", note=bench.speech_note)


@row("type-own", "a minus before a width, Concord's own manifest, 60,000 annotations in one sample", SECTION, goal=5, p99=15)
def type_own(bench):
    return keystrokes(bench, "own", 60_000, WIDTH, "-")


@row("type-boxes", "a minus before a width, one picture with 60,000 boxes: a key with 60,000 members", SECTION, goal=10)
def type_boxes(bench):
    return keystrokes(bench, "boxes", 60_000, WIDTH, "-", "vision/")
