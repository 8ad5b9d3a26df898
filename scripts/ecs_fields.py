#!/usr/bin/env python3
"""Writes compiler/schema/ecs_fields.inc: ecs_fields.py ECS_CSV DEFEND_JSON > compiler/schema/ecs_fields.inc

ECS_CSV has the columns field, type; DEFEND_JSON maps a field to {"type": ...}. Only names and types are taken. Paths
that have the same members share one row, which is what keeps the table short: ECS uses its field sets in many places.
"""
import collections
import csv
import json
import sys

KINDS = {
    "k": "keyword constant_keyword wildcard text match_only_text",
    "n": "byte short integer long unsigned_long half_float float double scaled_float",
    "b": "boolean",
    "d": "date date_nanos",
    "i": "ip",
    "v": "version",
}
KIND_OF = {name: kind for kind, names in KINDS.items() for name in names.split()}
OTHER = "o"  # objects, geo points ...: known by name, without a type to compare by
WIDTH = 112


def wrap(text, indent):
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) + 1 > WIDTH - indent:
            lines.append(line + " ")
            line = word
        else:
            line = line + " " + word if line else word
    return ("\n" + " " * indent).join('"%s"' % part for part in lines + [line])


def main(ecs_csv, defend_json):
    with open(defend_json) as file:
        types = {field: entry["type"] for field, entry in json.load(file).items()}
    with open(ecs_csv) as file:
        types.update((row["field"], row["type"]) for row in csv.DictReader(file))
    members = collections.defaultdict(lambda: collections.defaultdict(list))
    for field, kind in types.items():
        parent, _, leaf = field.rpartition(".")
        # A `.text` sub-field is its parent, indexed in another way; the schema knows that.
        if leaf == "text" and KIND_OF.get(types.get(parent)) == "k":
            continue
        # Providers of Windows events name their own members; the few that are listed look like misspellings of others.
        if field.startswith("winlog."):
            continue
        members[parent][KIND_OF.get(kind, OTHER)].append(leaf)
    rows = collections.defaultdict(list)
    for parent, by_kind in members.items():
        rows[" ".join(kind + ": " + " ".join(sorted(by_kind[kind])) for kind in sorted(by_kind))].append(parent)
    print("// Made by scripts/ecs_fields.py from the published lists of ECS fields and of the fields that Elastic Defend")
    print("// writes; do not edit. Columns: the paths that have these members; the members by type, where b is boolean,")
    print("// d date, i ip, k text, n number, o everything else.")
    print("// clang-format off")
    for row, parents in sorted(rows.items(), key=lambda item: sorted(item[1])):
        print("EQLC_FIELDS(%s,\n            %s)" % (wrap(" ".join(sorted(parents)), 12), wrap(row, 12)))


main(*sys.argv[1:])
