import { organisationSignature } from '@passage/evidence';
import { channelConfigOf } from '@passage/ledger';
import type { ChannelConfig } from '@passage/ledger';
import type { Consortium } from '@passage/ledger/generator';

import type { EvidencePorts } from '../heads/assemble-evidence.js';
import type { GatewayPeer } from '../heads/gateway-peer.js';
import { generatedChain } from './generated-chain.js';
import type { TestGateway } from './test-gateway.js';

/** Organisations with real keys, for gateways that sign evidence and check one another's. */
export class EvidenceStage {
  readonly #consortium: Consortium;
  readonly #config: ChannelConfig;

  constructor() {
    const chain = generatedChain(0);
    this.#consortium = chain.consortium;
    const [genesis] = chain.blocks();
    if (!genesis) throw new Error('the generated chain is empty');
    this.#config = channelConfigOf(genesis.block);
  }

  /** What a gateway of an organisation signs with, and whom it asks. */
  ports(name: string, peers: readonly GatewayPeer[] = []): EvidencePorts {
    const { mspId, admin } = this.#organization(name);
    return {
      sign: (bytes) =>
        Promise.resolve(
          organisationSignature(mspId, Buffer.from(admin.pem).toString('utf8'), admin.sign(bytes)),
        ),
      peers,
      msps: () => this.#config.msps,
    };
  }

  /** A gateway as others reach it; which one is asked for at each request. */
  peer(name: string, gateway: () => TestGateway): GatewayPeer {
    const door = () => gateway().gateway.evidenceDoor;
    return {
      organization: name,
      mspId: this.#organization(name).mspId,
      head: ({ height, from }) => {
        const query = new URLSearchParams();
        if (height !== undefined) query.set('height', String(height));
        if (from !== undefined) query.set('from', String(from));
        return door().head(query);
      },
      countersign: (statement) => door().statement(Buffer.from(JSON.stringify(statement))),
    };
  }

  /** The organisations' MSPs. */
  get msps(): ChannelConfig['msps'] {
    return this.#config.msps;
  }

  #organization(name: string): Consortium['organizations'][number] {
    const found = this.#consortium.organizations.find((one) => one.name === name);
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  }
}
