"""What an editor asks for while somebody works, in 16 MB of COCO on one line."""
from rows import row
from table import Result

SECTION = "Asking, in 16 MB of COCO on one line"
CATEGORY, PICTURE = rb'"category_id": ', rb'"image_id": '


def asked(bench, method, pattern, number=200, **more):
    session = bench.open("coco", 16)
    samples = [session.ask(method, place, **more)[0]
               for place in session.places(pattern, bench.count(number), bench.chance)]
    return Result(samples, bench.loads(session.file))


def completed(bench, pattern, typed, expects=lambda items: items):
    """Types something at random annotations, asks what may stand there, and takes it out again."""
    session = bench.open("coco", 16)
    samples, silent = [], 0
    for place in session.places(pattern, bench.count(200), bench.chance):
        if typed:
            session.edit(place, place, typed)
        took, answer = session.ask("completion", place + len(typed))
        samples.append(took)
        silent += not (answer and answer["items"])
        if typed:
            session.edit(place, place + len(typed), "")
    note = f"nothing was offered {silent} times" if silent else ""
    return Result(samples, bench.loads(session.file), note, failed=silent == len(samples))


@row("complete-key", "completion of a name, one quote typed", SECTION, goal=3)
def complete_key(bench):
    return completed(bench, rb'(?="bbox": \[)', '"')


@row("complete-digits", "completion of an id by its digits", SECTION, goal=3)
def complete_digits(bench):
    return completed(bench, CATEGORY, "7")


@row("complete-name", "completion of an id by its name", SECTION, goal=3)
def complete_name(bench):
    return completed(bench, CATEGORY, "class-1")


@row("complete-value", "completion of a value of few", SECTION, goal=3)
def complete_value(bench):
    return completed(bench, rb'"iscrowd": ', "")


@row("hover", "hover over a name", SECTION, goal=3)
def hover(bench):
    return asked(bench, "hover", rb'"bb')


@row("hover-picture", "hover over a picture's id, with what it names", SECTION, goal=3)
def hover_picture(bench):
    return asked(bench, "hover", PICTURE)


@row("action", "fixes of a comma too many that was just typed", SECTION, goal=10)
def action(bench):
    session = bench.open("coco", 16)
    samples, none = [], 0
    for place in session.places(rb'"iscrowd": 0', bench.count(100), bench.chance):
        there = session.near(place, "syntax/trailing-comma")
        session.edit(place, place, ",")
        _, found = session.published(there)
        mine = [one for one in found if there([one])]
        took, actions = session.ask("codeAction", None, range=mine[0]["range"], context={"diagnostics": mine})
        samples.append(took)
        none += not actions
        session.edit(place, place + 1, "")
        session.published(lambda found: not there(found))
    return Result(samples, bench.loads(session.file), f"none was offered {none} times" if none else "",
                  failed=none == len(samples))


@row("definition-picture", "going to a picture", SECTION)
def definition_picture(bench):
    return asked(bench, "definition", PICTURE)


@row("definition-category", "going to a category", SECTION)
def definition_category(bench):
    return asked(bench, "definition", CATEGORY)


@row("highlight", "highlights of a category", SECTION)
def highlight(bench):
    return asked(bench, "documentHighlight", CATEGORY, 40)


@row("references-picture", "places of a picture", SECTION)
def references_picture(bench):
    return asked(bench, "references", PICTURE, context={"includeDeclaration": True})


@row("references-category", "places of a category", SECTION)
def references_category(bench):
    return asked(bench, "references", CATEGORY, 20, context={"includeDeclaration": True})


@row("rename-prepare", "whether a category can be renamed", SECTION)
def rename_prepare(bench):
    return asked(bench, "prepareRename", CATEGORY)


@row("rename", "the edits that rename a category", SECTION)
def rename(bench):
    return asked(bench, "rename", CATEGORY, 20, newName="987654321")


@row("hints", "hints of 8,000 characters", SECTION)
def hints(bench):
    session = bench.open("coco", 16)
    samples = []
    for place in session.places(rb'(?="bbox": \[)', bench.count(200), bench.chance):
        samples.append(session.ask("inlayHint", None, range={
            "start": session.position(place), "end": session.position(min(place + 8000, len(session.text)))})[0])
    return Result(samples, bench.loads(session.file))


@row("outline", "outline", SECTION)
def outline(bench):
    session = bench.open("coco", 16)
    return Result([session.ask("documentSymbol", None)[0] for _ in range(3 if bench.quick else 10)], bench.loads(session.file))


@row("symbols", "a search among all ids (workspace symbols)", SECTION)
def symbols(bench):
    session = bench.open("coco", 16)
    samples = []
    for number in range(bench.count(60)):
        took, _ = session.server.request("workspace/symbol", {"query": f"class-{number % 80:02d}"}, bench.limit)
        samples.append(took * 1000)
    return Result(samples, bench.loads(session.file))

