import type { SealEvent } from './continuity.js';
import type { SealCheckRecord, SealRecord, SealStep } from './seal-record.js';

/** A record of a seal or of a check, as a transaction wrote it. */
export type SealVersion = SealRecord | SealCheckRecord;

/**
 * What happened to the seals of a unit, from every record that stood there, in the ledger's order: what one transaction did comes
 * with what was fitted first, because a unit that gets a new seal before it loses the old one was never open.
 *
 * @param transactions the records of each transaction that wrote some.
 */
export function sealEvents(transactions: readonly (readonly SealVersion[])[]): readonly SealEvent[] {
  const known = new Map<string, SealRecord>();
  return transactions.flatMap((versions) => {
    const events = versions.flatMap((version) =>
      'finding' in version ? [checked(version)] : steps(known.get(version.seal), version),
    );
    for (const version of versions) if (!('finding' in version)) known.set(version.seal, version);
    return events.sort((one, other) => rank(one) - rank(other));
  });
}

function rank({ kind }: SealEvent): number {
  return kind === 'fitted' ? 0 : 1;
}

function checked({ seal, finding, step }: SealCheckRecord): SealEvent {
  return { kind: 'checked', seal, finding, ...who(step) };
}

/** The steps that a record has and the one before it did not. A seal that replaces another is fitted by the other's event. */
function steps(before: SealRecord | undefined, record: SealRecord): readonly SealEvent[] {
  const { seal, fitted, opened, removed, replaces, replacedBy } = record;
  const events: SealEvent[] = [];
  if (before === undefined && replaces === undefined) events.push({ kind: 'fitted', seal, ...who(fitted) });
  if (opened !== undefined && before?.opened === undefined) {
    events.push({ kind: 'opened', seal, ...who(opened) });
  }
  if (removed === undefined || before?.removed !== undefined) return events;
  const end =
    replacedBy === undefined
      ? ({ kind: 'removed', seal } as const)
      : ({ kind: 'replaced', seal, replacedBy } as const);
  return [...events, { ...end, ...who(removed) }];
}

function who({ at, by, kid, customs }: SealStep): Pick<SealEvent, 'at' | 'by' | 'kid' | 'byCustoms'> {
  return { at, by, ...(kid !== undefined && { kid }), ...(customs === true && { byCustoms: true }) };
}
