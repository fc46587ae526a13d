"""JSON Schema's own tests, of a copy that is named: each schema with its values, through the command line."""
import json
import pathlib

from rows import row
from table import Result, Unable

SECTION = "JSON Schema's required tests"
ADDRESS = "http://localhost:1234/"


def suite(bench, draft, edition):
    if not bench.suite:
        raise Unable("name a copy of JSON-Schema-Test-Suite (--suite, SUITE=)")
    tests = pathlib.Path(bench.suite) / "tests" / draft
    if not tests.is_dir():
        raise Unable(f"{tests} is not there")
    folder = bench.folder / draft
    folder.mkdir(exist_ok=True)
    right, wrong = 0, []
    files = sorted(tests.glob("*.json"))
    for file in files[:3] if bench.quick else files:
        for group, case in enumerate(json.loads(file.read_text())):
            schema = folder / "schema.json"
            described = case["schema"]
            if isinstance(described, dict) and "$schema" not in described:
                described = {"$schema": edition, **described}
            schema.write_text(json.dumps(described))
            values = [folder / f"{number:03}.json" for number in range(len(case["tests"]))]
            for path, test in zip(values, case["tests"]):
                path.write_text(json.dumps(test["data"]))
            _, printed = bench.run([bench.server, "check", "--schema", str(schema), "--format", "json", "--schema-root",
                                    f"{ADDRESS}={pathlib.Path(bench.suite) / 'remotes'}", *map(str, values)])
            report = json.loads(printed)
            refused = {pathlib.Path(one["path"]).name: any(found["severity"] == "error" for found in one["findings"])
                       for one in report["files"]}
            for path, test in zip(values, case["tests"]):
                if refused.get(path.name) == (not test["valid"]):
                    right += 1
                else:
                    wrong.append(f"{file.stem}: {case['description']}, {test['description']}")
    total = right + len(wrong)
    return Result([100 * right / total], note=f"{right} of {total}" + (f"; not: {'; '.join(wrong[:3])}" if wrong else ""))


@row("suite-2020-12", "2020-12", SECTION, goal=100, unit="%")
def suite_2020(bench):
    return suite(bench, "draft2020-12", "https://json-schema.org/draft/2020-12/schema")


@row("suite-draft-07", "draft-07", SECTION, goal=100, unit="%")
def suite_07(bench):
    return suite(bench, "draft7", "http://json-schema.org/draft-07/schema#")
