import type { AlertKind } from '@passage/domain';

import { together } from '../feed/about.js';
import type { About } from '../feed/about.js';
import { endOfBlock } from '../feed/feed-position.js';
import type { Item, StreamCursors, StreamSource } from '../feed/stream-source.js';
import type { IndexReader } from '../index/reader.js';
import { cursorText, invalidCursor, placeIn } from '../paging/cursor-text.js';
import type { Sight } from '../sight/sight.js';
import type { AlertStore, KeptAlert, KeptStep } from './alert-store.js';
import type { AlertShipmentTable } from './alert-tables.js';
import { deskOf } from './desk.js';

/** Something that became of an alert, as a stream tells it: `block` is its number in the book. */
export interface AlertItem extends Item {
  readonly what: 'alert';
  readonly step: KeptStep;
  readonly alert: KeptAlert;
  readonly shipments: readonly AlertShipmentTable[];
}

/** Steps that are read at once. */
const STRETCH = 100;

/** The book of alerts, told step by step: what is raised to whoever sees its consignment, what is done at a desk to that desk. */
export class AlertSource implements StreamSource<AlertItem> {
  readonly #store: AlertStore;
  head = -1;

  constructor(store: AlertStore) {
    this.#store = store;
  }

  /** The number of the newest step, which may be from before this run. */
  async newest(): Promise<number> {
    this.reached(await this.#store.newest());
    return this.head;
  }

  reached(number: number): void {
    this.head = Math.max(this.head, number);
  }

  async block(number: number): Promise<readonly AlertItem[]> {
    return this.#items(await this.#store.journal(number, 1));
  }

  async stretch(from: number): Promise<{ readonly entries: readonly AlertItem[]; readonly to: number }> {
    const steps = await this.#store.journal(from, STRETCH);
    const last = steps.at(-1)?.number ?? this.head;
    const to = steps.length < STRETCH ? Math.max(last, this.head) : last;
    return { entries: await this.#items(steps), to };
  }

  async seen(item: AlertItem, sight: string, reader: IndexReader): Promise<AlertItem | undefined> {
    const { step } = item;
    if (step.desk !== null && step.desk !== deskOf(JSON.parse(sight) as Sight)) return undefined;
    const wanted = item.shipments.filter(({ ucr }) => step.ucr === null || step.ucr === ucr);
    const seen = await Promise.all(wanted.map(({ ucr }) => reader.shipments.shipment(ucr)));
    const shipments = wanted.filter((_, i) => seen[i] !== undefined);
    return shipments.length === 0 ? undefined : { ...item, shipments, about: aboutOf(shipments) };
  }

  async #items(steps: readonly KeptStep[]): Promise<readonly AlertItem[]> {
    const ids = [...new Set(steps.map(({ alert_id }) => alert_id))];
    if (ids.length === 0) return [];
    const alerts = new Map(
      (await this.#store.alerts({ desk: '', ids }).all()).map((alert) => [alert.alert_id, alert]),
    );
    const shipments = Map.groupBy(await this.#store.shipmentsOf(ids), ({ alert_id }) => alert_id);
    return steps.flatMap((step): AlertItem[] => {
      const alert = alerts.get(step.alert_id);
      if (!alert) return [];
      const of = shipments.get(step.alert_id) ?? [];
      const kind = alert.kind as AlertKind;
      const place = { block: step.number, position: 0, item: 0 };
      return [{ ...place, what: 'alert', kind, about: aboutOf(of), step, alert, shipments: of }];
    });
  }
}

/** What an alert is about, as far as some of its consignments go. */
export function aboutOf(shipments: readonly AlertShipmentTable[]): About {
  return together(shipments.map(({ about }) => JSON.parse(about) as About));
}

/** Cursors of one gateway's book of alerts: another gateway has noticed the same alerts in another order. */
export function bookCursors(book: string): StreamCursors {
  const list = `alerts of ${book}`;
  return {
    text: ({ block }) => cursorText(list, [block]),
    place: (cursor) => {
      const [number] = placeIn(list, 1, cursor, 'after');
      if (typeof number !== 'number') throw invalidCursor('after', 'is damaged');
      return endOfBlock(number);
    },
  };
}
