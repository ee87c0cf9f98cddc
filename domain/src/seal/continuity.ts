import type { SealFinding } from './seal-record.js';

/** What happened to a seal on a unit, as the ledger tells it. */
export interface SealEvent {
  readonly kind: 'fitted' | 'checked' | 'opened' | 'removed' | 'replaced';
  readonly seal: string;
  /** ISO 8601 UTC; events come in the ledger's order. */
  readonly at: string;
  /** Party id of whoever did it, or whose device saw it. */
  readonly by: string;
  /** The key of the device that says so, where one does. */
  readonly kid?: string;
  /** Of a check. */
  readonly finding?: SealFinding;
  /** The new seal, of a replacement. */
  readonly replacedBy?: string;
  readonly byCustoms?: boolean;
}

/** From when to when a unit has to have been closed, and when customs lawfully released what is in it, if it has. */
export interface SealedJourney {
  readonly from: string;
  readonly to: string;
  readonly releasedAt?: string;
}

/** A time in which the same seals were closed. */
export interface SealedInterval {
  readonly from: string;
  readonly to: string;
  readonly seals: readonly string[];
}

/** What breaks the proof: no closed seal from a moment on, or a seal that was opened, replaced by a party, or found broken. */
export interface SealFault {
  readonly kind: 'gap' | 'opening' | 'finding';
  readonly from: string;
  /** Of a gap: when the next seal was fitted, if one was. */
  readonly to?: string;
  /** What happened; absent where the journey began without a seal. */
  readonly event?: SealEvent;
}

/** Complete: the intervals tile the journey. Broken: they tile it up to the first fault. */
export interface SealContinuity {
  readonly complete: boolean;
  /** Until when seals were needed: the end of the journey, or the lawful release where that came first. */
  readonly until: string;
  readonly intervals: readonly SealedInterval[];
  readonly fault?: SealFault;
}

/**
 * Whether a unit was closed from the beginning of a journey to its end or to the lawful release, whichever came first. Seals that
 * take each other's place in one act of customs leave no gap; a party that replaces a seal has had the doors open.
 *
 * @param history everything that happened to seals on the unit, in the ledger's order.
 */
export function sealContinuity(journey: SealedJourney, history: readonly SealEvent[]): SealContinuity {
  const { from } = journey;
  const until = endOf(journey);
  if (until <= from) return { complete: true, until, intervals: [] };
  const closed = closedAt(from, history);
  const intervals: SealedInterval[] = [];
  const broken = (fault: SealFault): SealContinuity => ({ complete: false, until, intervals, fault });
  let since = from;
  for (const event of history.filter((each) => each.at >= from && each.at < until && !isIntact(each))) {
    if (closed.size === 0 && from < event.at) break;
    if (since < event.at) intervals.push({ from: since, to: event.at, seals: [...closed] });
    since = event.at;
    const kind = faultOf(event);
    if (kind !== undefined) return broken({ kind, from: since, event });
    apply(event, closed);
    if (closed.size === 0) return broken({ ...gapFrom(since, history), event });
  }
  if (closed.size === 0) return broken(gapFrom(from, history));
  return { complete: true, until, intervals: [...intervals, { from: since, to: until, seals: [...closed] }] };
}

function endOf({ to, releasedAt }: SealedJourney): string {
  return releasedAt !== undefined && releasedAt < to ? releasedAt : to;
}

/** The seals that are closed when a journey begins. */
function closedAt(from: string, history: readonly SealEvent[]): Set<string> {
  const closed = new Set<string>();
  for (const event of history) if (event.at < from) apply(event, closed);
  return closed;
}

/** A gap lasts until a seal is fitted, if one ever is. */
function gapFrom(from: string, history: readonly SealEvent[]): SealFault {
  const to = history.find(({ kind, at }) => kind === 'fitted' && at > from)?.at;
  return { kind: 'gap', from, ...(to !== undefined && { to }) };
}

function isIntact({ finding }: SealEvent): boolean {
  return finding === 'intact';
}

/** What an event breaks by itself. */
function faultOf({ kind, finding, byCustoms }: SealEvent): 'opening' | 'finding' | undefined {
  if (kind === 'opened' || (kind === 'replaced' && byCustoms !== true)) return 'opening';
  return finding === undefined || finding === 'intact' ? undefined : 'finding';
}

function apply({ kind, seal, replacedBy }: SealEvent, closed: Set<string>): void {
  if (kind === 'checked') return;
  if (kind === 'fitted') closed.add(seal);
  else closed.delete(seal);
  if (replacedBy !== undefined) closed.add(replacedBy);
}
