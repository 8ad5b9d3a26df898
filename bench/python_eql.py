#!/usr/bin/env python3
"""Times python-eql (the PyPI package `eql`) over events, for comparison with eqlc.

usage: python_eql.py EVENTS RULES...     EVENTS: NDJSON; RULES: TOML files of detection or behaviour rules

Speaks with the bench table through its streams. It prints `accept FILE` for every rule that python-eql takes, then
`ready`; from then on, for every line on standard input, it evaluates all events once and prints `seconds S` (processor
time). Decoding the JSON is part of it, as it is of a run of eqlc; loading the rules is not.
"""
import datetime
import json
import pathlib
import sys
import time
import tomllib

import eql

TICKS_PER_SECOND = 10_000_000  # python-eql's default clock


def read_rules(files):
    """(file, query) of every EQL rule."""
    for file in files:
        rule = tomllib.loads(pathlib.Path(file).read_text(encoding="utf-8")).get("rule", {})
        if rule.get("language", "eql") == "eql" and "query" in rule:
            yield file, rule["query"]


def parse(rules):
    """The rules that python-eql accepts, parsed, by file."""
    accepted = {}
    with eql.parser.elasticsearch_syntax, eql.parser.allow_runs, eql.parser.allow_negation:
        for file, query in rules:
            try:
                parsed = eql.parse_query(query)
                eql.PythonEngine().add_query(parsed)
                accepted[file] = parsed
            except (eql.EqlError, NotImplementedError):
                continue
    return accepted


def make_engine(parsed):
    engine = eql.PythonEngine()
    for query in parsed:
        engine.add_query(query)
    return engine


def first_values(value):
    """python-eql knows no lists of values, so a list stands for its first one."""
    if isinstance(value, dict):
        return {key: first_values(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return first_values(value[0]) if value else None
    return value


def to_event(line):
    data = first_values(json.loads(line))
    stamp = data.get("@timestamp", 0)
    seconds = stamp / 1000 if isinstance(stamp, (int, float)) else datetime.datetime.fromisoformat(stamp).timestamp()
    return eql.Event(data.get("event", {}).get("category", "generic"), int(seconds * TICKS_PER_SECOND), data)


def main():
    events_path, *files = sys.argv[1:]
    lines = pathlib.Path(events_path).read_text(encoding="utf-8").splitlines()
    accepted = parse(read_rules(files))
    for file in accepted:
        print("accept", file)
    print("ready", flush=True)
    for _ in sys.stdin:
        engine = make_engine(accepted.values())  # no partial sequences of the round before
        start = time.process_time()
        for line in lines:
            engine.stream_event(to_event(line))
        print("seconds", time.process_time() - start, flush=True)


if __name__ == "__main__":
    main()
