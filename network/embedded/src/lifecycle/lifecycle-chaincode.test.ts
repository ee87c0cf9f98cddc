import { rmSync } from 'node:fs';

import {
  ApproveChaincodeDefinitionForMyOrgArgs,
  CheckCommitReadinessArgs,
  CheckCommitReadinessResult,
  decode,
  encode,
  QueryApprovedChaincodeDefinitionArgs,
  QueryChaincodeDefinitionArgs,
  QueryChaincodeDefinitionResult,
  type Encodable,
  type Response,
} from '@passage/ledger';
import { expect } from 'chai';

import { defineChaincode } from '../definition/define-chaincode.js';
import { buildGenesisBlock } from '../genesis/genesis-block.js';
import { immediateOrderer } from '../ordering/immediate-orderer-fixture.js';
import { CHANNEL } from '../organizations.js';
import { organizationsFixture, temporaryFolder } from '../pki/organizations-fixture.js';
import { EmbeddedLedger } from '../store/embedded-ledger.js';
import { lifecycleLedger } from './ledger.js';
import { callLifecycle } from './lifecycle-chaincode.js';

describe('callLifecycle', function () {
  this.timeout(10_000);
  let folder: string;
  let ledger: EmbeddedLedger;

  before(async () => {
    const { organizations, now } = await organizationsFixture();
    folder = temporaryFolder();
    const input = { channel: CHANNEL, organizations, batchIntervalMs: 50, nonce: Buffer.alloc(24), now };
    ledger = await EmbeddedLedger.open(folder, () => buildGenesisBlock(input));
    const orderer = immediateOrderer(ledger, organizations);
    await defineChaincode({
      ledger,
      orderer,
      organizations,
      chaincode: 'basket',
      version: '1',
      now: () => new Date(),
    });
  });
  after(async () => {
    await ledger.close();
    rmSync(folder, { recursive: true });
  });

  function call(operation: string, argument: Uint8Array, denied?: string): Response {
    return callLifecycle({
      args: [Buffer.from(operation), argument],
      ledger: lifecycleLedger(ledger),
      config: ledger.config(),
      mspId: 'CustomsMSP',
      denial: () => denied,
    }).response;
  }
  const approval = (argument: Encodable<ApproveChaincodeDefinitionForMyOrgArgs>): string =>
    call(
      'ApproveChaincodeDefinitionForMyOrg',
      encode(ApproveChaincodeDefinitionForMyOrgArgs, {
        name: 'basket',
        version: '1',
        sequence: 2,
        ...argument,
      }),
    ).message;

  const refused: readonly [Encodable<ApproveChaincodeDefinitionForMyOrgArgs>, string][] = [
    [{ sequence: 0 }, 'currently defined sequence 1 is larger than requested sequence 0'],
    [{ sequence: 3 }, 'requested sequence 3 is larger than the next available sequence number 2'],
    [{ name: 'new', sequence: 0 }, 'requested sequence is 0, but first definable sequence number is 1'],
    [
      { sequence: 1, version: '2' },
      "attempted to redefine the current committed sequence (1) for namespace basket with different parameters: expected Version '1' does not match passed Version '2'",
    ],
    [{ name: 'a b' }, "error validating chaincode definition: invalid chaincode name 'a b'."],
    [{ name: 'qscc' }, "chaincode name 'qscc' is the name of a system chaincode"],
    [{ version: 'ü' }, "invalid chaincode version 'ü'."],
    [
      { collections: { config: [{ staticCollectionConfig: { name: '_x' } }] } },
      "invalid collection name '_x'.",
    ],
    [
      { collections: { config: [{ staticCollectionConfig: { name: 'x' } }] } },
      "collection member policy is not set for collection 'x'",
    ],
    [
      { collections: { config: [{ staticCollectionConfig: { name: 'x', requiredPeerCount: 1 } }] } },
      'collection-name: x -- maximum peer count (0) cannot be less than the required peer count (1)',
    ],
  ];
  for (const [argument, why] of refused) {
    it(`refuses to approve: ${why.slice(0, 80)}`, () => {
      expect(approval(argument)).to.contain(
        "failed to invoke backing implementation of 'ApproveChaincodeDefinitionForMyOrg': ",
      );
      expect(approval(argument)).to.contain(why);
    });
  }

  it('says of a definition who has approved it, and what differs for the others', () => {
    const argument = encode(CheckCommitReadinessArgs, { name: 'basket', version: '2', sequence: 2 });
    const { approvals, mismatches } = decode(
      CheckCommitReadinessResult,
      call('CheckCommitReadiness', argument).payload,
    );
    expect([...approvals]).to.deep.equal(
      ['AuditorMSP', 'BusinessMSP', 'CustomsMSP', 'PortMSP'].map((mspId) => [mspId, false]),
    );
    expect(mismatches.get('PortMSP')?.items).to.deep.equal(['ChaincodeParameters']);
    const query = encode(QueryChaincodeDefinitionArgs, { name: 'basket' });
    const defined = decode(QueryChaincodeDefinitionResult, call('QueryChaincodeDefinition', query).payload);
    expect([...defined.approvals.values()]).to.deep.equal([true, true, true, true]);
  });

  it('answers 404 for a chaincode without a definition, and 500 for an approval that nobody made', () => {
    const missing = call('QueryChaincodeDefinition', encode(QueryChaincodeDefinitionArgs, { name: 'other' }));
    expect([missing.status, missing.message]).to.deep.equal([404, 'namespace other is not defined']);
    const argument = encode(QueryApprovedChaincodeDefinitionArgs, { name: 'other' });
    expect(call('QueryApprovedChaincodeDefinition', argument).message).to.contain(
      "could not fetch approved chaincode definition (name: 'other', sequence: '0')",
    );
  });

  it('refuses operations that it does not have, arguments that it cannot read, and whoever may not', () => {
    expect(call('InstallChaincode', new Uint8Array()).message).to.contain(
      'receiver *lifecycle.Invocation.InstallChaincode does not exist',
    );
    expect(call('CommitChaincodeDefinition', Buffer.from([0xff])).message).to.contain(
      'could not decode input arg',
    );
    expect(call('QueryChaincodeDefinitions', new Uint8Array(), 'no').message).to.equal(
      'Failed to authorize invocation due to failed ACL check: no',
    );
  });
});
