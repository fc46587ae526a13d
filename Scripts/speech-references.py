#!/usr/bin/env python3
"""What jiwer and pyannote.metrics say of cases, for a test that compares.

Reads JSON from standard input: `texts`, pairs of lists of right and other texts, and `turns`, objects with `right` and `other` (lists of
start, end and speaker), `collar` (seconds on each side) and `skipOverlap`. Writes JSON: word and character rates of each pair, and
missed, false alarm, confusion, total and rate of each account. Ends with 3 where one of the two libraries is not there.
"""

import json
import sys
import warnings

try:
    import jiwer
    from pyannote.core import Annotation, Segment
    from pyannote.metrics.diarization import DiarizationErrorRate
except ImportError:
    sys.exit(3)

warnings.simplefilter("ignore")


def account(turns):
    annotation = Annotation()
    for number, (start, end, speaker) in enumerate(turns):
        annotation[Segment(start, end), number] = speaker
    return annotation


def diarization(case):
    # There the collar is both sides together.
    metric = DiarizationErrorRate(collar=2 * case["collar"], skip_overlap=case["skipOverlap"])
    parts = metric(account(case["right"]), account(case["other"]), detailed=True)
    names = ["missed detection", "false alarm", "confusion", "total", "diarization error rate"]
    return [float(parts[name]) for name in names]


def main():
    cases = json.load(sys.stdin)
    texts = [[jiwer.wer(right, other), jiwer.cer(right, other)] for right, other in cases["texts"]]
    json.dump({"texts": texts, "turns": [diarization(case) for case in cases["turns"]]}, sys.stdout)


main()
