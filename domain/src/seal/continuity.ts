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
  const { from, to, releasedAt } = journey;
  const until = releasedAt !== undefined && releasedAt < to ? releasedAt : to;
  if (until <= from) return { complete: true, until, intervals: [] };
  const closed = new Set<string>();
  const intervals: SealedInterval[] = [];
  let since = from;
  for (const [index, event] of history.entries()) {
    if (event.at >= until) break;
    if (event.at < from) {
      apply(event, closed);
      continue;
    }
    if (closed.size === 0 && from < event.at) return gap(from, nextFitting(history.slice(index)));
    const fault = faultOf(event);
    if (fault !== undefined) return broken(since, event, fault);
    if (event.kind === 'checked') continue;
    if (since < event.at) intervals.push({ from: since, to: event.at, seals: [...closed] });
    since = event.at;
    apply(event, closed);
    if (closed.size === 0) return gap(since, nextFitting(history.slice(index + 1)), event);
  }
  if (closed.size === 0) return gap(from, undefined);
  return { complete: true, until, intervals: [...intervals, { from: since, to: until, seals: [...closed] }] };

  function gap(at: string, end: string | undefined, event?: SealEvent): SealContinuity {
    const fault = {
      kind: 'gap',
      from: at,
      ...(end !== undefined && { to: end }),
      ...(event && { event }),
    } as const;
    return { complete: false, until, intervals, fault };
  }

  function broken(start: string, event: SealEvent, kind: 'opening' | 'finding'): SealContinuity {
    const last = closed.size > 0 && start < event.at;
    const upTo = last ? [{ from: start, to: event.at, seals: [...closed] }] : [];
    return {
      complete: false,
      until,
      intervals: [...intervals, ...upTo],
      fault: { kind, from: event.at, event },
    };
  }
}

/** What an event breaks by itself. */
function faultOf({ kind, finding, byCustoms }: SealEvent): 'opening' | 'finding' | undefined {
  if (kind === 'opened' || (kind === 'replaced' && byCustoms !== true)) return 'opening';
  return kind === 'checked' && finding !== 'intact' ? 'finding' : undefined;
}

function apply({ kind, seal, replacedBy }: SealEvent, closed: Set<string>): void {
  if (kind === 'checked') return;
  if (kind === 'fitted') closed.add(seal);
  else closed.delete(seal);
  if (replacedBy !== undefined) closed.add(replacedBy);
}

function nextFitting(rest: readonly SealEvent[]): string | undefined {
  return rest.find(({ kind }) => kind === 'fitted')?.at;
}
