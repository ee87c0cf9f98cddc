import { decode, encode, utf8 } from '@passage/ledger';
import { ChaincodeMessage, MessageType, messageTypeName } from '@passage/ledger/simulation';
import { messageOf } from '../errors.js';
import { shim, type ShimChaincode, type ShimMessage, type ShimStream, type ShimStub } from './shim.js';

/** One call: what a peer tells the chaincode, and how it answers while it runs. */
export interface ChaincodeCall {
  readonly channel: string;
  readonly txId: string;
  readonly isInit: boolean;
  /** protos.ChaincodeInput bytes. */
  readonly input: Uint8Array;
  /** protos.SignedProposal bytes; creator, transient data and timestamp reach the chaincode through it. */
  readonly proposal: Uint8Array;
  /** Answers one request of the shim with the payload of a RESPONSE; what it throws goes back as an ERROR. */
  readonly answer: (type: number, payload: Uint8Array) => Uint8Array | Promise<Uint8Array>;
}

/** What a chaincode made of a call. */
export interface CallEnd {
  /** COMPLETED with a protos.Response and an event, or ERROR with a sentence. */
  readonly message: ChaincodeMessage;
  /** Whether it asked for transient data that the call did not bring. */
  readonly lacksTransient: boolean;
}

/** How long a call may take (F:sampleconfig/core.yaml, chaincode.executetimeout). */
const EXECUTE_TIMEOUT_MS = 30_000;

/** A chaincode that has given no answer in all the time that a peer would have waited. */
export class NoAnswer extends Error {}

/** What a peer says of a chaincode whose process has ended over a call (F:core/chaincode/handler.go, Execute). */
const STREAM_TERMINATED = 'error sending: chaincode stream terminated';

/**
 * A chaincode in this process, behind Fabric's own Node runtime. Only the stream to the peer is in memory, and whoever calls is the
 * peer: everything between a proposal and the chaincode's answer is the code that ran when the transaction was endorsed.
 */
export class ChaincodeProcess {
  readonly #send: (message: Uint8Array) => void;
  #call: ChaincodeCall | undefined;
  #done: (message: ChaincodeMessage) => void = () => undefined;
  #failed: (error: Error) => void = () => undefined;
  #lacksTransient = false;

  private constructor(send: (message: Uint8Array) => void) {
    this.#send = send;
  }

  static async start(chaincode: ShimChaincode): Promise<ChaincodeProcess> {
    const { ChaincodeMessageHandler, readMessage } = await shim();
    let toChaincode: (message: ShimMessage) => void = () => undefined;
    const started = new ChaincodeProcess((bytes) => {
      toChaincode(readMessage(bytes));
    });
    const stream: ShimStream = {
      on: (event, listener) => {
        if (event === 'data') toChaincode = listener;
      },
      write: (message) => {
        started.#receive(decode(ChaincodeMessage, message.serializeBinary()));
      },
      end: () => undefined,
    };
    const watched = {
      Init: (stub: ShimStub) => started.#survive(() => chaincode.Init(started.#watch(stub))),
      Invoke: (stub: ShimStub) => started.#survive(() => chaincode.Invoke(started.#watch(stub))),
    };
    const register = encode(ChaincodeMessage, { type: MessageType.REGISTER });
    new ChaincodeMessageHandler(stream, watched).chat(readMessage(register));
    started.#send(encode(ChaincodeMessage, { type: MessageType.REGISTERED }));
    started.#send(encode(ChaincodeMessage, { type: MessageType.READY }));
    return started;
  }

  /** Lets it run one call; calls come one after another. @throws NoAnswer; Error where the chaincode would have died of it */
  async execute(call: ChaincodeCall): Promise<CallEnd> {
    this.#call = call;
    this.#lacksTransient = false;
    const message = await this.#converse(call);
    return { message, lacksTransient: this.#lacksTransient };
  }

  #converse({ channel, txId, isInit, input, proposal }: ChaincodeCall): Promise<ChaincodeMessage> {
    const type = isInit ? MessageType.INIT : MessageType.TRANSACTION;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new NoAnswer());
      }, EXECUTE_TIMEOUT_MS);
      this.#done = (message) => {
        clearTimeout(timer);
        resolve(message);
      };
      this.#failed = (error) => {
        clearTimeout(timer);
        reject(error);
      };
      this.#send(encode(ChaincodeMessage, { type, payload: input, txId, channelId: channel, proposal }));
    });
  }

  #receive(message: ChaincodeMessage): void {
    const { type, txId } = message;
    if (type === MessageType.REGISTER || txId !== this.#call?.txId) return;
    if (type === MessageType.COMPLETED || type === MessageType.ERROR) this.#done(message);
    else void this.#reply(this.#call, message);
  }

  async #reply(call: ChaincodeCall, { type, payload, txId, channelId }: ChaincodeMessage): Promise<void> {
    this.#send(encode(ChaincodeMessage, { txId, channelId, ...(await answerOf(call, type, payload)) }));
  }

  /** An exception that a chaincode lets pass ends its process, where it has one of its own. Here it ends the call, and nothing more is said. */
  async #survive(run: () => Promise<unknown>): Promise<unknown> {
    const call = this.#call;
    try {
      return await run();
    } catch (error) {
      if (this.#call === call) this.#failed(new Error(STREAM_TERMINATED, { cause: error }));
      return new Promise(() => undefined);
    }
  }

  #watch(stub: ShimStub): ShimStub {
    const inputs = new WatchedInputs(stub.getTransient(), () => {
      this.#lacksTransient = true;
    });
    stub.getTransient = () => inputs;
    return stub;
  }
}

/** Transient inputs that tell when one is asked for that is not there: then what the chaincode does says nothing. */
class WatchedInputs extends Map<string, Uint8Array> {
  readonly #onMissing: () => void;

  constructor(inputs: ReadonlyMap<string, Uint8Array>, onMissing: () => void) {
    super(inputs);
    this.#onMissing = onMissing;
  }

  override get(name: string): Uint8Array | undefined {
    if (!super.has(name)) this.#onMissing();
    return super.get(name);
  }

  override has(name: string): boolean {
    const isThere = super.has(name);
    if (!isThere) this.#onMissing();
    return isThere;
  }
}

/** The answer to one request, or the sentence that a peer sends instead (F:core/chaincode/handler.go, HandleTransaction). */
async function answerOf(
  call: ChaincodeCall,
  type: number,
  payload: Uint8Array,
): Promise<{ readonly type: number; readonly payload: Uint8Array }> {
  try {
    return { type: MessageType.RESPONSE, payload: await call.answer(type, payload) };
  } catch (error) {
    const why = `${messageTypeName(type)} failed: transaction ID: ${call.txId}: ${messageOf(error)}`;
    return { type: MessageType.ERROR, payload: utf8(why) };
  }
}
