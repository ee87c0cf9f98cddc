import {
  type JsonValue,
  jwkThumbprint,
  type PublicJwk,
  readPublicJwk,
  readStatement,
  type VerifiedStatement,
  verifyStatement,
} from '@passage/domain';
import { messageOf } from '../errors/device-error.js';
import type { ChainEnd, SignedStatement } from '../statement/sign-statement.js';

/**
 * The lines of a queue file, each one JSON object:
 * `{"format":"passage-queue-1","seq","last"?,"waiting":[jws],"earlier"?:[jwk]}` first: where the chain stood, and what was
 * still to be sent, when the file was last tidied; some of it may be signed by earlier keys of the device;
 * `{"jws"}` a statement, written before it leaves the kit;
 * `{"done":[statementId]}` these need not be sent again.
 */
const format = 'passage-queue-1';

/** Whose queue it is: every statement in it must be signed by this key for this ledger. */
export interface QueueOwner {
  readonly jwk: PublicJwk;
  readonly aud: string;
}

/** What a queue file says: the end of the chain, and what is still to be sent, in order. */
export interface QueueState {
  readonly end: ChainEnd;
  readonly waiting: ReadonlyMap<string, SignedStatement>;
  /** The device's keys before this one of which statements may wait. */
  readonly earlier: readonly PublicJwk[];
}

export function headLine(
  end: ChainEnd,
  waiting: readonly SignedStatement[] = [],
  earlier: readonly PublicJwk[] = [],
): string {
  const keys = earlier.length > 0 && { earlier };
  return JSON.stringify({ format, ...end, waiting: waiting.map(({ jws }) => jws), ...keys });
}

export function statementLine(statement: SignedStatement): string {
  return JSON.stringify({ jws: statement.jws });
}

export function doneLine(statementIds: readonly string[]): string {
  return JSON.stringify({ done: statementIds });
}

/**
 * Reads a queue file again. Every statement is checked: signed by the owner's key for the owner's ledger, numbered without
 * a gap, each naming the one before it. So a damaged file is noticed before a number could be used twice.
 *
 * @throws Error with the number of the first line that is not as it was written.
 */
export function readQueue(lines: readonly string[], owner: QueueOwner): QueueState {
  const [head = '', ...rest] = lines;
  let draft = atLine(1, () => readHead(head, owner));
  rest.forEach((line, index) => {
    draft = atLine(index + 2, () => readEntry(line, draft, owner));
  });
  return draft;
}

type Draft = QueueState & { readonly waiting: Map<string, SignedStatement> };

function atLine<T>(number: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`line ${number}: ${messageOf(error)}`, { cause: error });
  }
}

function readHead(line: string, owner: QueueOwner): Draft {
  const head = JSON.parse(line) as Partial<
    Record<'format' | 'seq' | 'last' | 'waiting' | 'earlier', unknown>
  >;
  if (head.format !== format || !Array.isArray(head.waiting)) throw new Error(`not a queue of ${format}`);
  const end = readEnd(head.seq, head.last);
  const earlier = readKeys(head.earlier);
  const waiting = new Map<string, SignedStatement>();
  for (const jws of head.waiting) {
    const { header, statementId } = readSigned(String(jws), owner, earlier);
    if (header.kid === jwkThumbprint(owner.jwk) && header.seq > end.seq) {
      throw new Error(`statement ${header.seq} is beyond the end of the chain`);
    }
    waiting.set(statementId, { seq: header.seq, statementId, jws: String(jws) });
  }
  return { end, waiting, earlier };
}

function readKeys(keys: unknown): readonly PublicJwk[] {
  if (keys !== undefined && !Array.isArray(keys)) throw new Error('the earlier keys are not readable');
  return (keys ?? []).map((jwk) => readPublicJwk(jwk as JsonValue));
}

function readEnd(seq: unknown, last: unknown): ChainEnd {
  if (seq === 0 && last === undefined) return { seq };
  if (typeof seq === 'number' && seq > 0 && typeof last === 'string') return { seq, last };
  throw new Error('the end of the chain is not readable');
}

function readEntry(line: string, draft: Draft, owner: QueueOwner): Draft {
  const { end, waiting } = draft;
  const entry = JSON.parse(line) as { jws?: unknown; done?: unknown };
  if (Array.isArray(entry.done)) {
    for (const id of entry.done) waiting.delete(String(id));
    return draft;
  }
  if (typeof entry.jws !== 'string') throw new Error('neither a statement nor an acknowledgement');
  const { header, statementId, jws } = readSigned(entry.jws, owner);
  if (header.seq !== end.seq + 1) throw new Error(`statement ${header.seq} follows ${end.seq}`);
  if (header.prev !== end.last) throw new Error('the statement does not name the one before it');
  waiting.set(statementId, { seq: header.seq, statementId, jws });
  return { ...draft, end: { seq: header.seq, last: statementId } };
}

/** A statement of the owner's key, or of an earlier one where there are such. */
function readSigned(jws: string, owner: QueueOwner, earlier: readonly PublicJwk[] = []): VerifiedStatement {
  const read = readStatement(jws);
  const before = earlier.find((jwk) => jwkThumbprint(jwk) === read.header.kid);
  const statement = verifyStatement(read, before ?? owner.jwk);
  if (statement.header.aud !== owner.aud) throw new Error('signed for another ledger');
  return statement;
}
