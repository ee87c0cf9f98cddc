import type { AlertKind } from '@passage/domain';

import { matches } from '../feed/feed-filter.js';
import type { FeedFilter } from '../feed/feed-filter.js';
import type { IndexReader } from '../index/reader.js';
import { FilteredRows } from '../paging/filtered-rows.js';
import type { Paged } from '../paging/page.js';
import { aboutOf } from './alert-source.js';
import type { AlertsWanted, AlertStore, KeptAlert, KeptStep } from './alert-store.js';
import type { AlertShipmentTable } from './alert-tables.js';

/** An alert as a caller sees it: with those of its consignments that the caller sees. */
export interface SeenAlert {
  readonly alert: KeptAlert;
  readonly shipments: readonly AlertShipmentTable[];
}

/** The alerts that a caller sees, as they stand at its desk. */
export class SeenAlerts {
  readonly #store: AlertStore;
  readonly #reader: IndexReader;
  readonly desk: string;

  constructor(store: AlertStore, reader: IndexReader, desk: string) {
    this.#store = store;
    this.#reader = reader;
    this.desk = desk;
  }

  async one(id: string): Promise<SeenAlert | undefined> {
    const rows = await this.#store.alerts({ desk: this.desk, ids: [id] }).all();
    return (await this.#seen(rows, {}))[0];
  }

  /** The newest first. `follows`: those alone that follow, or no longer follow, from what is recorded. */
  all(wanted: Omit<AlertsWanted, 'desk'>, filter: FeedFilter, follows?: boolean): Paged<SeenAlert> {
    const rows = this.#store.alerts({ ...wanted, desk: this.desk });
    return new FilteredRows(rows, async (kept) => {
      const seen = await this.#seen(kept, filter);
      return seen.map((each) =>
        follows === undefined || each === undefined || isFollowing(each) === follows ? each : undefined,
      );
    });
  }

  /** What was done with an alert at this desk. */
  steps({ alert }: SeenAlert): Promise<readonly KeptStep[]> {
    return this.#store.stepsOf(alert.alert_id, this.desk);
  }

  async #seen(rows: readonly KeptAlert[], filter: FeedFilter): Promise<readonly (SeenAlert | undefined)[]> {
    const all = await this.#store.shipmentsOf(rows.map(({ alert_id }) => alert_id));
    const known = new Map<string, Promise<boolean>>();
    const isSeen = (ucr: string): Promise<boolean> => {
      const found = known.get(ucr) ?? this.#reader.shipments.shipment(ucr).then((row) => row !== undefined);
      known.set(ucr, found);
      return found;
    };
    const verdicts = await Promise.all(all.map(({ ucr }) => isSeen(ucr)));
    const seen = Map.groupBy(
      all.filter((_, i) => verdicts[i]),
      ({ alert_id }) => alert_id,
    );
    return rows.map((alert) => {
      const shipments = seen.get(alert.alert_id);
      if (!shipments) return undefined;
      const item = { what: 'alert', kind: alert.kind as AlertKind, about: aboutOf(shipments) } as const;
      return matches(filter, item) ? { alert, shipments } : undefined;
    });
  }
}

/** Whether an alert still follows from what is recorded. */
export function isFollowing({ shipments }: SeenAlert): boolean {
  return shipments.some(({ follows }) => follows === 1);
}
