import { Response, decode, utf8 } from '@passage/ledger';

import { ChaincodeMessage, MessageType, messageTypeName } from '@passage/ledger/simulation';
import { openChaincodeStream } from './stream.js';
import type { ChaincodeStream, ChaincodeTarget } from './stream.js';

/** One call of a chaincode: what it is told, and how the peer answers while it runs. */
export interface Invocation {
  readonly channel: string;
  readonly txId: string;
  /** protos.ChaincodeInput bytes. */
  readonly input: Uint8Array;
  /** protos.SignedProposal bytes; creator, transient data and timestamp reach the chaincode through it. */
  readonly proposal: Uint8Array;
  /** Answers one request of the shim with the payload of a RESPONSE; what it throws goes back as an ERROR. */
  readonly answer: (type: number, payload: Uint8Array) => Uint8Array;
}

/** What a chaincode made of a call. */
export interface Outcome {
  readonly response: Response;
  /** protos.ChaincodeEvent bytes as the chaincode set them, empty where it set none. */
  readonly event: Uint8Array;
}

/** How long a call may take (chaincode.executetimeout). */
const EXECUTE_TIMEOUT_MS = 30_000;

interface Running {
  readonly invocation: Invocation;
  readonly complete: (message: ChaincodeMessage) => void;
  readonly fail: (error: Error) => void;
}

/**
 * One organisation's connection to its chaincode process. It is dialled when it is first needed and again after it was
 * lost; calls run side by side on one stream.
 */
export class ChaincodeConnection {
  readonly #name: string;
  readonly #target: ChaincodeTarget;
  readonly #timeoutMs: number;
  readonly #running = new Map<string, Running>();
  #stream: Promise<ChaincodeStream> | undefined;

  constructor(name: string, target: ChaincodeTarget, timeoutMs: number = EXECUTE_TIMEOUT_MS) {
    this.#name = name;
    this.#target = target;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Lets the chaincode run one call. A refusal by the chaincode is an outcome like any other; only a failure of the
   * conversation is thrown.
   *
   * @throws Error in Fabric's words: could not launch, timed out, stream terminated, transaction id already running.
   */
  async execute(invocation: Invocation): Promise<Outcome> {
    const stream = await this.#connected();
    const message = await this.#converse(stream, invocation);
    if (message.type === MessageType.ERROR) {
      throw new Error(`transaction returned with failure: ${Buffer.from(message.payload).toString()}`);
    }
    return { response: decode(Response, message.payload), event: message.chaincodeEvent };
  }

  /** Ends the conversation and every call that still runs. */
  close(): void {
    const stream = this.#stream;
    this.#lost();
    void stream?.then(
      (open) => open.close(),
      () => undefined,
    );
  }

  async #connected(): Promise<ChaincodeStream> {
    this.#stream ??= openChaincodeStream(this.#target, {
      onMessage: (message, stream) => this.#receive(message, stream),
      onEnd: () => this.#lost(),
    });
    try {
      return await this.#stream;
    } catch (error) {
      this.#stream = undefined;
      const cause = error instanceof Error ? error.message : String(error);
      const sentence = `could not launch chaincode ${this.#name}: connection to ${this.#target.address} failed: ${cause}`;
      throw new Error(sentence, { cause: error });
    }
  }

  #lost(): void {
    this.#stream = undefined;
    for (const { fail } of this.#running.values())
      fail(new Error('error sending: chaincode stream terminated'));
  }

  #converse(stream: ChaincodeStream, invocation: Invocation): Promise<ChaincodeMessage> {
    const { channel, txId, input, proposal } = invocation;
    if (this.#running.has(txId))
      return Promise.reject(new Error(`error sending: txid: ${txId}(${channel}) exists`));
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#running.delete(txId);
      };
      const fail = (error: Error): void => {
        end();
        reject(error);
      };
      const complete = (message: ChaincodeMessage): void => {
        end();
        resolve(message);
      };
      const timer = setTimeout(
        () => fail(new Error('error sending: timeout expired while executing transaction')),
        this.#timeoutMs,
      );
      this.#running.set(txId, { invocation, complete, fail });
      stream.send({ type: MessageType.TRANSACTION, payload: input, txId, channelId: channel, proposal });
    });
  }

  #receive(message: ChaincodeMessage, stream: ChaincodeStream): void {
    const { type, payload, txId, channelId } = message;
    const running = this.#running.get(txId);
    if (type === MessageType.COMPLETED || type === MessageType.ERROR) {
      running?.complete(message);
      return;
    }
    stream.send({ txId, channelId, ...answer(running?.invocation, type, payload, txId) });
  }
}

/** The answer to one request, or the sentence that Fabric would send instead. */
function answer(
  invocation: Invocation | undefined,
  type: number,
  payload: Uint8Array,
  txId: string,
): { type: number; payload: Uint8Array } {
  try {
    if (invocation === undefined) throw new Error('no ledger context');
    return { type: MessageType.RESPONSE, payload: invocation.answer(type, payload) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const sentence = `${messageTypeName(type)} failed: transaction ID: ${txId}: ${why}`;
    return { type: MessageType.ERROR, payload: utf8(sentence) };
  }
}
