import {
  ChaincodeEvent,
  ChaincodeInput,
  LIFECYCLE_NAMESPACE,
  SignedProposal,
  buildResponsePayload,
  decode,
  encode,
  endorse,
} from '@passage/ledger';
import type {
  ChaincodeAction,
  ChaincodeDefinition,
  ChaincodeInterest,
  Encodable,
  Endorsement,
  Response,
} from '@passage/ledger';
import { CollectionAccess, Simulation } from '@passage/ledger/simulation';

import type { Outcome } from '../chaincode/connection.js';
import { runLifecycle } from '../lifecycle/run-proposal.js';
import type { Organization } from '../network.js';
import { differingAnswer } from '../faults/faulty-endorsement.js';
import { checkProposal } from './check-proposal.js';
import { keepPrivateWrites } from './keep-private.js';
import type { PeerParts } from './peer-parts.js';
import { ProposalError } from './proposal-error.js';
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
  /** What a gateway needs to choose further endorsers; missing where it follows from the chaincode's name. */
  readonly interest?: ChaincodeInterest;
}

/** Statuses from here on are errors and are not endorsed; from 500 on the answer still carries its payload. */
const ERROR_THRESHOLD = 400;
const ERROR = 500;

const NOTHING = new Uint8Array();

/** What running the chaincode gave, before anybody signed it. */
interface Run {
  readonly response: Response;
  readonly payload: Uint8Array;
  readonly interest?: ChaincodeInterest;
  /** Set where private values were read, so that another organisation could come to another result. */
  readonly onlyFor?: Organization;
}

/**
 * One proposal on its way past the peers. It is checked once for all of them, and runs once in each chaincode process: in
 * fast mode the organisations share one process, so it runs once and every organisation signs the same result, unless it read
 * private values, which organisations have or have not; in faithful mode each has its own process, and each runs it.
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

  /** Whether the client sends data that must not reach everybody. */
  get hasTransientData(): boolean {
    return this.#proposal.hasTransientData;
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
    const { name } = organization;
    if (this.#parts.network.faults.isDown(name)) {
      throw new ProposalError('filter', `connection refused: a fault keeps ${name} down`);
    }
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

  #sign({ name, peer }: Organization, { response, payload: honest, interest }: Run): Reply {
    if (response.status >= ERROR) return { response, payload: honest };
    if (response.status >= ERROR_THRESHOLD) return { response, payload: NOTHING };
    const payload = this.#parts.network.faults.differs(name) ? differingAnswer(honest) : honest;
    return {
      response,
      payload,
      endorsement: endorse(payload, peer.serialized, (message) => peer.sign(message)),
      ...(interest && { interest }),
    };
  }

  #runAt(organization: Organization): Promise<Run> {
    if (this.chaincode === LIFECYCLE_NAMESPACE) return Promise.resolve(this.#runLifecycle(organization));
    if (isSystemChaincode(this.chaincode)) return Promise.resolve(this.#runSystem());
    return this.#runShared(organization);
  }

  async #runShared(organization: Organization): Promise<Run> {
    const { address } = this.#parts.chaincodes.endpointOf(organization);
    const run = await this.#started(address, organization);
    if (run.onlyFor === undefined || run.onlyFor === organization) return run;
    return this.#started(organization.name, organization);
  }

  #started(id: string, organization: Organization): Promise<Run> {
    const started = this.#runs.get(id) ?? this.#run(organization);
    this.#runs.set(id, started);
    return started;
  }

  #runLifecycle(organization: Organization): Run {
    const { response, results } = runLifecycle(this.#proposal, this.#parts, organization);
    const action = { results, response, chaincodeId: { name: this.chaincode, version: 'syscc' } };
    return { response, payload: this.#payloadOf(action) };
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
    const simulation = this.#simulation(organization, definition);
    const { response, event } = await this.#execute(organization, simulation);
    const { publicBytes, privateBytes } = simulation.results();
    const action = {
      results: publicBytes,
      events: response.status < ERROR_THRESHOLD ? stampEvent(event, this.chaincode, txId) : NOTHING,
      response,
      chaincodeId: { name: this.chaincode, version: definition.version },
    };
    const run = {
      response,
      payload: this.#payloadOf(action),
      ...(simulation.dependsOnOrganization && { onlyFor: organization }),
    };
    if (response.status >= ERROR_THRESHOLD) return run;
    if (privateBytes) keepPrivateWrites(this.#parts.network, definition, txId, privateBytes);
    return { ...run, interest: interestOf(simulation) };
  }

  #simulation(organization: Organization, definition: ChaincodeDefinition): Simulation {
    const { network, access } = this.#parts;
    const client = access.identify(this.#proposal.signatureHeader.creator);
    const nobody = { satisfies: () => false };
    const collections = new CollectionAccess({
      channel: this.channel,
      chaincode: this.chaincode,
      definition,
      client: client ?? nobody,
      mspIds: network.organizations.map(({ mspId }) => mspId),
    });
    return new Simulation({
      ledger: network.ledger,
      privateState: network.ledger.privateData.stateOf(organization.mspId),
      collections,
      channel: this.channel,
      chaincode: this.chaincode,
      txId: this.#proposal.channelHeader.txId,
    });
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

function interestOf(simulation: Simulation): ChaincodeInterest {
  try {
    return simulation.interest();
  } catch (error) {
    throw new Error(`error in simulation: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
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
