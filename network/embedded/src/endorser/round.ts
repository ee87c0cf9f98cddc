import {
  ChaincodeEvent,
  ChaincodeInput,
  SignedProposal,
  buildResponsePayload,
  decode,
  encode,
  endorse,
} from '@passage/ledger';
import type { ChaincodeAction, Encodable, Endorsement, Response } from '@passage/ledger';

import { Simulation } from '../chaincode/simulation.js';
import type { Outcome } from '../chaincode/connection.js';
import type { Organization } from '../network.js';
import { checkProposal } from './check-proposal.js';
import type { PeerParts } from './peer-parts.js';
import { unpackProposal } from './proposal.js';
import type { UnpackedProposal } from './proposal.js';
import { callSystemChaincode, isSystemChaincode } from './system-chaincodes.js';

/** What a peer answers to a proposal (protos.ProposalResponse without the parts that nobody reads). */
export interface Reply {
  readonly response: Response;
  /** protos.ProposalResponsePayload bytes; empty where the peer itself or a chaincode error below 500 answered. */
  readonly payload: Uint8Array;
  /** Only if the chaincode was content: status below 400. */
  readonly endorsement?: Endorsement;
}

/** Statuses from here on are errors and are not endorsed; from 500 on the answer still carries its payload. */
const ERROR_THRESHOLD = 400;
const ERROR = 500;

const NOTHING = new Uint8Array();

/** What running the chaincode gave, before anybody signed it. */
interface Run {
  readonly response: Response;
  readonly payload: Uint8Array;
}

/**
 * One proposal on its way past the peers. It is checked once for all of them, and runs once in each chaincode process: in
 * fast mode the organisations share one process, so it runs once and every organisation signs the same result; in
 * faithful mode each has its own, and each runs it.
 */
export class ProposalRound {
  readonly #parts: PeerParts;
  readonly #proposal: UnpackedProposal;
  readonly #runs = new Map<string, Promise<Run>>();
  #isChecked = false;

  /** @throws LedgerError MALFORMED_MESSAGE if the proposal cannot be read */
  constructor(parts: PeerParts, signed: SignedProposal) {
    this.#parts = parts;
    this.#proposal = unpackProposal(signed);
  }

  /** Chaincode that the proposal names in its header. */
  get chaincode(): string {
    return this.#proposal.chaincode;
  }

  get channel(): string {
    return this.#proposal.channelHeader.channelId;
  }

  /**
   * Has one organisation's peer process the proposal (F:core/endorser/endorser.go, ProcessProposal). Whatever goes wrong
   * while it runs is a reply with status 500.
   *
   * @throws ProposalError if the peer does not run it
   */
  async process(organization: Organization): Promise<Reply> {
    this.#check();
    if (this.channel !== this.#parts.network.channel) return failure(`channel '${this.channel}' not found`);
    try {
      return this.#sign(organization, await this.#runAt(organization));
    } catch (error) {
      return failure(error instanceof Error ? error.message : String(error));
    }
  }

  #check(): void {
    if (this.#isChecked) return;
    checkProposal(this.#proposal, this.#parts.network.ledger, this.#parts.access);
    this.#isChecked = true;
  }

  #sign({ peer }: Organization, { response, payload }: Run): Reply {
    if (response.status >= ERROR) return { response, payload };
    if (response.status >= ERROR_THRESHOLD) return { response, payload: NOTHING };
    return {
      response,
      payload,
      endorsement: endorse(payload, peer.serialized, (message) => peer.sign(message)),
    };
  }

  #runAt(organization: Organization): Promise<Run> {
    if (isSystemChaincode(this.chaincode)) return Promise.resolve(this.#runSystem());
    const { address } = this.#parts.chaincodes.endpointOf(organization);
    const started = this.#runs.get(address) ?? this.#run(organization);
    this.#runs.set(address, started);
    return started;
  }

  #runSystem(): Run {
    const response = callSystemChaincode(this.#proposal, this.#parts);
    const action = { response, chaincodeId: { name: this.chaincode, version: 'syscc' } };
    return { response, payload: this.#payloadOf(action) };
  }

  async #run(organization: Organization): Promise<Run> {
    const definition = this.#parts.chaincodes.definition(this.chaincode);
    if (definition === undefined) throw new Error(undefinedChaincode(this.chaincode, this.channel));
    const { txId } = this.#proposal.channelHeader;
    const simulation = new Simulation(this.#parts.network.ledger, this.chaincode, txId);
    const { response, event } = await this.#execute(organization, simulation);
    const action = {
      results: simulation.results(),
      events: response.status < ERROR_THRESHOLD ? stampEvent(event, this.chaincode, txId) : NOTHING,
      response,
      chaincodeId: { name: this.chaincode, version: definition.version },
    };
    return { response, payload: this.#payloadOf(action) };
  }

  async #execute(organization: Organization, simulation: Simulation): Promise<Outcome> {
    const { channelHeader, signed, input } = this.#proposal;
    const { txId, channelId: channel } = channelHeader;
    try {
      return await this.#parts.chaincodes.connection(organization).execute({
        channel,
        txId,
        input: encode(ChaincodeInput, { args: input.args }),
        proposal: encode(SignedProposal, signed),
        answer: (type, payload) => simulation.answer(type, payload),
      });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`error in simulation: failed to execute transaction ${txId}: ${why}`, { cause: error });
    }
  }

  #payloadOf(action: Encodable<ChaincodeAction>): Uint8Array {
    return buildResponsePayload(this.#proposal.signed.proposalBytes, action);
  }
}

function failure(message: string): Reply {
  return { response: { status: ERROR, message, payload: NOTHING }, payload: NOTHING };
}

function undefinedChaincode(chaincode: string, channel: string): string {
  const advice = `make sure the chaincode ${chaincode} has been successfully defined on channel ${channel} and try again`;
  return `${advice}: chaincode ${chaincode} not found`;
}

/** An event says which chaincode and transaction it comes from; what the chaincode itself wrote there does not count. */
function stampEvent(event: Uint8Array, chaincodeId: string, txId: string): Uint8Array {
  if (event.length === 0) return event;
  return encode(ChaincodeEvent, { ...decode(ChaincodeEvent, event), chaincodeId, txId });
}
