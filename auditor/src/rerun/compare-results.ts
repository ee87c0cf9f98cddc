import {
  ChaincodeEvent,
  decode,
  encode,
  equalBytes,
  readReadWriteSet,
  Response,
  toHex,
} from '@passage/ledger';
import type { KeySet, ReadWriteSet } from '@passage/ledger';
import type { Recorded } from './recorded.js';
import { sha256 } from './sha256.js';

/** What a chaincode made of a call. */
export interface CallOutcome {
  readonly response: Response;
  /** protos.ChaincodeEvent bytes as the chaincode set them; empty where it set none. */
  readonly event: Uint8Array;
}

/** Where a result is not what the chaincode gives. */
export interface Unlike {
  /** What the chaincode gives. */
  readonly expected: string;
  /** What the chain has. */
  readonly found: string;
}

/** Statuses from here on are errors, which peers do not endorse (F:core/endorser/endorser.go). */
const ERROR_THRESHOLD = 400;

/** Text up to this length is shown as it is. */
const SHOWN = 60;

/** Holds the result of a rerun against the recorded one, byte for byte; names the first thing that is unlike. */
export function compareResults(
  { chaincode, txId, transaction }: Recorded,
  results: Uint8Array,
  { response, event }: CallOutcome,
): Unlike | undefined {
  const recorded = transaction.chaincodeAction;
  if (response.status >= ERROR_THRESHOLD)
    return { expected: `a refusal (${show(Buffer.from(response.message))})`, found: 'a valid transaction' };
  if (!equalBytes(results, recorded.results)) return unlikeSets(results, recorded.results);
  const answers = [response, recorded.response].map((one) => encode(Response, one ?? {}));
  if (!same(answers)) return unlike('the answer', answers.map(payloadOf));
  const events = [stamp(event, chaincode, txId), recorded.events];
  return same(events) ? undefined : unlike('the event', events);
}

/** A peer writes into an event which chaincode and transaction it comes from. */
function stamp(event: Uint8Array, chaincodeId: string, txId: string): Uint8Array {
  if (event.length === 0) return event;
  return encode(ChaincodeEvent, { ...decode(ChaincodeEvent, event), chaincodeId, txId });
}

function unlikeSets(results: Uint8Array, recorded: Uint8Array): Unlike {
  const [mine, theirs] = [results, recorded].map((bytes) => linesOf(readReadWriteSet(bytes)));
  const names = [...new Set([...(mine?.keys() ?? []), ...(theirs?.keys() ?? [])])];
  const name = names.find((one) => mine?.get(one) !== theirs?.get(one));
  if (name === undefined) return unlike('the order or form of the read and write set', [results, recorded]);
  return {
    expected: `${name} ${mine?.get(name) ?? 'not there'}`,
    found: theirs?.get(name) ?? 'not there',
  };
}

/** A read and write set, one entry for each thing that was read or written, by what it is. */
function linesOf(sets: ReadWriteSet): ReadonlyMap<string, string> {
  const all: readonly KeySet[] = sets.flatMap((set) => [set, ...set.collections]);
  return new Map([
    ...all.flatMap(keyLines),
    ...sets.flatMap(({ namespace, ranges }) =>
      ranges.map((range, index): Line => [
        `range ${String(index)} in ${namespace}`,
        JSON.stringify(range, plain),
      ]),
    ),
    ...sets.flatMap(({ collections }) =>
      collections.map(({ namespace, privateHash }): Line => [
        `private set of ${namespace}`,
        toHex(privateHash),
      ]),
    ),
  ]);
}

type Line = readonly [name: string, value: string];

function keyLines({ namespace, reads, writes, metadataWrites }: KeySet): readonly Line[] {
  const name = (what: string, key: string): string => `${what} of ${show(Buffer.from(key))} in ${namespace}`;
  return [
    ...writes.map(({ key, value, purge }): Line => [
      name('write', key),
      value === undefined ? `as ${purge === true ? 'purge' : 'deletion'}` : `as ${show(value)}`,
    ]),
    ...metadataWrites.map(({ key, entries }): Line => [
      name('metadata', key),
      `as ${entries.map((entry) => `${entry.name} ${show(entry.value)}`).join(', ') || 'none'}`,
    ]),
    ...reads.map(({ key, version }): Line => [
      name('read', key),
      version === undefined
        ? 'of nothing'
        : `at block ${String(version.block)}, transaction ${String(version.tx)}`,
    ]),
  ];
}

function plain(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? toHex(value) : value;
}

function same([one, other]: readonly Uint8Array[]): boolean {
  return one !== undefined && other !== undefined && equalBytes(one, other);
}

function unlike(what: string, [mine, theirs]: readonly Uint8Array[]): Unlike {
  return { expected: `${what} ${show(mine)}`, found: show(theirs) };
}

function payloadOf(response: Uint8Array): Uint8Array {
  return decode(Response, response).payload;
}

/** Short printable text as it is, everything else by size and hash. */
function show(bytes: Uint8Array | undefined): string {
  if (bytes === undefined || bytes.length === 0) return 'nothing';
  const text = Buffer.from(bytes).toString('utf8');
  const isPlain = text.length <= SHOWN && /^[\x20-\x7e]*$/.test(text);
  return isPlain
    ? JSON.stringify(text)
    : `${String(bytes.length)} bytes of SHA-256 ${toHex(sha256(bytes)).slice(0, 16)}…`;
}
