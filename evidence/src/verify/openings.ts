import { commitmentOf, isJsonArray, isJsonObject } from '@passage/domain';
import { jsonOf } from '../events/recorded-statements.js';
import { fails, holds } from './verdict.js';
import type { JsonValue } from '@passage/domain';
import type { EvidenceBundle } from '../bundle/index.js';
import type { JudgedEvent } from './events.js';
import type { VerdictLine } from './verdict.js';

/** Each opening against the commitments in statements and commands of the bundle that hold. */
export function verifyOpenings(
  { openings, genesisHash }: EvidenceBundle,
  events: readonly JudgedEvent[],
): readonly VerdictLine[] {
  const committed = new Set(events.flatMap(textsOf));
  return openings.map((opening) => {
    const { subject, field, owner, value } = opening;
    const commitment = opening.ledger === genesisHash ? commitmentOf(opening) : undefined;
    const isFound = commitment !== undefined && committed.has(commitment);
    const about = `${field} of ${subject}`;
    return isFound
      ? holds('opening', `${owner} committed to the value ${JSON.stringify(value)}`, about)
      : fails('opening', 'OPENING_BROKEN', 'nothing in the bundle commits to this value', about);
  });
}

function textsOf({ statement, transaction }: JudgedEvent): readonly string[] {
  const argument = statement?.payload ?? (transaction?.call && jsonOf(transaction.call.argument)) ?? null;
  return textsIn(argument);
}

function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isJsonArray(value)) return value.flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
