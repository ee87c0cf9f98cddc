import type { Tally } from './send-statements.js';

/** The JSON object that `demo --json` ends on. Times are in seconds since the command began. */
export interface Summary {
  readonly network: string;
  readonly height: number;
  readonly shipments: number;
  readonly devices: number;
  readonly parties: number;
  readonly statements: Tally;
  readonly trace: { readonly ucr: string; readonly events: number; readonly custodian: string };
  readonly verification: { readonly checks: readonly string[]; readonly asOfBlock: number };
  readonly attempts: readonly { readonly what: string; readonly stoppedBy: string }[];
  readonly audit: { readonly blocks: number; readonly transactions: number; readonly differences: number };
  readonly seconds: {
    readonly install: number;
    readonly ready: number;
    readonly firstTrace: number;
    readonly total: number;
  };
}
