import type { SignatureMethod } from '@passage/ledger';
import type { Level } from './report.js';
import type { Openings } from './rerun/openings.js';
import type { Packages } from './rerun/packages.js';
import type { BlockSource } from './source/block-source.js';

export interface ReplayOptions {
  /** Header hash of block 0, lower-case hex: where trust starts. */
  readonly genesisHash: string;
  /** How far to go, unless the chaincode is run again: `ledger` if nothing is said. */
  readonly level?: 'hash' | 'ledger';
  /** What it takes to run the chaincode again; with it the level is `rerun`. */
  readonly rerun?: { readonly packages: Packages; readonly openings?: Openings };
  /** Name of the chaincode whose records are looked at; `passage` unless told otherwise. */
  readonly chaincode?: string;
  /** SHA-256 of the package with the rules of this program: what another one wrote by rules of its own is no difference, but a finding. */
  readonly ownPackage?: string;
  /** Other sources of the same chain, to be held against the first, and to give what that one has not. */
  readonly beside?: readonly BlockSource[];
  /** How many threads look at blocks ahead, the one that judges among them. Without it, each block is looked at when it is judged. */
  readonly threads?: number;
  /** How those threads check signatures; together if nothing is said. */
  readonly signatures?: SignatureMethod;
  /** Go on after the first difference, to name them all. */
  readonly all?: boolean;
  /** Where to keep what a later run goes on from, and to go on from if there is something. */
  readonly state?: { readonly folder: string; readonly expected?: string };
  readonly onProgress?: (progress: ReplayProgress) => void;
}

export interface ReplayProgress {
  readonly blocks: number;
  readonly transactions: number;
  /** Part of the source that has been read, from 0 to 1. */
  readonly done: number;
}

/** How far a replay goes. */
export function levelOf({ rerun, level }: Pick<ReplayOptions, 'rerun' | 'level'>): Level {
  return rerun === undefined ? (level ?? 'ledger') : 'rerun';
}

/** Name of the chaincode whose records are looked at. */
export function chaincodeOf({ chaincode }: Pick<ReplayOptions, 'chaincode'>): string {
  return chaincode ?? 'passage';
}

/** Whether blocks are looked at beforehand, many together: by other threads, or by the one that judges where it is alone. */
export function isLookedAhead<Options extends Pick<ReplayOptions, 'threads'>>(
  options: Options,
): options is Options & { readonly threads: number } {
  return options.threads !== undefined;
}
