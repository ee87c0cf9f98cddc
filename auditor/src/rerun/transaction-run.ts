import { accessDenial, decode, encode, readDefinition, Response } from '@passage/ledger';
import type { ChaincodeDefinition, StateReader } from '@passage/ledger';
import {
  ChaincodeMessage,
  CollectionAccess,
  MessageType,
  messageTypeName,
  readChaincodeRequest,
  runsAlready,
  Simulation,
} from '@passage/ledger/simulation';
import type { ChaincodeRequest } from '@passage/ledger/simulation';
import { AuditError, messageOf } from '../errors.js';
import { type ChaincodeCall, NoAnswer } from './chaincode-process.js';
import type { CallOutcome } from './compare-results.js';
import type { Installed, Packages } from './packages.js';
import { callOf, type Recorded } from './recorded.js';

/** The chaincodes of every peer, which are not in any package (F:internal/peer/node/start.go). */
const FABRICS_OWN: readonly string[] = ['_lifecycle', 'cscc', 'lscc', 'qscc'];

/** What a transaction is run again over. */
export interface RunParts {
  /** The world state before the block. */
  readonly state: StateReader;
  /** The private values that are known. */
  readonly privateState: StateReader;
  readonly packages: Packages;
  /** The transient inputs of the transaction, as far as they are known. */
  readonly inputs: ReadonlyMap<string, Uint8Array>;
}

/** What the chaincode came to. */
export interface Ran extends CallOutcome {
  readonly publicBytes: Uint8Array;
  readonly privateBytes?: Uint8Array;
  /** Whether a transient input was asked for that nobody has opened. */
  readonly lacksTransient: boolean;
}

/** A chaincode that is to run, with its definition. */
interface Found {
  readonly chaincode: string;
  readonly definition: ChaincodeDefinition;
  readonly installed: Installed;
}

/** A chaincode while it runs, and those that wait for it. */
interface Frame extends Found {
  readonly simulation: Simulation;
  readonly below: readonly Frame[];
}

/** A status as a peer gives it that got no answer from the chaincode. */
const FAILED = 500;

const NOTHING = new Uint8Array();

/**
 * Runs the chaincode of one transaction again, and the chaincodes that it calls on the way: those share the transaction, and with
 * it identity, transient inputs and the read and write set; their events are dropped (F:core/chaincode/handler.go,
 * HandleInvokeChaincode; F:core/chaincode/chaincode_support.go).
 */
export class TransactionRun {
  readonly #recorded: Recorded;
  readonly #parts: RunParts;
  readonly #call: Omit<ChaincodeCall, 'answer'>;
  #lacksTransient = false;
  /** Why what the chaincode does says nothing. */
  #unanswered: string | undefined;
  /** What broke off a chaincode that was called: no answer for it, but an error of this program. */
  #failure: AuditError | undefined;

  constructor(recorded: Recorded, parts: RunParts) {
    this.#recorded = recorded;
    this.#parts = parts;
    this.#call = callOf(recorded, parts.inputs);
  }

  /** @returns why it cannot be run, where it cannot. @throws AuditError PACKAGE_UNUSABLE */
  async run(): Promise<Ran | string> {
    const { chaincode, txId, config } = this.#recorded;
    const definition = readDefinition(this.#parts.state, chaincode);
    if (definition === undefined) return `${chaincode} is no chaincode of a definition`;
    const installed = this.#find(chaincode, definition);
    if (typeof installed === 'string') return installed;
    const simulation = new Simulation({
      ledger: { state: this.#parts.state, history: () => [] },
      privateState: this.#parts.privateState,
      collections: this.#collections(chaincode, definition),
      channel: config.channelId,
      chaincode,
      txId,
    });
    const outcome = await this.#outcome({ chaincode, definition, installed, simulation, below: [] });
    if (this.#failure) throw this.#failure;
    if (this.#unanswered !== undefined) return this.#unanswered;
    return { ...outcome, ...simulation.results(), lacksTransient: this.#lacksTransient };
  }

  /** What a peer makes of the end of the first chaincode: where it is an error, nobody endorses it. */
  async #outcome(frame: Frame): Promise<CallOutcome> {
    try {
      const { isInit } = this.#call;
      frame.simulation.checkInitialized(frame.definition, isInit);
      const { type, payload, chaincodeEvent: event } = await this.#execute(frame, this.#call);
      if (type === MessageType.COMPLETED) return { response: decode(Response, payload), event };
      return refusal(Buffer.from(payload).toString());
    } catch (error) {
      return refusal(messageOf(error));
    }
  }

  async #execute(frame: Frame, call: Pick<ChaincodeCall, 'input' | 'isInit'>): Promise<ChaincodeMessage> {
    try {
      const process = await frame.installed.start();
      const { message, lacksTransient } = await process.execute({
        ...this.#call,
        ...call,
        answer: (type, payload) => this.#answer(frame, type, payload),
      });
      this.#lacksTransient ||= lacksTransient;
      return message;
    } catch (error) {
      if (error instanceof NoAnswer) this.#unanswered ??= `${frame.chaincode} gives no answer`;
      if (error instanceof AuditError) this.#failure ??= error;
      throw error;
    }
  }

  #answer(frame: Frame, type: number, payload: Uint8Array): Uint8Array | Promise<Uint8Array> {
    if (type === MessageType.INVOKE_CHAINCODE)
      return this.#invoke(frame, readChaincodeRequest(payload, this.#call.channel));
    if (type === MessageType.GET_HISTORY_FOR_KEY)
      throw this.#unable(`the chaincode asks for ${messageTypeName(type)}`);
    return frame.simulation.answer(type, payload);
  }

  /** Runs a chaincode that another one calls. @returns its last message, which is the answer to the call */
  async #invoke(caller: Frame, request: ChaincodeRequest): Promise<Uint8Array> {
    const { chaincode, input, isInit } = request;
    this.#checkReach(request);
    const definition = readDefinition(this.#parts.state, chaincode);
    if (definition === undefined) throw caller.simulation.callMissing(chaincode);
    const simulation = caller.simulation.call(chaincode, this.#collections(chaincode, definition));
    try {
      simulation.checkInitialized(definition, isInit);
    } catch (error) {
      throw executeFailed(error);
    }
    const waiting = [...caller.below, caller];
    const already = runsAlready(this.#call.txId, this.#call.channel);
    if (waiting.some((frame) => frame.chaincode === chaincode)) throw already;
    const installed = this.#find(chaincode, definition);
    if (typeof installed === 'string') throw this.#unable(`the chaincode calls another one: ${installed}`);
    const { packageId } = installed;
    if (packageId !== undefined && waiting.some((frame) => frame.installed.packageId === packageId))
      throw already;
    const frame = { chaincode, definition, installed, simulation, below: waiting };
    const message = await this.#execute(frame, { input, isInit }).catch((error: unknown) => {
      throw executeFailed(error);
    });
    return encode(ChaincodeMessage, message);
  }

  /** Whether the caller may call a chaincode, and a replay of this channel can. @throws Error where not */
  #checkReach({ chaincode, channel }: ChaincodeRequest): void {
    const { config, creator } = this.#recorded;
    if (FABRICS_OWN.includes(chaincode))
      throw this.#unable(`the chaincode calls ${chaincode}, which is Fabric's own`);
    if (channel !== config.channelId)
      throw this.#unable(`the chaincode calls ${chaincode} on channel ${channel}, which is not read here`);
    const client = config.msps.findIdentity(creator);
    const denial = accessDenial(config, 'peer/ChaincodeToChaincode', client ? [client] : []);
    if (denial !== undefined) throw new Error(denial);
  }

  #unable(why: string): Error {
    this.#unanswered ??= why;
    return new Error(why);
  }

  #find(chaincode: string, definition: ChaincodeDefinition): Installed | string {
    const { state, packages } = this.#parts;
    const { sequence, version } = definition;
    const installed = packages.find(state, chaincode, definition, this.#recorded.config.msps.mspIds);
    return installed ?? `no package given for ${chaincode}, sequence ${String(sequence)}, version ${version}`;
  }

  #collections(chaincode: string, definition: ChaincodeDefinition): CollectionAccess {
    const { creator, config } = this.#recorded;
    const client = config.msps.findIdentity(creator) ?? { satisfies: () => false };
    const { channelId: channel, msps } = config;
    return new CollectionAccess({ channel, chaincode, definition, client, mspIds: msps.mspIds });
  }
}

/** How a peer tells a chaincode that one which it called came to nothing. */
function executeFailed(error: unknown): Error {
  return new Error(`execute failed: ${messageOf(error)}`, { cause: error });
}

function refusal(message: string): CallOutcome {
  return { response: { status: FAILED, message, payload: NOTHING }, event: NOTHING };
}
