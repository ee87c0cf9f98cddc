import {
  PassageError,
  errorRules,
  isErrorCode,
  keys,
  prepareTransaction,
  readStatement,
} from '@passage/domain';
import type { Caller as LedgerCaller } from '@passage/domain';
import * as z from 'zod';

import { Refusal, refusalOf } from '../errors.js';
import type { StateValues } from '../recorded-ledger.js';
import { batchLimit } from './batch-limit.js';
import { batchResults } from './batch-answers.js';
import type { WaitingStatement } from './outbox.js';

/** Why a statement is refused at the door. */
export interface DoorRefusal {
  readonly index: number;
  readonly statementId?: string;
  readonly code: string;
  readonly pointer?: string;
  readonly message: string;
  readonly next: string;
}

/** What the rules say of each statement that was sent, by its place in the list. */
export interface DoorVerdict {
  readonly good: readonly (WaitingStatement & { readonly index: number; readonly recorded: boolean })[];
  readonly refused: readonly DoorRefusal[];
}

const refusedDetails = z.object({
  refused: z.array(
    z.object({ index: z.number(), code: z.string(), pointer: z.string().optional(), message: z.string() }),
  ),
});

/**
 * Judges statements with the domain's own rule before they are taken, over the index's state: the same code that the
 * endorsing peers run, so the refusal is the one they would give, only sooner. A key that the index does not know is
 * looked up at the peer (`freshDevice`) before it is called unknown: another gateway may just have registered it.
 */
export async function checkStatements(
  statements: readonly string[],
  caller: LedgerCaller,
  state: StateValues,
  freshDevice: (kid: string) => Promise<Uint8Array | undefined>,
): Promise<DoorVerdict> {
  const good: DoorVerdict['good'][number][] = [];
  const refused: DoorRefusal[] = [];
  const most = await batchLimit(state);
  for (let from = 0; from < statements.length; from += most) {
    const part = statements.slice(from, from + most).map((jws, i) => ({ jws, index: from + i }));
    const verdict = await checkPart(part, caller, state, freshDevice);
    good.push(...verdict.good);
    refused.push(...verdict.refused);
  }
  return { good, refused };
}

interface Item {
  readonly jws: string;
  readonly index: number;
}

async function checkPart(
  items: readonly Item[],
  caller: LedgerCaller,
  state: StateValues,
  freshDevice: (kid: string) => Promise<Uint8Array | undefined>,
): Promise<DoorVerdict> {
  let rest = items;
  let refused: readonly DoorRefusal[] = [];
  // The second round judges what the first left over, now as a batch of its own.
  while (rest.length > 0) {
    const answer = await judge(rest, caller, state, freshDevice);
    if ('good' in answer) return { good: answer.good, refused };
    refused = [...refused, ...answer.refused];
    const bad = new Set(answer.refused.map((r) => r.index));
    rest = rest.filter((item) => !bad.has(item.index));
  }
  return { good: [], refused };
}

async function judge(
  items: readonly Item[],
  caller: LedgerCaller,
  state: StateValues,
  freshDevice: (kid: string) => Promise<Uint8Array | undefined>,
): Promise<{ good: DoorVerdict['good'] } | { refused: readonly DoorRefusal[] }> {
  try {
    const argument = JSON.stringify({ statements: items.map((item) => item.jws) });
    const prepared = prepareTransaction('RecordStatements', argument, caller);
    const values = new Map<string, Uint8Array | undefined>();
    for (let asked = prepared.reads; asked.length > 0; asked = prepared.more(values)) {
      const found = await state(asked);
      for (const key of asked) values.set(key, found.get(key));
      if (asked !== prepared.reads) continue;
      for (const kid of unknownDevices(items, values)) values.set(keys.device(kid), await freshDevice(kid));
    }
    // Judging a statement reads neither transaction id nor time; the endorsers will supply the real ones.
    const { response } = prepared.execute(values, { txId: '', timestamp: '' });
    const results = batchResults(response);
    return {
      good: items.map(({ jws, index }, i) => ({
        index,
        jws,
        statementId: results[i]?.statementId ?? '',
        recorded: results[i]?.status === 'duplicate',
      })),
    };
  } catch (error) {
    if (!(error instanceof PassageError)) throw error;
    const parsed = refusedDetails.safeParse(error.details);
    if (error.code !== 'BATCH_REFUSED' || !parsed.success) throw refusalOf(error);
    return { refused: parsed.data.refused.map((r) => doorRefusal(r, items[r.index])) };
  }
}

/** Devices that the statements name and the state does not hold, each once. */
function unknownDevices(
  items: readonly Item[],
  values: ReadonlyMap<string, Uint8Array | undefined>,
): Set<string> {
  const kids = items.flatMap(({ jws }) => readKid(jws) ?? []);
  return new Set(kids.filter((kid) => values.get(keys.device(kid)) === undefined));
}

function readKid(jws: string): string | undefined {
  return readOr(jws)?.header.kid;
}

function readOr(jws: string): ReturnType<typeof readStatement> | undefined {
  try {
    return readStatement(jws);
  } catch (error) {
    if (error instanceof PassageError) return undefined;
    throw error;
  }
}

function doorRefusal(
  { code, pointer, message }: { code: string; pointer?: string | undefined; message: string },
  item: Item | undefined,
): DoorRefusal {
  const statementId = item && readOr(item.jws)?.statementId;
  return {
    index: item?.index ?? -1,
    ...(statementId !== undefined && { statementId }),
    code,
    ...(pointer !== undefined && pointer !== '' && { pointer }),
    message,
    next: nextStep(code),
  };
}

/** What to do about a refusal with this code, as docs/errors.md says it. */
export function nextStep(code: string): string {
  return isErrorCode(code) ? errorRules[code].next : 'Look the code up in docs/errors.md.';
}

/** The device record that a peer gives, or undefined when it knows none. */
export async function deviceAtPeer(evaluate: () => Promise<string>): Promise<Uint8Array | undefined> {
  try {
    return Buffer.from(await evaluate());
  } catch (error) {
    if (error instanceof Refusal && error.code === 'DEVICE_UNKNOWN') return undefined;
    throw error;
  }
}
