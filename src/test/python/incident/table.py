"""Prints what the runs of verify came to, as a table: one column for each server."""
import json
import pathlib
import sys

NAMES = {
    "unlocked": "one process, no lock",
    "locked": "one process, one lock",
    "processes": "two processes, one lock each",
    "holdfast": "Holdfast",
}

directory = pathlib.Path(sys.argv[1])
reports = {name: json.loads((directory / (name + ".json")).read_text()) for name in NAMES}
first = next(iter(reports.values()))


def cell(check):
    return format(check["violations"], ",") if check["compared"] or check["violations"] else "–"


print("| violations of | " + " | ".join(NAMES.values()) + " |")
print("|---|" + "---:|" * len(NAMES))
for number, check in enumerate(first["checks"]):
    cells = [cell(report["checks"][number]) for report in reports.values()]
    print("| " + check["sentence"] + " | " + " | ".join(cells) + " |")
for label, key in (("all violations", "violations"), ("operations", "operations"), ("not answered", "unanswered")):
    print("| **%s** | " % label + " | ".join(format(report[key], ",") for report in reports.values()) + " |")
