"""Compares the tables that a stock sink has filled with our own read model, row by row.
usage: compare.py model URL LEDGER TOKEN_FILE STANDING_ROWS SUBSIDY_ROWS     with what the service answers
       compare.py rebuild FEED_FOLDER STANDING_ROWS SUBSIDY_ROWS             with every column of a rebuilt feed
ROWS are JSON lists of table rows as PostgreSQL prints them."""

import datetime
import json
import sys
import urllib.request


def table(file, key):
    rows = {row[key]: row for row in json.load(open(file))}
    assert all(row["ledger"] for row in rows.values())
    return rows


def items(url, ledger, token, what):
    cursor = ""
    while True:
        request = urllib.request.Request(f"{url}/v1/ledgers/{ledger}/{what}?limit=500{cursor}", headers={"Authorization": "Bearer " + token})
        answer = json.load(urllib.request.urlopen(request))
        yield from answer["data"]["items"]
        if "next" not in answer:
            return
        cursor = "&cursor=" + answer["next"]


def placed(item, name):
    return item.get(name, {}).get("on", False)


def standing(item):
    team, ladder = item.get("team", {}), item.get("ladder", {})
    return {
        "enrolled": "enrolment" in item,
        "category": team.get("category"),
        "organisation": team.get("organisation"),
        "district": team.get("district"),
        "salaried": team.get("salaried"),
        "salaried_from": team.get("salaried_from"),
        "licence_lapsed": item.get("licence", {}).get("lapsed", False),
        "has_left": placed(item, "left"),
        "suspended": placed(item, "suspension"),
        "assignment_hold": placed(item, "assignment_hold"),
        "ladder_step": ladder.get("step", 0),
        "counted_cases": len(ladder.get("counted", [])),
        "written_comments": item.get("comments", {}).get("state"),
        "why_not": ",".join(item["why_not"]),
    }


def subsidy(item):
    same = ["undertaker", "case_type", "stage", "revision", "cause", "standard", "base", "quality_base", "quality_amount", "direct_costs", "entitlement"]
    out = {name: item[name] for name in same + ["salaried", "terminated"]}
    out.update(grade=item.get("grade"), share_bp=item["share"], rate_bp=item["rate"])
    out["policy"] = f"{item['policy']['name']}@{item['policy']['version']}"
    return out


def differences(expected, found, what):
    out = [f"{what} {key}: {'missing' if key not in found else 'not ours'}" for key in expected.keys() ^ found.keys()]
    for key in expected.keys() & found.keys():
        for column, value in expected[key].items():
            if found[key][column] != value:
                out.append(f"{what} {key}, {column}: {found[key][column]!r}, expected {value!r}")
    return out


def as_printed(value, column):
    """A value of the Connect envelope as PostgreSQL prints its column."""
    if value is not None and column.get("name", "").endswith(".Date"):
        return (datetime.date(1970, 1, 1) + datetime.timedelta(days=value)).isoformat()
    if value is not None and column.get("name", "").endswith(".MicroTimestamp"):
        moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=value)
        return moment.isoformat(timespec="microseconds").rstrip("0").rstrip(".")
    return value


def rebuilt(folder, topic, key):
    rows = {}
    for line in open(f"{folder}/{topic}.ndjson"):
        told = json.loads(line)
        name = told["key"]["payload"][key]
        if told["value"] is None:
            rows.pop(name, None)
        else:
            columns = {column["field"]: column for column in told["value"]["schema"]["fields"]}
            rows[name] = {field: as_printed(value, columns[field]) for field, value in told["value"]["payload"].items()}
    return rows


if sys.argv[1] == "model":
    url, ledger, token = sys.argv[2], sys.argv[3], open(sys.argv[4]).read().strip()
    undertakers = {item["id"]: standing(item) for item in items(url, ledger, token, "undertakers")}
    cases = {item["case"]: subsidy(item) for item in items(url, ledger, token, "subsidies")}
    files = sys.argv[5:7]
else:
    undertakers = rebuilt(sys.argv[2], "aidledger.standing.v1", "undertaker")
    cases = rebuilt(sys.argv[2], "aidledger.subsidy.v1", "case_id")
    files = sys.argv[3:5]
assert undertakers and cases, "there is nothing to compare"
wrong = differences(undertakers, table(files[0], "undertaker"), "undertaker") + differences(cases, table(files[1], "case_id"), "case")
for line in wrong[:20]:
    print(line)
print(f"{len(undertakers)} undertakers and {len(cases)} cases compared with PostgreSQL: {len(wrong)} differences")
sys.exit(1 if wrong else 0)
