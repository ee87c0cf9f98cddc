import { canonicalJson, isJsonObject, PassageError, readJson } from '@passage/domain';
import { equalBytes } from '@passage/ledger';
import { isSame, unless } from '../custody-rule.js';
import type { JsonObject } from '@passage/domain';
import type { CustodyRule, Looked } from '../custody-rule.js';
import type { CustodyTransaction } from '../custody-transaction.js';
import type { Kept } from '../record-view.js';

/** More of a value would hide the rest of the sentence. */
const MOST_CHARACTERS = 300;

/**
 * What an act leaves is what the domain makes of it, key by key, byte by byte, with the policies; and the domain does not refuse it.
 * The other rules say what is wrong with a record; this one lets nothing pass that none of them speaks of.
 */
export const outcomes: CustodyRule = {
  check: 'outcome',
  look: (transaction) => {
    const { act, outcome, written } = transaction;
    if (outcome === undefined) return [];
    if (outcome.refused !== undefined)
      return [{ expected: `${act} is allowed by the rules`, found: outcome.refused }];
    const keys = [...new Set([...outcome.writes.keys(), ...written.keys()])].sort();
    return keys.map((key) => lookAtKey(key, outcome.writes.get(key), transaction));
  },
};

function lookAtKey(key: string, due: Kept | undefined, { act, written }: CustodyTransaction): Looked {
  if (due === undefined) return { expected: `${act} leaves ${key} alone`, found: 'it was written' };
  const left = written.get(key);
  if (left === undefined)
    return { expected: `${act} writes ${key}`, found: written.has(key) ? 'it was deleted' : 'nothing' };
  return (
    lookAtValue(`${act} leaves in ${key}`, due.value, left.value) ??
    unless(
      due.keeper === left.keeper,
      `${act} leaves ${key} under ${policyOf(due)}`,
      `it is under ${policyOf(left)}`,
    )
  );
}

function lookAtValue(leaves: string, due: Uint8Array, left: Uint8Array): Looked {
  if (equalBytes(due, left)) return undefined;
  const [right, wrong] = [jsonIn(due), jsonIn(left)];
  if (right === undefined || wrong === undefined)
    return { expected: `${leaves} a record`, found: 'what is none' };
  const members = [...new Set([...Object.keys(right), ...Object.keys(wrong)])].filter(
    (member) => !isSame(right[member], wrong[member]),
  );
  if (members.length === 0)
    return { expected: `${leaves} a record in its one form`, found: 'the same in other bytes' };
  return { expected: `${leaves} ${shown(right, members)}`, found: shown(wrong, members) };
}

/** The members that are unlike. */
function shown(record: JsonObject, members: readonly string[]): string {
  const unlike = Object.entries(record).filter(([member]) => members.includes(member));
  const text = canonicalJson(Object.fromEntries(unlike));
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

function jsonIn(value: Uint8Array): JsonObject | undefined {
  try {
    const json = readJson(value);
    return isJsonObject(json) ? json : undefined;
  } catch (error) {
    if (error instanceof PassageError) return undefined;
    throw error;
  }
}

function policyOf({ keeper }: Kept): string {
  return { customs: "customs' policy", open: 'the policy of any two', other: 'a policy of its own' }[keeper];
}
