import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Contract, Network } from '@hyperledger/fabric-gateway';

import { NetworkError } from '../errors.js';
import type { EmbeddedNetwork, Organization, OrganizationName } from '../network.js';
import { CHAINCODE, CHANNEL } from '../organizations.js';
import { networkPaths } from '../paths.js';
import type { NetworkPaths } from '../paths.js';
import { startNetwork } from '../start-network.js';
import type { NetworkOptions, RunningNetwork } from '../start-network.js';
import { startChaincode } from './chaincode-process.js';
import type { ChaincodeProcess } from './chaincode-process.js';
import { defineCollections } from './collections.js';
import type { CollectionWish } from './collections.js';
import { connectTo, createUser } from './client.js';
import type { Connection, User } from './client.js';

export interface TestNetworkOptions {
  /** One chaincode process for each organisation; what each of them says can be chosen. */
  readonly faithful?: boolean;
  readonly answers?: Partial<Record<OrganizationName, string>>;
  readonly collections?: readonly CollectionWish[];
  /** How long a block waits for further transactions; 20 if not given. */
  readonly batchIntervalMs?: number;
}

/** What may be different when the network is started again; it stays so. */
export type Restart = Partial<Pick<NetworkOptions, 'chaincodeVersion' | 'joining' | 'collections'>>;

/** A whole network in a folder of its own, with its chaincode processes and clients of Fabric's own make. */
export class TestNetwork {
  readonly #options: TestNetworkOptions;
  readonly #dir = mkdtempSync(join(tmpdir(), 'passage-services-'));
  readonly #users = new Map<OrganizationName, User>();
  readonly #chaincodes = new Map<OrganizationName, ChaincodeProcess>();
  #connections: Connection[] = [];
  #basePort = 0;
  #restart: Restart = {};
  #running: RunningNetwork | undefined;

  private constructor(options: TestNetworkOptions) {
    this.#options = options;
  }

  static async start(options: TestNetworkOptions = {}): Promise<TestNetwork> {
    const network = new TestNetwork(options);
    await network.startServices();
    if (options.collections !== undefined) await defineCollections(network.embedded, options.collections);
    for (const organization of options.faithful === true
      ? network.organizations
      : [network.organization('customs')]) {
      await network.startChaincode(organization.name);
    }
    for (const { name } of network.organizations) await network.addUser(name);
    return network;
  }

  get embedded(): EmbeddedNetwork {
    if (this.#running === undefined) throw new Error('the network is not running');
    return this.#running.network;
  }

  /** First port of the network, whether it runs or not. */
  get basePort(): number {
    return this.#basePort;
  }

  get dir(): string {
    return this.#dir;
  }

  get paths(): NetworkPaths {
    return networkPaths(this.#dir);
  }

  get organizations(): readonly Organization[] {
    return this.embedded.organizations;
  }

  organization(name: OrganizationName): Organization {
    const found = this.organizations.find((organization) => organization.name === name);
    if (found === undefined) throw new Error(`no organisation ${name}`);
    return found;
  }

  user(name: OrganizationName): User {
    const user = this.#users.get(name);
    if (user === undefined) throw new Error(`no user of ${name}`);
    return user;
  }

  /** Makes the user of an organisation that has none yet. */
  async addUser(name: OrganizationName): Promise<void> {
    this.#users.set(name, await createUser(this.organization(name), this.paths));
  }

  /** The gateway of one organisation, as a user of the same one, or of another. */
  connect(name: OrganizationName = 'customs', user: User = this.user(name)): Connection {
    const connection = connectTo(this.organization(name), user);
    this.#connections.push(connection);
    return connection;
  }

  channel(name: OrganizationName = 'customs'): Network {
    return this.connect(name).gateway.getNetwork(CHANNEL);
  }

  contract(name: OrganizationName = 'customs'): Contract {
    return this.channel(name).getContract(CHAINCODE);
  }

  async startChaincode(name: OrganizationName): Promise<void> {
    const answer = this.#options.answers?.[name];
    this.#chaincodes.set(name, await startChaincode(this.organization(name), this.paths, answer));
  }

  async stopChaincode(name: OrganizationName): Promise<void> {
    await this.#chaincodes.get(name)?.stop();
  }

  /**
   * Starts the network's process part, on ports that nobody uses; on the same ones again after a stop. They lie
   * below those that systems give to outgoing connections, which could take one between a stop and a start.
   */
  async startServices(change: Restart = {}): Promise<void> {
    this.#restart = { ...this.#restart, ...change };
    for (let attempt = 1; this.#running === undefined; attempt++) {
      if (this.#basePort === 0 || attempt > 1) this.#basePort = randomInt(100, 200) * 100;
      try {
        this.#running = await this.#start();
      } catch (error) {
        if (!(error instanceof NetworkError) || error.code !== 'PORT_IN_USE' || attempt === 10) throw error;
      }
    }
  }

  async stopServices(): Promise<void> {
    for (const connection of this.#connections) connection.close();
    this.#connections = [];
    await this.#running?.stop();
    this.#running = undefined;
  }

  async stop(): Promise<void> {
    await this.stopServices();
    await Promise.all([...this.#chaincodes.values()].map((chaincode) => chaincode.stop()));
    rmSync(this.#dir, { recursive: true, force: true });
  }

  #start(): Promise<RunningNetwork> {
    return startNetwork({
      dir: this.#dir,
      basePort: this.#basePort,
      chaincodeVersion: '1',
      ...this.#restart,
      faithful: this.#options.faithful === true,
      batchIntervalMs: this.#options.batchIntervalMs ?? 20,
      onFailure: (error) => {
        throw error;
      },
    });
  }
}
