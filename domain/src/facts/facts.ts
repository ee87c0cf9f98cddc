import type { CalibrationPeriod } from '../device/calibration.js';
import type { ChainEnd } from '../device/chain-end.js';
import type { LedgerPoint } from '../device/ledger-point.js';
import type { LedgerPosition } from './ledger-position.js';
import type { Whereabouts } from './whereabouts.js';

/*
 * What the ledger holds, as far as something follows from it. Index and auditor make these from verified blocks; the functions
 * that judge them know nothing of records and rows. All times are milliseconds since 1970 in UTC.
 */

/** A recorded statement. */
export interface StatementFact {
  readonly at: LedgerPosition;
  /** The ledger time of its block. */
  readonly ledgerTime: number;
  readonly statementId: string;
  readonly kid: string;
  readonly seq: number;
  readonly prev?: string;
  /** The party that owns the device, and its organisation. */
  readonly owner: string;
  readonly mspId: string;
  /** Filed by the owner after the key was revoked. */
  readonly late: boolean;
  /** The device's claim; absent where it cannot be read as a time. */
  readonly eventTime?: number;
  /** EPCs, as `subjectsOf` names them: things that are at one place at a time. */
  readonly things: readonly string[];
  /** UCRs. */
  readonly consignments: readonly string[];
  readonly where?: Whereabouts;
  readonly bizStep?: string;
  readonly disposition?: string;
}

/** A device's key: what became of it, by the ledger's order. */
export interface KeyFact {
  readonly kid: string;
  readonly kind: string;
  readonly revoked?: LedgerPosition;
  /** The claim that it was in other hands, once customs has confirmed it. */
  readonly compromise?: { readonly since: LedgerPoint; readonly confirmed: LedgerPosition };
  /** Where its own chain ended by its own word, when it was rotated. */
  readonly rotated?: ChainEnd & { readonly at: LedgerPosition; readonly ledgerTime: number };
  /** The numbers among which the facts hold every recorded statement; absent where they hold all. */
  readonly known?: { readonly from: number; readonly to: number };
  /** For when the device was calibrated, by its owner's word; empty where nothing was said. */
  readonly calibrations: readonly CalibrationPeriod[];
  /** The numbers under which it was proven to have signed two statements. */
  readonly equivocations: readonly EquivocationFact[];
  /** Each new count after lost memory. */
  readonly epochs: readonly { readonly firstSeq: number; readonly after: ChainEnd }[];
}

/** Proof that a key has signed two statements under one number, from when it was filed. */
export interface EquivocationFact {
  readonly seq: number;
  readonly at: LedgerPosition;
  readonly transactionId: string;
  readonly statementIds: readonly string[];
}

/** Goods or things that may not move: from a hold until it is lifted, if it is. */
export interface HoldFact {
  /** What names it: the hold's id. */
  readonly id: string;
  readonly transactionId: string;
  /** EPCs and UCRs. */
  readonly objects: readonly string[];
  readonly at: LedgerPosition;
  readonly from: number;
  readonly until?: number;
}

/** Customs lets goods go: what is opened from then on is lawful. */
export interface ReleaseFact {
  readonly transactionId: string;
  /** EPCs and UCRs. */
  readonly objects: readonly string[];
  readonly from: number;
}

/** A seal was opened or removed by an act. What devices see of seals comes in their statements. */
export interface SealOpeningFact {
  readonly seal: string;
  readonly transactionId: string;
  /** The unit it closed and the consignments in it. */
  readonly objects: readonly string[];
  readonly at: LedgerPosition;
  readonly time: number;
}

/** A handover that was offered, until it was answered, if it was. */
export interface OfferFact {
  readonly ucr: string;
  readonly handover: number;
  readonly transactionId: string;
  readonly at: LedgerPosition;
  readonly offered: number;
  readonly answered?: number;
  readonly where: Whereabouts;
}

/** One thing was in another from one position on, until it was taken out. */
export interface WithinFact {
  readonly inner: string;
  readonly outer: string;
  readonly transactionId: string;
  readonly from: LedgerPosition;
  readonly until?: LedgerPosition;
}

/** One thing was made into another. */
export interface MadeIntoFact {
  readonly input: string;
  readonly output: string;
  readonly transactionId: string;
  readonly at: LedgerPosition;
}

/** What a unit had of a consignment from one position on, until the next such fact. */
export interface ContentFact {
  /** As records name it: `container:CSQU3054383`. */
  readonly unit: string;
  readonly ucr: string;
  readonly at: LedgerPosition;
  readonly transactionId: string;
  /** Goods directly inside: so many packages, or all of them where nobody counted; absent where there are none. */
  readonly goods?: { readonly packages?: number };
  /** The unit that carried it, as far as this consignment goes. */
  readonly within?: string;
}

/** A closed seal on a unit, until it was opened or removed. */
export interface SealedFact {
  readonly seal: string;
  readonly unit: string;
  readonly transactionId: string;
  readonly from: LedgerPosition;
  readonly until?: LedgerPosition;
}

/** How many packages a consignment has. */
export interface PackagesFact {
  readonly ucr: string;
  readonly packages: number;
}

/** Where the ledger stands: what is judged by how long nothing came is judged by this. */
export interface LedgerNow {
  readonly block: number;
  readonly ledgerTime: number;
}
