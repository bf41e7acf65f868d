#!/usr/bin/env python3
"""Stands between a node and its brokers and passes every byte on, until the file MODE says otherwise:

  pass      everything goes through
  swallow   from the next produce request on, whatever the brokers answer is dropped, on every connection
  hold      the next produce request is kept back, with what its connection sends behind it

When it says pass again, what was kept back goes out, late, even for a node that hung up meanwhile; connections that lost
an answer are cut. Says on its output when it begins to swallow or to hold.
usage: proxy.py MODE LISTENING-PORT:BROKER-PORT...
"""
import asyncio
import sys

PRODUCE = 0
LOOK_AGAIN_SECONDS = 0.05


class Faults:
    def __init__(self, mode_file):
        self.mode_file = mode_file
        self.said = ""

    def mode(self):
        with open(self.mode_file, encoding="ascii") as file:
            mode = file.read().strip()
        if mode == "pass":
            self.said = ""
        return mode

    def begins(self, mode):
        """The first produce request since the mode was set."""
        if self.said != mode:
            self.said = mode
            print(mode, flush=True)

    def swallows(self):
        return self.mode() == "swallow" and self.said == "swallow"

    async def end_of(self, mode):
        while self.mode() == mode:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)


async def requests(node, broker, faults):
    """Whole requests, for a Kafka request begins with its length and then its kind (both big-endian)."""
    while True:
        length = await node.readexactly(4)
        body = await node.readexactly(int.from_bytes(length, "big"))
        produces = int.from_bytes(body[:2], "big") == PRODUCE
        if produces and faults.mode() == "hold":
            faults.begins("hold")
            await faults.end_of("hold")
        if produces and faults.mode() == "swallow":
            faults.begins("swallow")
        broker.write(length + body)
        await broker.drain()


async def answers(broker, node, faults):
    while chunk := await broker.read(65536):
        if faults.swallows():
            return await faults.end_of("swallow")
        node.write(chunk)
        await node.drain()


async def to_its_end(work, writer):
    try:
        await work
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    writer.close()


def passing_to(port, faults):
    async def connection(node_reads, node_writes):
        try:
            broker_reads, broker_writes = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            node_writes.close()
            return
        await asyncio.gather(
            to_its_end(requests(node_reads, broker_writes, faults), broker_writes),
            to_its_end(answers(broker_reads, node_writes, faults), node_writes))

    return connection


async def main(mode_file, pairs):
    faults = Faults(mode_file)
    servers = []
    for pair in pairs:
        listening, broker = pair.split(":")
        servers.append(await asyncio.start_server(passing_to(int(broker), faults), "127.0.0.1", int(listening)))
    await asyncio.gather(*(server.serve_forever() for server in servers))


asyncio.run(main(sys.argv[1], sys.argv[2:]))
