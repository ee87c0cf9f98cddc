import type { MemoryState, SerializedHead, StateUpdate } from '@passage/ledger';
import type { Finding } from '../findings.js';
import type { AuditCheck, RerunCounts } from '../report.js';
import type { Given } from './given.js';
import type { SignedHeader } from './signed-header.js';

/** An entry of a state: namespace, key, block and transaction that wrote it, value and metadata in base64. */
export type SavedEntry =
  | readonly [string, string, number, number, string]
  | readonly [string, string, number, number, string, string];

/** What replay has come to, besides the state. */
export interface SavedRun {
  readonly head: SerializedHead;
  readonly blocks: number;
  readonly transactions: number;
  readonly checks: Readonly<Partial<Record<AuditCheck, number>>>;
  readonly codes: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
  readonly ledgerTime: number;
  readonly rerun?: RerunCounts;
}

/** What a saved state is about: it is good for a replay of the same alone. */
export interface SavedTitle extends Given {
  readonly format: 'passage-replay-2';
  /** Of the program that judged. */
  readonly version: string;
  readonly genesisHash: string;
  readonly level: string;
  readonly chaincode: string;
}

/** A line of a saved state: the title, the header of every block, then what replay has come to. */
export type SavedLine =
  | { readonly title: SavedTitle }
  | { readonly header: SignedHeader }
  | { readonly run: SavedRun }
  | { readonly id: string }
  | { readonly entry: SavedEntry }
  | { readonly private: SavedEntry };

/** Every entry of a state, in the order of namespaces and keys. */
export function* savedEntries(state: MemoryState): Generator<SavedEntry> {
  for (const namespace of state.namespaces()) {
    for (const [key, { value, version, metadata }] of state.range(namespace, '', '')) {
      const entry = [namespace, key, version.block, version.tx, base64(value)] as const;
      yield metadata === undefined ? entry : [...entry, base64(metadata)];
    }
  }
}

export function restoredEntry([namespace, key, block, tx, value, metadata]: SavedEntry): StateUpdate {
  return {
    namespace,
    key,
    version: { block, tx },
    value: Buffer.from(value, 'base64'),
    ...(metadata !== undefined && { metadata: Buffer.from(metadata, 'base64') }),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
