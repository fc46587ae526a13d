"""Questions that are nearly the same: how many of the pairs there are get found, beside how many must by the arithmetic of the bands."""
import collections
import json
import random

from rows import row
from table import Result, Unable

SECTION = "Nearly equal questions, 50,000 generated"
ROWS, BANDS, LEAST = 9, 14, 0.8
RULE = "instruction-data/instruction-near-duplicate"


def texts(number, seed):
    """Half of them new, half one before with more words, or with others in its middle: shares from 0.75 to nearly 1."""
    chance = random.Random(seed)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(3, 9))) for _ in range(5000)]
    out = []
    while len(out) < number:
        base = chance.choices(words, k=chance.randint(60, 140))
        runs, share = len(base) - 4, chance.uniform(0.75, 0.995)
        if chance.random() < 0.5:
            other = base + chance.choices(words, k=max(1, round(runs * (1 / share - 1))))
        else:
            changed = max(1, round(runs * (1 - share) / (1 + share)) - 4)
            start = chance.randrange(5, len(base) - changed - 5)
            other = base[:start] + chance.choices(words, k=changed) + base[start + changed:]
        out += [base, other]
    chance.shuffle(out)
    return [" ".join(one) for one in out[:number]]


def runs(text):
    words = text.split()
    return frozenset(tuple(words[at:at + 5]) for at in range(len(words) - 4))


def overlaps(sets):
    """The share of every pair that has a run in common: exact, by looking up who has each run."""
    owners = collections.defaultdict(list)
    for number, found in enumerate(sets):
        for run in found:
            owners[run].append(number)
    shared = collections.Counter()
    for numbers in owners.values():
        for at, one in enumerate(numbers):
            for other in numbers[:at]:
                shared[other, one] += 1
    return {pair: count / (len(sets[pair[0]]) + len(sets[pair[1]]) - count) for pair, count in shared.items()}


def found(bench):
    """(share of every pair, the pairs that were told of, whether any is told of twice)."""
    number = bench.number(50_000)
    samples = texts(number, bench.seed)
    path = bench.folder / f"near-{number}.jsonl"
    path.write_text("".join(json.dumps({"instruction": text, "output": f"{at}."}) + "\n" for at, text in enumerate(samples)))
    _, printed = bench.run([bench.server, "check", "--plugins", str(bench.plugins), "--progress", "never",
                            "--format", "jsonl", str(path)])
    pairs = []
    for line in printed.splitlines():
        finding = json.loads(line)
        if finding.get("rule") == RULE:
            one, other = finding["range"]["start"]["line"], finding["related"][0]["range"]["start"]["line"]
            pairs.append((min(one, other), max(one, other)))
    if not pairs:
        raise Unable("nothing was told of")
    return overlaps([runs(text) for text in samples]), pairs


def recall(bench, low, high):
    """By how many of 100 the part that was found differs from what the bands give."""
    shares, pairs = bench.once("near", lambda: found(bench))
    told = set(pairs)
    wrong = [pair for pair in told if shares.get(pair, 0) < LEAST] or len(told) != len(pairs)
    inside = {pair: share for pair, share in shares.items() if low <= share < high}
    if not inside:
        raise Unable("no pair has such a share")
    expected = sum(1 - (1 - share ** ROWS) ** BANDS for share in inside.values()) / len(inside)
    got = sum(pair in told for pair in inside) / len(inside)
    return Result([abs(got - expected) * 100], failed=bool(wrong),
                  note=f"{len(inside)} pairs, {got:.4f} of them told of, {expected:.4f} by the bands")


for begin, end in ((80, 85), (85, 90), (90, 95), (95, 100)):
    row(f"near-{begin}", f"pairs that share {begin} to {end} of 100 runs: how far from what 14 bands of 9 give", SECTION,
        goal=2, unit="points")(lambda bench, begin=begin, end=end: recall(bench, begin / 100, end / 100))
