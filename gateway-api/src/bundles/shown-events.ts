import type { EventOfConsignment, LedgerEventReader } from '../index/ledger-event-reader.js';
import type { IndexReader } from '../index/reader.js';

/** What the reader of a caller decides by. */
type CallersReader = Pick<IndexReader, 'seesEverything' | 'seesRisk' | 'shipments'>;

/** The events of a consignment that a caller may be given whole. */
export interface ShownEvents {
  readonly events: readonly EventOfConsignment[];
  /** Whether these are all, and what they left behind names nobody whom the caller does not see. */
  readonly all: boolean;
}

/**
 * A bundle shows commands as they were signed. So it leaves out customs' suspicion for whoever is not to see it, and commands about
 * another consignment, too, that the caller does not see. A statement about one that is seen is shown to the caller elsewhere as well.
 */
export async function shownEvents(
  ledgerEvents: LedgerEventReader,
  reader: CallersReader,
  ucr: string,
  height: number,
): Promise<ShownEvents> {
  const events = await ledgerEvents.eventsOf(ucr, height);
  if (reader.seesEverything) return { events, all: true };
  const suspicions = reader.seesRisk ? [] : await ledgerEvents.wrote('risk', ucr, height);
  const hidden = new Set(suspicions.map(({ block, position }) => `${String(block)}/${String(position)}`));
  const beside = await ledgerEvents.besides(ucr, height);
  const named = await ledgerEvents.namedBeside(ucr, height);
  const unseen = await unseenAmong([...beside.map((other) => other.ucr), ...named], reader);
  const crowded = new Set(beside.filter((other) => unseen.has(other.ucr)).map(({ leaf }) => leaf));
  const shown = events.filter(
    ({ leaf, block, position }) => !crowded.has(leaf) && !hidden.has(`${String(block)}/${String(position)}`),
  );
  return { events: shown, all: shown.length === events.length && unseen.size === 0 };
}

async function unseenAmong(
  ucrs: readonly string[],
  { shipments }: CallersReader,
): Promise<ReadonlySet<string>> {
  const unseen = new Set<string>();
  for (const ucr of new Set(ucrs)) if (!(await shipments.shipment(ucr))) unseen.add(ucr);
  return unseen;
}
