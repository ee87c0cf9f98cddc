import { setTimeout as sleep } from 'node:timers/promises';

import { PassageError, prepareTransaction } from '@passage/domain';
import type { Caller as LedgerCaller, JsonObject } from '@passage/domain';
import * as z from 'zod';

import type { ActingIdentity } from '../enrolment/identities.js';
import { gatewayError, refusalOf } from '../errors.js';
import type { PrivatePart } from '../fabric/ports.js';
import type { Origin } from '../index/tables/index.js';
import { Gate } from './gate.js';
import type { Sender } from './sender.js';

/** Proof of what was done: the block holds it. */
export interface Receipt {
  readonly requestId: string;
  readonly duplicate: boolean;
  readonly transactionId: string;
  readonly block: number;
  /** What the chaincode told its caller. */
  readonly result: JsonObject;
}

/** An act to carry out: who does it, and as which certificate. */
export interface Act {
  readonly command: string;
  readonly input: { readonly requestId: string };
  readonly identity: ActingIdentity;
  /** What the certificate says, for the early check. */
  readonly caller: LedgerCaller;
  /** Of an act on private collections. */
  readonly secret?: PrivatePart;
  /** That the own peer has the block that the act rests on: other organisations' get time to come there, too. */
  readonly isAhead?: boolean;
}

const answer = z.object({ result: z.record(z.string(), z.unknown()), duplicate: z.boolean() });

const request = z.object({ requestId: z.string() });

/** How long a caller waits for the block before the answer is COMMIT_UNKNOWN. */
const PATIENCE_MS = 60_000;

/** Carries out acts, one transaction each, and answers when a verified block holds them. */
export class Commands {
  readonly #sender: Sender;
  readonly #request: (who: string, requestId: string) => Promise<Origin | undefined>;
  readonly #gate = new Gate(64, 256);
  readonly #patience: number;

  constructor(
    sender: Sender,
    request: (who: string, requestId: string) => Promise<Origin | undefined>,
    patience = PATIENCE_MS,
  ) {
    this.#sender = sender;
    this.#request = request;
    this.#patience = patience;
  }

  /** Throws a Refusal: the rules' codes, or the gateway's own. Doing it again with the same request id is always safe. */
  async run({ command, input, identity, caller, secret, isAhead }: Act): Promise<Receipt> {
    const json = JSON.stringify(input);
    checkForm(command, json, caller, secret);
    const signal = AbortSignal.timeout(this.#patience);
    const isSettled = (result: string): boolean => read(result).duplicate;
    const sent = await this.#gate.run(() =>
      this.#sender.send(command, json, identity, {
        isSettled,
        signal,
        ...(secret && { secret }),
        ...(isAhead === true && { ahead: caller.mspId }),
      }),
    );
    const { result } = read(sent.result);
    const { requestId } = input;
    if (sent.commit) {
      return {
        requestId,
        duplicate: false,
        transactionId: sent.transactionId,
        block: sent.commit.block,
        result,
      };
    }
    const origin = await this.#originOf(caller, requestId, signal);
    return { requestId, duplicate: true, transactionId: origin.transaction_id, block: origin.block, result };
  }

  /** The receipt of a request that had been carried out before, by the chaincode's answer; undefined for a new one. */
  async earlier(answer: string, caller: LedgerCaller, argument: string): Promise<Receipt | undefined> {
    const { result, duplicate } = read(answer);
    if (!duplicate) return undefined;
    const { requestId } = request.parse(JSON.parse(argument));
    const origin = await this.#originOf(caller, requestId, AbortSignal.timeout(this.#patience));
    return { requestId, duplicate: true, transactionId: origin.transaction_id, block: origin.block, result };
  }

  /** The block of a request that was carried out earlier; endorsers may be a block ahead of this index. */
  async #originOf(caller: LedgerCaller, requestId: string, signal: AbortSignal): Promise<Origin> {
    const who = caller.partyId ?? `admin:${caller.mspId}`;
    for (;;) {
      const origin = await this.#request(who, requestId);
      if (origin) return origin;
      try {
        await sleep(20, undefined, { signal });
      } catch {
        throw gatewayError(
          'COMMIT_UNKNOWN',
          'the request was carried out, but this gateway has not read its block yet',
          {
            retryable: true,
            next: 'Send the same request again, with the same request id; ledgerStatus shows how far the index is.',
          },
        );
      }
    }
  }
}

/** The rules about form and certificate need no state: a refusal comes before any peer is asked. */
function checkForm(command: string, json: string, caller: LedgerCaller, secret?: PrivatePart): void {
  try {
    prepareTransaction(command, json, caller, secret?.transient);
  } catch (error) {
    if (error instanceof PassageError) throw refusalOf(error);
    throw error;
  }
}

function read(result: string): { result: JsonObject; duplicate: boolean } {
  return answer.parse(JSON.parse(result)) as { result: JsonObject; duplicate: boolean };
}
