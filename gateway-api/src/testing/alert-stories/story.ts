import { readStatement } from '@passage/domain';

import type { AlertStage, Journey, SeenAlert } from '../alert-stage.js';
import type { TestDevice } from '../test-device.js';

/** What the ledger hears of one consignment, and which alerts a gateway raises of it. */
export interface AlertStory {
  readonly about: string;
  /** Tells it, and asserts what is raised. */
  readonly tell: (telling: Telling) => Promise<void>;
}

/** What stories are told with, each of its own consignment. */
export interface Telling {
  readonly stage: AlertStage;
  /** The alerts of one kind; whatever came was raised. */
  readonly only: (ucr: string, kind: string) => Promise<readonly Omit<SeenAlert, 'kind'>[]>;
  /** A journey whose goods lie in its container, packed by this device. */
  readonly packed: (device: TestDevice) => Promise<Journey>;
  /** The kinds of all alerts that came in the stories told so far. */
  readonly raised: ReadonlySet<string>;
}

/** Stories told on this stage. */
export function tellingOn(stage: AlertStage): Telling {
  const raised = new Set<string>();
  return {
    stage,
    raised,
    async only(ucr, kind) {
      const alerts = await stage.alerts(ucr);
      for (const alert of alerts) raised.add(alert.kind);
      return alerts.filter((alert) => alert.kind === kind).map(({ subject, path }) => ({ subject, path }));
    },
    async packed(device) {
      const journey = await stage.journey();
      await journey.records(journey.packs(device));
      return journey;
    },
  };
}

/** Where a container of the stories is not: devices see it in Busan unless an event says otherwise. */
export const shanghai = { readPoint: { id: 'https://vocabulary.uncefact.org/unlocode#CNSHA' } };

export const idOf = (jws: string): string => readStatement(jws).statementId;
