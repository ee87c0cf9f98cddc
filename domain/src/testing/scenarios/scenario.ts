import type { Caller } from '../../command/caller.js';
import type { ErrorCode } from '../../errors/codes.js';
import type { JsonObject, JsonValue } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import type { Play } from '../cast.js';
import type { Setting } from './setting.js';

/** What one transaction of a scenario has to come to: exactly these keys written, or a refusal with this code. */
export type Expectation =
  { readonly writes: readonly string[]; readonly refused?: never } | { readonly refused: ErrorCode };

/** One transaction of a scenario. */
export interface Scene extends Play {
  readonly expect: Expectation;
}

/**
 * A short story about one subject. The same table is played on the in-memory stub, in other places of the world, and through
 * Fabric's client on each network; a scenario needs no other one and leaves nothing that another could stumble over.
 */
export interface Scenario {
  readonly title: string;
  readonly scenes: (setting: Setting) => readonly Scene[];
}

/** An act that is accepted: it writes these keys, and its request's. */
export function does(
  caller: Caller,
  name: string,
  input: JsonObject & { readonly requestId: string },
  writes: readonly string[],
  openings?: JsonValue,
): Scene {
  const who = caller.admin ? `admin:${caller.mspId}` : (caller.partyId ?? '');
  const expect = { writes: [...writes, keys.request(who, input.requestId)] };
  return { caller, name, input, expect, ...(openings !== undefined && { openings }) };
}

/** A batch of statements that is recorded: it writes these keys. Statements are their own requests. */
export function records(caller: Caller, statements: readonly string[], writes: readonly string[]): Scene {
  return { caller, name: 'RecordStatements', input: { statements }, expect: { writes } };
}

/**
 * An act on openings: it writes into private collections alone, so nothing public remembers its request. Only the caller's
 * organisation and `disclosedTo` endorse it, as no other peer may see them.
 */
export function privately(
  caller: Caller,
  name: string,
  input: JsonObject,
  openings?: JsonValue,
  disclosedTo: readonly string[] = [],
): Scene {
  const seenBy = [caller.mspId, ...disclosedTo];
  return { caller, name, input, expect: { writes: [] }, seenBy, ...(openings !== undefined && { openings }) };
}

/** A transaction that is answered and writes nothing: a query, or a request that was answered before. */
export function answers(caller: Caller, name: string, input: JsonObject): Scene {
  return { caller, name, input, expect: { writes: [] } };
}

/** A transaction that is refused. */
export function refuses(caller: Caller, name: string, input: JsonObject, refused: ErrorCode): Scene {
  return { caller, name, input, expect: { refused } };
}
