import { readFileSync } from 'node:fs';
import type { KeyPolicy } from '../state/key-policy.js';

/** A ledger that older rules have left; domain/old-ledgers/README.md says how it was made. */
export interface OldLedger {
  /** The version of the rules that wrote it. */
  readonly commit: string;
  /** What is stored under each key, byte for byte. */
  readonly state: Readonly<Record<string, string>>;
  /** The policies that keys were given. */
  readonly policies: Readonly<Record<string, KeyPolicy>>;
}

/** From the oldest on. */
export const oldLedgerNames = ['first', 'before-holds', 'before-parameters'] as const;

export type OldLedgerName = (typeof oldLedgerNames)[number];

export function oldLedger(name: OldLedgerName): OldLedger {
  return JSON.parse(
    readFileSync(new URL(`../../old-ledgers/${name}.json`, import.meta.url), 'utf8'),
  ) as OldLedger;
}
