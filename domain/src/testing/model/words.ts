import type { JsonObject } from '../../json/value.js';
import { readStatement } from '../../statement/read-statement.js';
import { testLedger, testUcr } from '../cast.js';
import { actEvent } from '../statement-stage.js';
import { observation, TestDevice } from '../test-device.js';
import { stepsOf, type Member } from './step.js';

/** What a key may have said under one number: one thing, another, or that the event under number 1 is in error. */
export const sayings = ['one', 'other', 'error'] as const;
export type Saying = (typeof sayings)[number];

export const devices = [0, 1, 2] as const;
export const numbers = [1, 2, 3, 4] as const;

/** What a statement is in the model: whose key, which number, what is said. */
export interface Word {
  readonly device: number;
  readonly seq: number;
  readonly saying: Saying;
}

const kit = devices.map((index) => new TestDevice(testLedger, new Uint8Array(32).fill(index + 50)));

export function deviceAt(index: number): TestDevice {
  const device = kit[index];
  if (device === undefined) throw new RangeError(`no device ${String(index)}`);
  return device;
}

const signed = new Map<string, string>();

/** The statement as the key signs it: always the same bytes. */
export function jwsOf(word: Word): string {
  const { device, seq } = word;
  const name = nameOf(word);
  const known = signed.get(name);
  if (known !== undefined) return known;
  const jws = deviceAt(device).statement({ seq, payload: eventOf(word) });
  signed.set(name, jws);
  return jws;
}

function eventOf({ device, saying }: Word): JsonObject {
  if (saying !== 'error') {
    return actEvent(
      observation(`urn:epc:id:bic:${saying === 'one' ? 'CSQU3054383' : 'TCLU4265727'}`),
      testUcr,
    );
  }
  const corrected: Word = { device, seq: 1, saying: 'one' };
  const errorDeclaration = { declarationTime: '2026-01-31T13:00:00Z', reason: 'did_not_occur' };
  return { ...eventOf(corrected), eventID: statementIdOf(corrected), errorDeclaration };
}

export function statementIdOf(word: Word): string {
  return readStatement(jwsOf(word)).statementId;
}

export function nameOf({ device, seq, saying }: Word): string {
  return `${String(device)}/${String(seq)}/${saying}`;
}

/** A key in the model. */
export interface ModelKey {
  status: 'active' | 'suspended' | 'rotated' | 'revoked';
  suspendedBy?: 'owner' | 'customs' | 'equivocation';
  /** The last number before the rotation, under which the key has said `one`. */
  end?: number;
  /** The number of the newest epoch, and where it starts. */
  epoch: number;
  epochStart: number;
  /** The block since which the owner claims to have lost the key. */
  claim?: number;
  isConfirmed: boolean;
}

/** A dispute in the model: about what, and what was said to it. */
export interface ModelDispute {
  readonly word: Word;
  status: 'open' | 'upheld' | 'dismissed' | 'withdrawn';
  isAnswered: boolean;
  isRuled: boolean;
}

/** Keys and what they have said, without any of the ledger's own rules. */
export class Words {
  readonly keys = new Map<number, ModelKey>();
  /** What is recorded, by device and number. Nothing is ever taken out or changed. */
  readonly recorded = new Map<string, Word & { readonly isLate: boolean }>();
  readonly proven = new Set<string>();
  readonly disputes = new Map<string, ModelDispute>();

  /** What a key has said under a number, as far as it is recorded. */
  said({ device, seq }: Pick<Word, 'device' | 'seq'>): Saying | undefined {
    return this.recorded.get(`${String(device)}/${String(seq)}`)?.saying;
  }

  record(word: Word, isLate: boolean): true {
    this.recorded.set(`${String(word.device)}/${String(word.seq)}`, { ...word, isLate });
    return true;
  }

  /** Whether a key may still add this to the ledger. */
  mayAdd({ device, seq, saying }: Word): boolean {
    const { status, end = 0 } = this.keys.get(device) ?? {};
    if (status === 'rotated') return seq < end || (seq === end && saying === 'one');
    return status === 'active';
  }
}

export const owner: Member = 'CARRIER1';
export const wordStep = stepsOf<Words>();
