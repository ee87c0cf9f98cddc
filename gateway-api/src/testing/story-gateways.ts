import { organisationSignature, verifyBundle } from '@passage/evidence';
import type { BundleVerdict } from '@passage/evidence';
import type { Story } from '@passage/evidence/testing';
import { decode, SerializedIdentity } from '@passage/ledger';

import type { EvidencePorts } from '../heads/assemble-evidence.js';
import type { GatewayPeer } from '../heads/gateway-peer.js';
import { mspsByHead } from '../index/ledger-verifier.js';
import { RecordedBlocks } from './recorded-chain.js';
import { TestGateway } from './test-gateway.js';

/** Two organisations' gateways over the recorded chain of a story: real blocks, keys and signatures. */
export class StoryGateways {
  readonly #story: Story;
  readonly businessPeer: RecordedBlocks;
  business!: TestGateway;
  customs!: TestGateway;

  constructor(story: Story) {
    this.#story = story;
    this.businessPeer = this.#blocks();
  }

  /** Starts both; they have read the whole chain then. */
  async start(): Promise<this> {
    this.business = await this.#open('business', this.businessPeer, () => this.customs);
    this.customs = await this.#open('customs', this.#blocks(), () => this.business);
    return this;
  }

  async remove(): Promise<void> {
    await this.business.remove();
    await this.customs.remove();
  }

  /** What the verifier says of a file, by the hash of the story's genesis block. */
  verdict(file: string): BundleVerdict {
    return verifyBundle(Buffer.from(file), { genesisHash: this.#story.chain.genesisHash });
  }

  #blocks(): RecordedBlocks {
    return new RecordedBlocks(this.#story.judged.map(({ block }) => block));
  }

  async #open(
    org: 'business' | 'customs',
    source: RecordedBlocks,
    other: () => TestGateway,
  ): Promise<TestGateway> {
    const { genesisHash } = this.#story.chain;
    const trust = { format: 'passage-trust-1', network: 'fabric', channel: 'passage', genesisHash } as const;
    const evidence = this.#evidence(org, other);
    return (await TestGateway.open({ org, chain: { trust, source }, evidence })).start();
  }

  #evidence(org: string, other: () => TestGateway): EvidencePorts {
    const { organizations } = this.#story.chain.consortium;
    const admin = organizations.find(({ name }) => name === org)?.admin;
    const asked = organizations.find(({ name }) => name !== org && ['business', 'customs'].includes(name));
    if (!admin || !asked) throw new Error(`the story knows no ${org}`);
    const certificate = Buffer.from(decode(SerializedIdentity, admin.identity).idBytes).toString();
    return {
      sign: (bytes) => Promise.resolve(organisationSignature(admin.mspId, certificate, admin.sign(bytes))),
      peers: [peerOf(asked, other)],
      msps: mspsByHead(),
    };
  }
}

function peerOf(
  { name, mspId }: { readonly name: string; readonly mspId: string },
  gateway: () => TestGateway,
): GatewayPeer {
  return {
    organization: name,
    mspId,
    head: () => Promise.reject(new Error('nobody asks for heads here')),
    countersign: (statement) =>
      gateway().gateway.evidenceDoor.statement(Buffer.from(JSON.stringify(statement))),
  };
}
