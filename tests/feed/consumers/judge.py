"""Judges what a consumer group has read (journals of member.py): every event of the rebuilt feed, byte for byte, in
order; at most, something was read twice: what a member had not committed when it died. With --any-again as much as it
likes: where brokers die, commits are lost.
usage: judge.py [--any-again] REBUILT_EVENTS JOURNAL..."""

import sys

BATCH = 20  # what a member reads between two commits

def readings(journals):
    """(milliseconds, offset, event) in the order in which the group came to them."""
    found = []
    for journal in journals:
        lines = open(journal, "rb").read().split(b"\n")
        for line in lines[:-1]:  # the last one is empty, or cut short where its member was killed
            moment, offset, event = line.split(b"\t", 2)
            found.append((int(moment), int(offset), event))
    return sorted(found, key=lambda reading: reading[:2])


def main(rebuilt, journals, any_again):
    expected = open(rebuilt, "rb").read().splitlines()
    seen, first_readings, again = {}, [], 0
    for _, offset, event in readings(journals):
        if offset in seen:
            assert seen[offset] == event, f"offset {offset} was read as two events"
            again += 1
        else:
            seen[offset] = event
            first_readings.append(event)
    for at, event in enumerate(first_readings):
        if at >= len(expected) or event != expected[at]:
            wanted = expected[at] if at < len(expected) else b"nothing"
            sys.exit(f"event {at} is {event[:200]!r}, expected {wanted[:200]!r}")
    if len(first_readings) < len(expected):
        sys.exit(f"{len(first_readings)} events were read, {len(expected)} expected")
    assert any_again or again <= BATCH * len(journals), f"{again} events were read again: offsets are not committed"
    print(f"the group has read {len(expected)} events in order, {again} of them again, by {len(journals)} members")


rebuilt, *journals = [argument for argument in sys.argv[1:] if argument != "--any-again"]
main(rebuilt, journals, "--any-again" in sys.argv)
