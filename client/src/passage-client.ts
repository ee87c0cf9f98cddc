import type { JsonObject } from '@passage/domain';

import { ClientError } from './errors.js';
import { GatewayDoor } from './gateway/gateway-door.js';
import type { GatewayAddress, Receipt } from './gateway/gateway-door.js';
import { fromBase64, toBase64 } from './gateway/base64.js';
import type { Intent } from './messages/intent.js';
import { reviewProposal } from './messages/review-proposal.js';
import { resultIn, reviewTransaction } from './messages/review-transaction.js';
import type { Signer } from './signing/signer.js';

/** What a client of one party stands on. */
export interface PassageClientOptions {
  readonly gateway: GatewayAddress;
  readonly signer: Signer;
  readonly channel: string;
  readonly chaincode: string;
  /** Asked before the second signature, with what the act comes to; without it every act that was asked for is signed. */
  readonly confirm?: (act: ConfirmedAct) => boolean | Promise<boolean>;
  /** Milliseconds since 1970; this machine's clock if not given. */
  readonly now?: () => number;
}

/** What is shown to whoever confirms. */
export interface ConfirmedAct {
  readonly command: string;
  readonly input: JsonObject;
  readonly transactionId: string;
  readonly result: JsonObject;
}

/** An act that stands in a block. */
export interface DoneAct {
  readonly receipt: Receipt;
  readonly result: JsonObject;
}

/** How often an act is proposed when others were quicker or a signature came too late. */
const MOST_PROPOSALS = 6;
/** Upper bound of the first pause between two proposals, in milliseconds; it doubles with each. */
const PAUSE_MS = 100;

/**
 * Acts of a party that keeps its own key: the gateway proposes and carries, this client looks at each of the two messages and
 * signs what was asked for, and nothing else. It believes nothing that the gateway says about what it signs.
 */
export class PassageClient {
  readonly #options: PassageClientOptions;
  readonly #door: GatewayDoor;

  constructor(options: PassageClientOptions) {
    this.#options = options;
    this.#door = new GatewayDoor(options.gateway);
  }

  /**
   * Carries out one act. The input's `requestId` makes it happen once, however often it is sent: keep it, and send the same
   * again when the answer was lost.
   *
   * @param transient for acts on openings alone.
   * @throws ClientError with a code of `clientRules`; after GATEWAY_REFUSED `details.code` is the gateway's or the rules' own.
   */
  async act(
    command: string,
    input: JsonObject & { readonly requestId: string },
    transient: ReadonlyMap<string, Uint8Array> = new Map(),
  ): Promise<DoneAct> {
    const { channel, chaincode, signer } = this.#options;
    const { mspId, certificate } = signer;
    const argument = JSON.stringify(input);
    const intent: Intent = { channel, chaincode, command, argument, transient, mspId, certificate };
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#once(intent, input);
      } catch (error) {
        if (!isWorthProposing(error)) throw error;
        if (attempt === MOST_PROPOSALS) throw unfinished(attempt, error);
        await pause(attempt);
      }
    }
  }

  async #once(intent: Intent, input: JsonObject): Promise<DoneAct> {
    const { signer, confirm, now = Date.now } = this.#options;
    const { command, argument, certificate, transient } = intent;
    const secrets = [...transient].map(([name, value]) => ({ name, value: toBase64(value) }));
    const proposed = await this.#door.propose({ command, argument, certificate, transient: secrets });
    const proposal = reviewProposal(fromBase64(proposed.proposal), intent, now());

    const endorsed = await this.#door.endorse({
      proposal: proposed.proposal,
      signature: toBase64(await signer.sign(proposal.bytes)),
    });
    if (endorsed.receipt) return { receipt: endorsed.receipt, result: resultIn(endorsed.answer, true) };

    const bytes = fromBase64(endorsed.transaction ?? '');
    const { result } = reviewTransaction(bytes, proposal, endorsed.answer);
    const { transactionId } = proposal;
    if (confirm && !(await confirm({ command, input, transactionId, result }))) {
      throw new ClientError('NOT_CONFIRMED', `${command} was not confirmed`);
    }
    const receipt = await this.#door.submit({
      transaction: toBase64(bytes),
      signature: toBase64(await signer.sign(bytes)),
    });
    return { receipt, result };
  }
}

/** Others were quicker, or the peers found the proposal too old: nothing was written, and a new proposal may do. */
function isWorthProposing(error: unknown): error is ClientError {
  if (!(error instanceof ClientError) || error.code !== 'GATEWAY_REFUSED') return false;
  return error.details['code'] === 'CONFLICT_PERSISTS' || error.details['code'] === 'PROPOSAL_EXPIRED';
}

function unfinished(attempts: number, cause: ClientError): ClientError {
  const sentence = `proposed ${attempts} times: ${cause.message}`;
  return new ClientError('ACT_UNFINISHED', sentence, { details: cause.details, cause });
}

function pause(attempt: number): Promise<void> {
  return new Promise((done) => setTimeout(done, Math.random() * PAUSE_MS * 2 ** attempt));
}
