import { rmSync } from 'node:fs';
import { join } from 'node:path';

import type { RawBlock } from '@passage/ledger';

import { defineChaincode } from '../definition/define-chaincode.js';
import { buildGenesisBlock } from '../genesis/genesis-block.js';
import type { Organization } from '../network.js';
import { buildSignedBlock } from '../ordering/consenters.js';
import { immediateOrderer } from '../ordering/immediate-orderer-fixture.js';
import { CHAINCODE, CHANNEL } from '../organizations.js';
import { organizationsFixture, temporaryFolder } from '../pki/organizations-fixture.js';
import { EmbeddedLedger } from '../store/embedded-ledger.js';

/** A ledger in a folder of its own that has the chaincode definition and nothing else: blocks 0 to 2. */
export class LedgerStage {
  readonly organizations: readonly Organization[];
  readonly folder = temporaryFolder();
  readonly #genesis: RawBlock;
  #ledger: EmbeddedLedger | undefined;

  private constructor(organizations: readonly Organization[], genesis: RawBlock) {
    this.organizations = organizations;
    this.#genesis = genesis;
  }

  static async open(): Promise<LedgerStage> {
    const { organizations, now } = await organizationsFixture();
    const nonce = Buffer.alloc(24);
    const genesis = buildGenesisBlock({ channel: CHANNEL, organizations, batchIntervalMs: 50, nonce, now });
    const stage = new LedgerStage(organizations, genesis);
    stage.ledger = await stage.open();
    await stage.#define();
    return stage;
  }

  get ledger(): EmbeddedLedger {
    if (this.#ledger === undefined) throw new TypeError('no ledger is open');
    return this.#ledger;
  }
  set ledger(ledger: EmbeddedLedger) {
    this.#ledger = ledger;
  }

  /** Opens a ledger on the folder. */
  open(): Promise<EmbeddedLedger> {
    return EmbeddedLedger.open(this.folder, () => this.#genesis);
  }

  async reopen(between: () => void = () => undefined): Promise<void> {
    await this.ledger.close();
    between();
    this.ledger = await this.open();
  }

  append(...envelopes: readonly Uint8Array[]): Promise<void> {
    return this.ledger.append((head) => buildSignedBlock(envelopes, head, this.organizations));
  }

  /** Commits the chaincode definition: blocks 1 and 2. */
  async #define(): Promise<void> {
    const { ledger, organizations } = this;
    const orderer = immediateOrderer(ledger, organizations);
    const now = (): Date => new Date();
    await defineChaincode({ ledger, orderer, organizations, chaincode: CHAINCODE, version: '1', now });
  }

  blockFile(): string {
    return join(this.folder, 'blockfile_000000');
  }

  removeState(): void {
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(this.folder, `state.sqlite${suffix}`), { force: true });
  }

  value(key: string): string {
    return Buffer.from(this.ledger.state.get(CHAINCODE, key)?.value ?? '').toString();
  }

  async close(): Promise<void> {
    await this.ledger.close();
    rmSync(this.folder, { recursive: true });
  }
}
