// Ajv (JSON Schema 2020-12) and the CloudEvents SDK on a feed told as files, and on the golden events.
// usage: node judge.mjs SCHEMAS_FOLDER EVENTS.ndjson GOLDEN_FOLDER
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { CloudEvent, Kafka } from "cloudevents";

const [schemasFolder, eventsFile, goldenFolder] = process.argv.slice(2);
const lines = (file) => readFileSync(file, "utf8").split("\n").filter(Boolean);
const json = (file) => JSON.parse(readFileSync(file, "utf8"));
let failures = 0;
const expect = (holds, what) => {
  if (!holds && ++failures <= 20) console.error("FAILED " + what);
};
const throws = (work) => {
  try {
    work();
    return false;
  } catch {
    return true;
  }
};
const ajvOf = (schemas) => {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
  formats.default(ajv);
  for (const schema of schemas) ajv.addSchema(schema);
  return ajv;
};

const today = [];
for (const family of readdirSync(schemasFolder, { recursive: true }))
  if (family.endsWith(".json")) today.push(json(join(schemasFolder, family)));
const envelope = today.find((schema) => schema.title === "an event of the public feed");
const current = ajvOf(today);
const original = ajvOf(lines(join(goldenFolder, "schemas.ndjson")).map((line) => JSON.parse(line)));

const judge = (event, where) => {
  expect(current.validate(envelope.$id, event), `${where}: ${current.errorsText()}`);
  expect(current.validate(event.dataschema, event.data), `${where}, data: ${current.errorsText()}`);
  expect(!throws(() => new CloudEvent(event, true)), `${where}: the CloudEvents SDK refuses it`);
  expect(event.partitionkey === event.subject, `${where}: partitionkey is not the subject`);
};

// The golden events: by the schemas of today, and by those they were published with.
const golden = lines(join(goldenFolder, "events.ndjson")).map((line) => JSON.parse(line));
for (const event of golden) {
  judge(event, `golden ${event.type}`);
  expect(original.validate(event.dataschema, event.data), `golden ${event.type}, original schema: ${original.errorsText()}`);
}

// A whole feed: every event, in order, without a gap.
let before = null, count = 0;
for (const line of lines(eventsFile)) {
  const event = JSON.parse(line);
  judge(event, event.id);
  const [seq, place] = event.id.split(".").map(Number);
  const follows = before === null ? seq === 0 && place === 0 : (seq === before[0] && place === before[1] + 1) || (seq === before[0] + 1 && place === 0);
  expect(follows, `${event.id} does not follow ${before}`);
  expect(event.sequence === `${String(seq).padStart(20, "0")}.${String(place).padStart(3, "0")}`, `${event.id}: its sequence`);
  before = [seq, place];
  ++count;
}
expect(count > 1000, "the feed is too short to say anything");

// As a Kafka message in structured mode the SDK reads the same event.
const message = { key: golden[0].subject, headers: { "content-type": "application/cloudevents+json; charset=UTF-8" }, value: JSON.stringify(golden[0]) };
expect(Kafka.toEvent(message).id === golden[0].id, "the SDK does not read the event from a Kafka message");

// What must be refused is refused: the judges are awake.
const { source: _, ...sourceless } = golden[0];
expect(throws(() => new CloudEvent({ ...sourceless, source: "" }, true)), "the SDK takes an event without a source");
expect(!current.validate(envelope.$id, sourceless), "the schema takes an event without a source");
expect(!current.validate(envelope.$id, { ...golden[0], specversion: "1.1" }), "the schema takes specversion 1.1");
expect(!current.validate(golden[0].dataschema, {}), "a schema of data takes an empty object");

console.log(`${golden.length} golden events, ${today.length} schemas, ${count} events of a feed: ${failures} failures`);
process.exit(failures === 0 ? 0 : 1);
