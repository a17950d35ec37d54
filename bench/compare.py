#!/usr/bin/env python3
"""Compares two runs of the benchmarks: compare.py BEFORE.json AFTER.json

Prints the medians of what both measured and their ratio; a ratio with a figure whose spread is above 5 % is marked.
"""
import json
import statistics
import sys

LARGEST_SPREAD = 0.05


def repetitions(path):
    """Nanoseconds by repetition, by name."""
    with open(path, encoding="utf-8") as file:
        runs = json.load(file)["benchmarks"]
    unit = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}
    times = {}
    for run in runs:
        if run["run_type"] != "iteration" or run.get("error_occurred") or run.get("skipped"):
            continue
        name = run["run_name"]
        time = run["real_time" if "real_time" in name.split("/") else "cpu_time"]
        times.setdefault(name, []).append(time * unit[run["time_unit"]])
    return times


def spread(values):
    return statistics.stdev(values) / statistics.mean(values) if len(values) > 1 else 0


def main(arguments):
    if len(arguments) != 2:
        sys.exit("usage: compare.py BEFORE.json AFTER.json")
    before, after = map(repetitions, arguments)
    names = [name for name in before if name in after]
    width = max(map(len, names), default=0)
    print(f"{'benchmark':{width}}  {'before ns':>12}  {'after ns':>12}  after/before")
    for name in names:
        old, new = statistics.median(before[name]), statistics.median(after[name])
        worst = max(spread(before[name]), spread(after[name]))
        mark = f"  spread {100 * worst:.0f} %" if worst > LARGEST_SPREAD else ""
        print(f"{name:{width}}  {old:12,.1f}  {new:12,.1f}  {new / old:12.3f}{mark}")
    for path, one, other in ((arguments[0], before, after), (arguments[1], after, before)):
        alone = [name for name in one if name not in other]
        if alone:
            print(f"only in {path}: {', '.join(alone)}")


if __name__ == "__main__":
    main(sys.argv[1:])
