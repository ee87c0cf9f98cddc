import { decode, encode, Response, utf8 } from '@passage/ledger';
import { ChaincodeMessage, MessageType } from '@passage/ledger/simulation';
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
  readonly answer: (type: number, payload: Uint8Array) => Uint8Array;
}

/** What a chaincode made of a call. */
export interface CallOutcome {
  readonly response: Response;
  /** protos.ChaincodeEvent bytes as the chaincode set them; empty where it set none. */
  readonly event: Uint8Array;
  /** Whether it asked for transient data that the call did not bring. */
  readonly lacksTransient: boolean;
}

/** How long a call may take (F:sampleconfig/core.yaml, chaincode.executetimeout). */
const EXECUTE_TIMEOUT_MS = 30_000;

/**
 * A chaincode in this process, behind Fabric's own Node runtime. Only the stream to the peer is in memory, and whoever calls is the
 * peer: everything between a proposal and the chaincode's answer is the code that ran when the transaction was endorsed.
 */
export class ChaincodeProcess {
  readonly #send: (message: Uint8Array) => void;
  #call: ChaincodeCall | undefined;
  #done: (message: ChaincodeMessage) => void = () => undefined;
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
      Init: (stub: ShimStub) => chaincode.Init(started.#watch(stub)),
      Invoke: (stub: ShimStub) => chaincode.Invoke(started.#watch(stub)),
    };
    const register = encode(ChaincodeMessage, { type: MessageType.REGISTER });
    new ChaincodeMessageHandler(stream, watched).chat(readMessage(register));
    started.#send(encode(ChaincodeMessage, { type: MessageType.REGISTERED }));
    started.#send(encode(ChaincodeMessage, { type: MessageType.READY }));
    return started;
  }

  /** Lets it run one call; calls come one after another. @throws Error where it gives no answer */
  async execute(call: ChaincodeCall): Promise<CallOutcome> {
    this.#call = call;
    this.#lacksTransient = false;
    const { type, payload, chaincodeEvent } = await this.#converse(call);
    if (type === MessageType.ERROR) throw new Error(Buffer.from(payload).toString('utf8'));
    const response = decode(Response, payload);
    return { response, event: chaincodeEvent, lacksTransient: this.#lacksTransient };
  }

  #converse({ channel, txId, isInit, input, proposal }: ChaincodeCall): Promise<ChaincodeMessage> {
    const type = isInit ? MessageType.INIT : MessageType.TRANSACTION;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error('the chaincode gives no answer'));
      }, EXECUTE_TIMEOUT_MS);
      this.#done = (message) => {
        clearTimeout(timer);
        resolve(message);
      };
      this.#send(encode(ChaincodeMessage, { type, payload: input, txId, channelId: channel, proposal }));
    });
  }

  #receive(message: ChaincodeMessage): void {
    const { type, payload, txId, channelId } = message;
    if (type === MessageType.REGISTER || txId !== this.#call?.txId) return;
    if (type === MessageType.COMPLETED || type === MessageType.ERROR) this.#done(message);
    else this.#send(encode(ChaincodeMessage, { txId, channelId, ...answerOf(this.#call, type, payload) }));
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

function answerOf(
  call: ChaincodeCall,
  type: number,
  payload: Uint8Array,
): { readonly type: number; readonly payload: Uint8Array } {
  try {
    return { type: MessageType.RESPONSE, payload: call.answer(type, payload) };
  } catch (error) {
    return { type: MessageType.ERROR, payload: utf8(messageOf(error)) };
  }
}
