"""A member of a consumer group that reads a ledger's events, with no code of ours.
usage: member.py BOOTSTRAP GROUP TOPIC FOLDER

Each message must have key and headers as its event says. The journal FOLDER/<process id> has a line for each:
milliseconds, offset, event, separated by tabs. It is written before the offset is committed, so that a killed member
leaves nothing out; what it had not committed is read again."""

import json
import os
import re
import sys
import time

from confluent_kafka import Consumer, KafkaException

BATCH = 20  # as judge.py has it
ATTRIBUTES = ("specversion", "id", "source", "type", "subject", "time")


def check(message):
    event = json.loads(message.value())
    headers = {name: value.decode() for name, value in message.headers()}
    assert message.key().decode() == event["partitionkey"] == event["subject"], event["id"]
    assert headers["content-type"].startswith("application/cloudevents+json"), headers
    for name in ATTRIBUTES:
        assert headers["ce_" + name] == event[name], (name, headers)


def line(message):
    check(message)
    return b"%d\t%d\t%s\n" % (time.monotonic_ns() // 1_000_000, message.offset(), message.value())


def read_for_ever(bootstrap, group, topic, folder):
    reader = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": group,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
            "session.timeout.ms": 6_000,
            "topic.metadata.refresh.interval.ms": 1_000,
        }
    )
    reader.subscribe(["^" + re.escape(topic) + "$"])  # a pattern: the topic may come later
    with open(f"{folder}/{os.getpid()}", "ab", buffering=0) as journal:
        while True:
            messages = [message for message in reader.consume(BATCH, timeout=0.5) if not message.error()]
            if not messages:
                continue
            journal.write(b"".join(line(message) for message in messages))
            try:
                reader.commit(asynchronous=False)
            except KafkaException:
                pass  # the partition is another member's by now, which reads this again


read_for_ever(*sys.argv[1:5])
