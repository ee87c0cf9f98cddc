import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Caller } from '../auth/caller.js';
import { openLocalIssuer } from '../auth/local-issuer.js';
import type { LocalIssuer } from '../auth/local-issuer.js';
import { answerOf } from './answer.js';
import type { Answer, Door } from './answer.js';
import { EmbeddedNetwork } from './embedded-network.js';
import type { GatewayOrganization } from './embedded-network.js';

/** The embedded network in a folder of its own with some of its gateways, asked over HTTP. */
export class RunningGateways implements Door {
  readonly network: EmbeddedNetwork;
  readonly #issuer: LocalIssuer;
  readonly #urls = new Map<string, string>();

  private constructor(network: EmbeddedNetwork, issuer: LocalIssuer) {
    this.network = network;
    this.#issuer = issuer;
  }

  /** Starts network, chaincode and the gateways of `organizations`; `options` go to the network's command line. */
  static async open(
    basePort: number,
    organizations: readonly GatewayOrganization[],
    ...options: readonly string[]
  ): Promise<RunningGateways> {
    const dir = mkdtempSync(join(tmpdir(), 'passage-gateways-'));
    const network = new EmbeddedNetwork(dir, basePort);
    const running = new RunningGateways(network, await openLocalIssuer(dir));
    await network.startNetwork(...options);
    await network.startChaincode();
    for (const organization of organizations) await running.startGateway(organization);
    return running;
  }

  get dir(): string {
    return this.network.dir;
  }

  async startGateway(organization: GatewayOrganization): Promise<void> {
    this.#urls.set(organization, await this.network.startGateway(organization));
  }

  /** The status of `GET /health` and what it says. */
  async health(organization: string): Promise<{ readonly status: number; readonly body: unknown }> {
    const response = await fetch(this.#url(organization).replace('/graphql', '/health'));
    return { status: response.status, body: await response.json() };
  }

  /** What `/metrics` of a gateway says, in Prometheus' text format. */
  async metrics(organization: string): Promise<string> {
    return (await fetch(this.#url(organization).replace('/graphql', '/metrics'))).text();
  }

  /** Asks the gateway of the caller's organisation, or of another; one that has read up to `afterBlock`, where it is given. */
  async ask(
    query: string,
    caller: Caller,
    variables: object = {},
    organization = caller.org,
    afterBlock?: number,
  ): Promise<Answer> {
    const token = await this.#issuer.token(caller, 600);
    const response = await fetch(this.#url(organization), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        ...(afterBlock !== undefined && { 'passage-after-block': String(afterBlock) }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return answerOf(response);
  }

  /** Stops everything and removes the folder. */
  async remove(): Promise<void> {
    await this.network.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }

  #url(organization: string): string {
    const url = this.#urls.get(organization);
    if (url === undefined) throw new Error(`no gateway of ${organization} was started`);
    return url;
  }
}
