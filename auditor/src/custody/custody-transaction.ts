import { isJsonObject, PassageError, parseKey, readJson } from '@passage/domain';
import { sentStatements } from '@passage/evidence/statements';
import { readRecord, RecordView } from './record-view.js';
import type {
  JsonObject,
  PartyActor,
  StateKey,
  StateKind,
  StateRecords,
  SignedStatements,
  UnverifiedStatement,
} from '@passage/domain';
import { outcomeOf, type Outcome } from './outcome.js';
import type { RecordedCall } from './recorded-call.js';
import type { Kept, Lookup } from './record-view.js';

/** What a transaction did to one record. */
export interface Change<Kind extends StateKind = StateKind> {
  readonly key: StateKey<Kind>;
  readonly kind: Kind;
  /** The ids in the key. */
  readonly ids: readonly string[];
  /** Undefined where nothing was there. */
  readonly before: StateRecords[Kind] | undefined;
  readonly after: StateRecords[Kind];
}

/** A transaction as the rules look at it. */
export interface CustodyTransaction extends Pick<RecordedCall, 'act' | 'caller' | 'at'> {
  /** Header hash of block 0, hex: which ledger this is. */
  readonly ledger: string;
  /** The argument; empty where it is no JSON object. */
  readonly input: JsonObject;
  /** What it brings to be recorded of devices, read once for all rules. */
  readonly statements: readonly UnverifiedStatement[];
  /** Statements whose signatures need no second look. */
  readonly signed: SignedStatements;
  /** The party whose act it is, once the registry agrees; a mandator where somebody acted for it. */
  readonly actor?: PartyActor;
  readonly before: RecordView;
  readonly after: RecordView;
  readonly changes: readonly Change[];
  /** What each key was left with, as it stands there. */
  readonly written: ReadonlyMap<string, Kept | undefined>;
  /** What the domain makes of the act; undefined where it is no act that it could judge. */
  readonly outcome: Outcome | undefined;
  /** Keys that were deleted, or hold what is no record. */
  readonly unreadable: readonly { readonly key: string; readonly why: string }[];
}

/** The changes of one kind of record. */
export function changesOf<Kind extends StateKind>(
  { changes }: CustodyTransaction,
  kind: Kind,
): readonly Change<Kind>[] {
  return changes.filter((change): change is Change<Kind> => change.kind === kind);
}

/** The party whose act it is. */
export function partyOf({ actor }: CustodyTransaction): string {
  return actor?.party.partyId ?? 'nobody';
}

/** A text in the input; undefined where there is none under this name. */
export function textIn(input: JsonObject, member: string): string | undefined {
  const value = input[member];
  return typeof value === 'string' ? value : undefined;
}

/** The texts of a list in the input. */
export function textsIn(input: JsonObject, member: string): readonly string[] {
  const value = input[member];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

/** Reads a transaction against the state before it. */
export function readTransaction(
  call: RecordedCall,
  state: Lookup,
  ledger: string,
  signed: SignedStatements,
): CustodyTransaction {
  const { act, argument, caller, at, writes } = call;
  const left = new Map(writes.map(({ key, kept }) => [key, kept]));
  const before = new RecordView(state);
  const after = new RecordView((key) => (left.has(key) ? left.get(key) : state(key)));
  const input = readInput(argument);
  const read = writes.map(({ key, kept }) => readChange(key, kept, before));
  return {
    act,
    caller,
    at,
    ledger,
    input,
    statements: sentStatements(act, input),
    signed,
    before,
    after,
    changes: read.filter((each) => 'after' in each),
    unreadable: read.filter((each) => 'why' in each),
    written: left,
    outcome: outcomeOf(call, state, signed),
  };
}

function readChange(
  key: string,
  kept: Kept | undefined,
  before: RecordView,
): Change | CustodyTransaction['unreadable'][number] {
  const parsed = parseKey(key);
  if (parsed === undefined) return { key, why: 'a key of no kind' };
  if (kept === undefined) return { key, why: 'nothing: it was deleted' };
  const ours = key as StateKey;
  const after = readRecord(ours, kept.value);
  return after === undefined
    ? { key, why: 'what is no record of this version' }
    : { ...parsed, key: ours, before: before.get(ours), after };
}

function readInput(argument: Uint8Array): JsonObject {
  try {
    const json = readJson(argument, { what: 'The argument', maxBytes: Infinity });
    return isJsonObject(json) ? json : {};
  } catch (error) {
    if (error instanceof PassageError) return {};
    throw error;
  }
}
