/*
 * Reads plays as JSON from standard input, endorses and commits one after another, and prints what each came to, byte for
 * byte. With the argument `turned`, the members of every input object stand in the opposite order.
 */
import { text } from 'node:stream/consumers';
import { isJsonObject, type JsonObject, type JsonValue } from '@passage/domain';
import type { Play } from '@passage/domain/testing';
import { Stage } from './stage.js';

function turned(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(turned);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, turned(member)]),
  );
}

const turn = process.argv[2] === 'turned';
const stage = new Stage();
for (const { caller, name, input, openings } of JSON.parse(await text(process.stdin)) as readonly Play[]) {
  const endorsement = await stage.when(caller, name, turn ? (turned(input) as JsonObject) : input, openings);
  stage.ledger.commit(endorsement);
  const writes = endorsement.writes.map(({ key, value }) => [
    key,
    value && Buffer.from(value).toString('hex'),
  ]);
  const policies = endorsement.policies.map(({ key, policy }) => [key, Buffer.from(policy).toString('hex')]);
  console.log(JSON.stringify({ name, ...endorsement, writes, policies }));
}
