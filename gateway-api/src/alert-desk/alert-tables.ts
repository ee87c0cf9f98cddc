import type { Generated } from 'kysely';

import type { Migration } from '../index/migrate.js';
import type { AlertOutcome, AlertState } from './alert-life.js';

/** An alert that was noticed once. */
export interface AlertTable {
  /** `alertId`: the same at every gateway. */
  alert_id: string;
  /** Order of noticing. */
  number: Generated<number>;
  kind: string;
  subject: string;
  block: number;
  position: number;
  item: number;
  /** The rest of what it says, JSON. */
  path: string;
  details: string;
  /** ISO 8601 UTC. */
  raised_at: string;
}

/** A consignment that an alert was noticed of. */
export interface AlertShipmentTable {
  alert_id: string;
  ucr: string;
  /** What it is about as far as this consignment goes, JSON: the feed's `About`. */
  about: string;
  /** 1 while it follows from what is recorded; an alert may cease, as a gap does that is filled. */
  follows: number;
}

/** How an alert stands at a desk that has touched it. */
export interface AlertLifeTable {
  alert_id: string;
  desk: string;
  state: AlertState;
  version: number;
  assigned_to: string | null;
  outcome: AlertOutcome | null;
}

/** Everything that became of alerts, in its order: what streams tell. */
export interface AlertStepTable {
  number: Generated<number>;
  alert_id: string;
  step: AlertState;
  /** ISO 8601 UTC. */
  at: string;
  /** Of one that is raised: the consignment that it was noticed of. */
  ucr: string | null;
  /** Of the others: at which desk, who did it (party, and whom the token is about), and by which request. */
  desk: string | null;
  party: string | null;
  subject: string | null;
  request_id: string | null;
  /** What was asked, so that the same request again is known: JSON. */
  request: string | null;
  assigned_to: string | null;
  outcome: AlertOutcome | null;
  note: string | null;
}

/** One row: up to which block consignments were looked at, and what this book's cursors are known by. */
export interface AlertBookmarkTable {
  id: number;
  book: string;
  block: number;
}

export interface AlertTables {
  alert: AlertTable;
  alert_shipment: AlertShipmentTable;
  alert_life: AlertLifeTable;
  alert_step: AlertStepTable;
  alert_bookmark: AlertBookmarkTable;
}

export const alertMigration: Migration = {
  name: 'alerts',
  statements: [
    `CREATE TABLE alert (
       number INTEGER PRIMARY KEY AUTOINCREMENT,
       alert_id TEXT NOT NULL UNIQUE,
       kind TEXT NOT NULL,
       subject TEXT NOT NULL,
       block INTEGER NOT NULL,
       position INTEGER NOT NULL,
       item INTEGER NOT NULL,
       path TEXT NOT NULL,
       details TEXT NOT NULL,
       raised_at TEXT NOT NULL) STRICT`,
    `CREATE TABLE alert_shipment (
       alert_id TEXT NOT NULL,
       ucr TEXT NOT NULL,
       about TEXT NOT NULL,
       follows INTEGER NOT NULL,
       PRIMARY KEY (alert_id, ucr)) STRICT`,
    'CREATE INDEX alert_shipment_ucr ON alert_shipment (ucr)',
    `CREATE TABLE alert_life (
       alert_id TEXT NOT NULL,
       desk TEXT NOT NULL,
       state TEXT NOT NULL,
       version INTEGER NOT NULL,
       assigned_to TEXT,
       outcome TEXT,
       PRIMARY KEY (alert_id, desk)) STRICT`,
    `CREATE TABLE alert_step (
       number INTEGER PRIMARY KEY AUTOINCREMENT,
       alert_id TEXT NOT NULL,
       step TEXT NOT NULL,
       at TEXT NOT NULL,
       ucr TEXT,
       desk TEXT,
       party TEXT,
       subject TEXT,
       request_id TEXT,
       request TEXT,
       assigned_to TEXT,
       outcome TEXT,
       note TEXT) STRICT`,
    'CREATE INDEX alert_step_alert ON alert_step (alert_id, number)',
    'CREATE UNIQUE INDEX alert_step_request ON alert_step (party, request_id) WHERE request_id IS NOT NULL',
    'CREATE TABLE alert_bookmark (id INTEGER PRIMARY KEY, book TEXT NOT NULL, block INTEGER NOT NULL) STRICT',
  ],
};
