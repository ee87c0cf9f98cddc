import { type Commit, GatewayError, type Proposal, type Transaction } from '@hyperledger/fabric-gateway';
import { gateway as gatewayMessages } from '@hyperledger/fabric-protos';
import { BlockchainInfo, codeName, decode, serializeIdentity } from '@passage/ledger';
import type { Signer } from '@passage/network-embedded/testing';

import { Connections } from './network/connections.js';
import type { NetworkUnderTest, OrganizationName } from './network/under-test.js';
import { Normalizer } from './normalizer.js';
import type { Observation } from './observation.js';
import { until } from './until.js';

const PROCESSED = 'request already processed';

/** A call of a chaincode; unless told, customs' client at customs' gateway calls the fixture. */
export interface Call {
  readonly name: string;
  readonly args?: readonly (string | Uint8Array)[];
  readonly at?: OrganizationName;
  readonly as?: Signer;
  readonly transient?: Readonly<Record<string, string>>;
  readonly endorsers?: readonly OrganizationName[];
  /** MSP ids in place of `endorsers`, for organisations that do not exist. */
  readonly mspIds?: readonly string[];
  readonly chaincode?: string;
  readonly channel?: string;
}

/** A transaction that is endorsed and not yet sent. */
export interface Endorsed {
  readonly step: string;
  readonly transaction: Transaction;
  readonly call: Call;
}

/** Where scenarios play: one network, one ordinary client of each organisation, and everything that was observed. */
export class Stage {
  readonly network: NetworkUnderTest;
  readonly connections: Connections;
  readonly normalizer: Normalizer;
  readonly observations: Observation[] = [];
  readonly #clients: ReadonlyMap<OrganizationName, Signer>;
  readonly #sent = new Set<string>();
  #scenario = '';

  private constructor(network: NetworkUnderTest, clients: ReadonlyMap<OrganizationName, Signer>) {
    this.network = network;
    this.connections = new Connections(network);
    this.normalizer = new Normalizer(network);
    this.#clients = clients;
  }

  static async open(network: NetworkUnderTest): Promise<Stage> {
    const clients = await Promise.all(
      network.organizations.map(async ({ name, certifier }) => [name, await certifier.issue()] as const),
    );
    return new Stage(network, new Map(clients));
  }

  begin(scenario: string): void {
    this.#scenario = scenario;
  }

  /** The ordinary client of an organisation. */
  client(name: OrganizationName): Signer {
    const client = this.#clients.get(name);
    if (client === undefined) throw new TypeError(`${name} has no client`);
    return client;
  }

  note(step: string, seen: unknown): void {
    this.observations.push({ scenario: this.#scenario, step, seen: this.normalizer.value(seen) });
  }

  /** Takes back what these steps noted and sent: an attempt that did not come to what it is about. */
  forget(steps: readonly string[]): void {
    const kept = this.observations.filter(
      ({ scenario, step }) => scenario !== this.#scenario || !steps.includes(step),
    );
    this.observations.splice(0, this.observations.length, ...kept);
    for (const step of steps) this.normalizer.forgetTransactions(`${this.#scenario}/${step}`);
  }

  /** Notes the result of an evaluation, or its refusal. */
  async evaluate(step: string, call: Call): Promise<void> {
    await this.attempt(step, async () => this.normalizer.bytes(await this.proposal(step, call).evaluate()));
  }

  /** Notes the result of an evaluation as `read` tells it. */
  async evaluated(step: string, call: Call, read: (result: Uint8Array) => unknown): Promise<void> {
    await this.attempt(step, async () => read(await this.proposal(step, call).evaluate()));
  }

  /** Result of an evaluation, which is no observation. */
  query(call: Call): Promise<Uint8Array> {
    return this.proposal('query', call).evaluate();
  }

  /** Endorses, sends, waits until every peer has it; notes the result and what became of it. */
  async submit(step: string, call: Call): Promise<void> {
    await this.attempt(step, async () => {
      const endorsed = await this.endorse(step, call);
      const result = this.normalizer.bytes(endorsed.transaction.getResult());
      return { result, ...(await this.send(endorsed)).outcome };
    });
  }

  async endorse(step: string, call: Call): Promise<Endorsed> {
    const proposal = this.proposal(step, call);
    return { step, call, transaction: await proposal.endorse() };
  }

  /** Sends a transaction and waits until every peer has it. */
  async send(endorsed: Endorsed): Promise<{ outcome: object; block: bigint }> {
    return this.settled(await this.submitOnce(endorsed), endorsed.call);
  }

  /**
   * Sends it. Orderers may say of a transaction that was never sent before that they have processed it already, and have: gateways send
   * it to all four, and a fast one may order it before a slow one has taken it.
   */
  async submitOnce({ transaction, call }: Endorsed): Promise<Commit> {
    const { as, at = 'customs' } = call;
    const txId = transaction.getTransactionId();
    const isFirst = !this.#sent.has(txId);
    this.#sent.add(txId);
    try {
      return await transaction.submit();
    } catch (error) {
      const isProcessed =
        error instanceof GatewayError && error.details.some(({ message }) => message.endsWith(PROCESSED));
      if (!isFirst || !isProcessed) throw error;
      return this.commitOf(txId, as ?? this.client(at), at);
    }
  }

  /** What somebody is to be told of a transaction, however it was sent. */
  commitOf(txId: string, user: Signer, at: OrganizationName): Commit {
    const request = new gatewayMessages.CommitStatusRequest();
    request.setTransactionId(txId);
    request.setChannelId(this.network.channel);
    request.setIdentity(serializeIdentity(user.mspId, Buffer.from(user.certificatePem)));
    const signed = new gatewayMessages.SignedCommitStatusRequest();
    signed.setRequest(request.serializeBinary());
    return this.connections.gateway(at, user).newCommit(signed.serializeBinary());
  }

  /** What became of a transaction that was sent, when all four peers know and agree. */
  async settled(
    commit: Commit,
    { as, at = 'customs' }: Pick<Call, 'as' | 'at'> = {},
  ): Promise<{ outcome: object; block: bigint }> {
    const asked = await Promise.all(
      this.network.organizations.map(({ name }) =>
        this.connections
          .gateway(name, as ?? this.client(at))
          .newCommit(commit.getBytes())
          .getStatus(),
      ),
    );
    const [first] = asked;
    if (first === undefined || asked.some(({ code }) => code !== first.code))
      throw new Error('the peers do not agree on what became of a transaction');
    return { outcome: { code: `${String(first.code)} ${codeName(first.code)}` }, block: first.blockNumber };
  }

  /** Notes what `work` gives, or how it was refused. */
  async attempt(step: string, work: () => Promise<unknown>): Promise<void> {
    try {
      this.note(step, await work());
    } catch (error) {
      this.note(step, this.refusal(error));
    }
  }

  /** A refusal in words; what is none goes on. */
  refusal(error: unknown): object {
    if (!(error instanceof GatewayError)) throw error;
    // The first orderers that refuse settle it; which they are is chance.
    const details = error.details
      .map(({ mspId, message }) => (error.name === 'SubmitError' ? message : `${mspId}: ${message}`))
      .sort();
    return this.normalizer.value({
      refused: error.name,
      grpc: error.code,
      says: error.message,
      details,
    }) as object;
  }

  /** How many blocks an organisation's peer has. */
  async height(at: OrganizationName = 'customs'): Promise<number> {
    const { channel } = this.network;
    const info = await this.query({ chaincode: 'qscc', name: 'GetChainInfo', args: [channel], at });
    return decode(BlockchainInfo, info).height;
  }

  /** Waits until every peer has so many blocks. */
  async reached(height: number): Promise<void> {
    for (const { name } of this.network.organizations)
      await until(async () => (await this.height(name)) >= height, `${name} has ${String(height)} blocks`);
  }

  /** Tries until it works: after a change that peers tell one another by gossip. */
  async until(call: Call): Promise<void> {
    const works = (): Promise<boolean> =>
      this.endorse('until', call).then(
        () => true,
        () => false,
      );
    await until(works, `${call.name} is endorsed`);
  }

  /** A proposal whose transaction is known by this step. */
  proposal(step: string, call: Call): Proposal {
    const { at = 'customs', channel = this.network.channel, chaincode = this.network.chaincode } = call;
    const endorsingOrganizations =
      call.mspIds ?? call.endorsers?.map((name) => this.network.organization(name).mspId) ?? [];
    const proposal = this.connections
      .gateway(at, call.as ?? this.client(at))
      .getNetwork(channel)
      .getContract(chaincode)
      .newProposal(call.name, {
        arguments: [...(call.args ?? [])],
        ...(call.transient !== undefined && { transientData: { ...call.transient } }),
        ...(endorsingOrganizations.length > 0 && { endorsingOrganizations: [...endorsingOrganizations] }),
      });
    this.normalizer.nameTransaction(proposal.getTransactionId(), `${this.#scenario}/${step}`);
    return proposal;
  }
}
