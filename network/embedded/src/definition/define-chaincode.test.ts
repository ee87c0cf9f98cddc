import { rmSync } from 'node:fs';

import {
  formatPolicy,
  ApplicationPolicy,
  decode,
  parseCollections,
  readBlock,
  readDefinition,
  readEndorserTransaction,
  readEnvelope,
  readReadWriteSet,
  type ChaincodeSet,
} from '@passage/ledger';
import { expect } from 'chai';

import { buildGenesisBlock } from '../genesis/genesis-block.js';
import { immediateOrderer } from '../ordering/immediate-orderer-fixture.js';
import { CHANNEL } from '../organizations.js';
import { organizationsFixture, temporaryFolder } from '../pki/organizations-fixture.js';
import { EmbeddedLedger } from '../store/embedded-ledger.js';
import { defineChaincode } from './define-chaincode.js';

describe('defineChaincode', function () {
  this.timeout(10_000);
  let folder: string;
  let ledger: EmbeddedLedger;
  let define: (version: string, collections?: string) => Promise<void>;

  beforeEach(async () => {
    const { organizations, now } = await organizationsFixture();
    folder = temporaryFolder();
    const input = { channel: CHANNEL, organizations, batchIntervalMs: 50, nonce: Buffer.alloc(24), now };
    ledger = await EmbeddedLedger.open(folder, () => buildGenesisBlock(input));
    const orderer = immediateOrderer(ledger, organizations);
    define = (version, collections) =>
      defineChaincode({
        ledger,
        orderer,
        organizations,
        chaincode: 'basket',
        version,
        ...(collections !== undefined && { collections: parseCollections(collections) }),
        now: () => new Date(),
      });
  });
  afterEach(async () => {
    await ledger.close();
    rmSync(folder, { recursive: true });
  });

  /** The _lifecycle part of every transaction of a block. */
  function lifecycleSets(block: number): ChaincodeSet[] {
    return readBlock(ledger.getBlock(block) ?? new Uint8Array(0)).envelopes.flatMap((envelope) => {
      const { payload } = readEnvelope(envelope);
      const { chaincodeAction } = readEndorserTransaction(payload?.data ?? new Uint8Array(0));
      return readReadWriteSet(chaincodeAction.results).filter(({ namespace }) => namespace === '_lifecycle');
    });
  }

  it('commits a definition with the policy of the design', async () => {
    await define('1-abc');
    const definition = readDefinition(ledger.state, 'basket');
    expect(definition).to.deep.include({
      sequence: 1,
      version: '1-abc',
      endorsementPlugin: 'escc',
      initRequired: false,
    });
    const { signaturePolicy } = decode(
      ApplicationPolicy,
      definition?.validationParameter ?? new Uint8Array(0),
    );
    expect(signaturePolicy && formatPolicy(signaturePolicy)).to.equal(
      "OutOf(2, 'CustomsMSP.peer', 'PortMSP.peer', 'BusinessMSP.peer')",
    );
  });

  it('is approved by all four in one block and committed in the next, all of it valid', async () => {
    await define('1');
    expect(ledger.height()).to.equal(3);
    const flags = [1, 2].map((number) => [
      ...(readBlock(ledger.getBlock(number) ?? new Uint8Array(0)).metadata[2] ?? []),
    ]);
    expect(flags).to.deep.equal([[0, 0, 0, 0], [0]]);
    const approvals = lifecycleSets(1).map(({ collections }) =>
      collections.map(({ collection }) => collection),
    );
    expect(approvals).to.deep.equal([
      ['_implicit_org_CustomsMSP'],
      ['_implicit_org_PortMSP'],
      ['_implicit_org_BusinessMSP'],
      ['_implicit_org_AuditorMSP'],
    ]);
  });

  it('reads and writes the keys that a real network recorded for its first definition', async () => {
    await define('1');
    const [approval] = lifecycleSets(1);
    const [commit] = lifecycleSets(2);
    // The recorded chain's block 1 and block 5 (shared data fabric-chain), for a chaincode of this name.
    const looked = ['namespaces/fields/basket/Sequence', 'namespaces/metadata/basket'];
    expect(approval?.reads).to.deep.equal(looked.map((key) => ({ key })));
    expect(commit?.reads).to.deep.equal(looked.map((key) => ({ key })));
    expect(approval?.collections[0]?.writes.map(({ key }) => key.slice(0, 8))).to.have.members([
      '4e03dfa4',
      'dac9501e',
      'f9c33a00',
      'e190100d',
      '6eb2e508',
      '797c3fcd',
    ]);
    expect(commit?.writes.map(({ key }) => key)).to.deep.equal([
      'namespaces/fields/basket/Collections',
      'namespaces/fields/basket/EndorsementInfo',
      'namespaces/fields/basket/Sequence',
      'namespaces/fields/basket/ValidationInfo',
      'namespaces/metadata/basket',
    ]);
    for (const { reads } of commit?.collections ?? []) {
      expect(reads.map(({ key, version }) => [key.slice(0, 8), version?.block])).to.have.deep.members([
        ['f9c33a00', 1],
        ['e190100d', 1],
        ['6eb2e508', 1],
        ['797c3fcd', 1],
      ]);
    }
    expect(commit?.collections).to.have.length(4);
  });

  it('does nothing when the definition is as it should be, and raises the sequence for another version', async () => {
    await define('1-abc');
    await define('1-abc');
    expect(ledger.height()).to.equal(3);
    await define('1-def');
    expect(ledger.height()).to.equal(5);
    expect(readDefinition(ledger.state, 'basket')).to.deep.include({ sequence: 2, version: '1-def' });
    expect(lifecycleSets(4)[0]?.writes.map(({ key }) => key)).to.deep.equal([
      'namespaces/fields/basket/EndorsementInfo',
      'namespaces/fields/basket/Sequence',
    ]);
  });

  describe('with private collections', () => {
    const listed = (...names: string[]): string =>
      JSON.stringify(names.map((name) => ({ name, policy: "OR('CustomsMSP.member', 'PortMSP.member')" })));
    const defined = (): unknown => {
      const { sequence, collections } = readDefinition(ledger.state, 'basket') ?? { collections: [] };
      return [sequence, collections.map(({ name }) => name)];
    };

    it('takes them from the list, and carries them on where a later definition lists none', async () => {
      await define('1', listed('prices'));
      expect(defined()).to.deep.equal([1, ['prices']]);
      await define('1', listed('prices'));
      await define('2');
      expect(defined()).to.deep.equal([2, ['prices']]);
    });

    it('makes a new sequence for a longer list alone, and refuses a shorter one in Fabric’s words', async () => {
      await define('1', listed('prices'));
      await define('1', listed('prices', 'values'));
      expect(defined()).to.deep.equal([2, ['prices', 'values']]);
      const height = ledger.height();
      const refusal = await define('2', listed('values')).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(refusal).to.have.property('code', 'DEFINITION_REFUSED');
      expect(String(refusal)).to.contain('missing in the proposed collection');
      expect(ledger.height(), 'nothing was ordered').to.equal(height);
    });
  });
});
