import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import {
  ACLs,
  BatchSize,
  BlockMetadataIndex,
  decode,
  encode,
  isConfigBlock,
  Metadata,
  OrdererBlockMetadata,
  parsePolicy,
  readBlock,
  readCertificatePem,
  signaturePolicy,
} from '@passage/ledger';
import { CommitError, GatewayError } from '@hyperledger/fabric-gateway';
import { expect } from 'chai';

import { createRevocationList } from '../ca/revocation-list.js';
import { buildConfigUpdate, type ElementChange } from '../configuration/build-update.js';
import { revocationChanges } from '../configuration/revocation.js';
import type { BroadcastResult, OrganizationName, Signer } from '../network.js';
import { loadAuthority } from '../pki/certificates.js';
import { broadcastTo, codesOf, heightOf, replayDifferences } from '../testing/orderer-port.js';
import { detailsOf, refusalOf } from '../testing/refusals.js';
import { TestNetwork } from '../testing/test-network.js';

describe('configuration blocks', function () {
  this.timeout(60_000);
  let network: TestNetwork;

  beforeEach(async () => {
    network = await TestNetwork.start();
  });
  afterEach(async () => {
    const differences = replayDifferences(network.embedded.ledger);
    await network.stop();
    expect(differences).to.deep.equal([]);
  });

  const admin = (name: OrganizationName): Signer => network.organization(name).admin;

  async function update(
    changes: readonly ElementChange[],
    ...signers: OrganizationName[]
  ): Promise<BroadcastResult> {
    const envelope = buildConfigUpdate({
      config: network.embedded.ledger.config(),
      changes,
      signers: signers.map(admin),
      submitter: admin(signers[0] ?? 'customs'),
      now: new Date(),
    });
    return broadcastTo(network.organization('business'), envelope);
  }

  /** Has an update ordered and waits for its block. */
  async function change(changes: readonly ElementChange[], ...signers: OrganizationName[]): Promise<number> {
    const number = network.embedded.ledger.height();
    expect(await update(changes, ...signers)).to.deep.equal({ status: 200, info: '' });
    await heightOf(network.embedded.ledger, number + 1);
    return number;
  }

  const lastConfigOf = (number: number): number => {
    const { metadata } = readBlock(network.embedded.ledger.getBlock(number) ?? new Uint8Array());
    const { value } = decode(Metadata, metadata[BlockMetadataIndex.SIGNATURES] ?? new Uint8Array());
    return decode(OrdererBlockMetadata, value).lastConfig?.index ?? 0;
  };

  it('hold the configuration alone, name themselves as the last, and are in force for the next block', async () => {
    const { ledger } = network.embedded;
    const value = encode(BatchSize, {
      maxMessageCount: 1,
      absoluteMaxBytes: 1 << 20,
      preferredMaxBytes: 1 << 19,
    });
    const number = await change(
      [{ path: ['Orderer'], name: 'BatchSize', value }],
      'customs',
      'port',
      'business',
    );
    expect(isConfigBlock(readBlock(ledger.getBlock(number) ?? new Uint8Array()))).to.equal(true);
    expect(codesOf(ledger, number)).to.deep.equal([0]);
    expect(lastConfigOf(number - 1)).to.equal(0);
    expect(lastConfigOf(number)).to.equal(number);

    const contract = network.contract();
    await Promise.all(['a', 'b', 'c'].map((key) => contract.submitTransaction('put', key, '1')));
    expect(ledger.height()).to.equal(number + 4);
    for (let after = number + 1; after < number + 4; after++) {
      expect(codesOf(ledger, after)).to.deep.equal([0]);
      expect(lastConfigOf(after)).to.equal(number);
    }
    await network.stopServices();
    await network.startServices();
    expect(network.embedded.ledger.config().batchSize.maxMessageCount).to.equal(1);
    await network.contract().submitTransaction('put', 'd', '1');
    expect(lastConfigOf(number + 4)).to.equal(number);
  });

  it('change who may propose at once', async () => {
    const acls = encode(ACLs, {
      acls: new Map([['peer/Propose', { policyRef: '/Channel/Application/Admins' }]]),
    });
    await network.contract('port').evaluateTransaction('get', 'a');
    await change([{ path: ['Application'], name: 'ACLs', value: acls }], 'customs', 'port', 'business');
    const refused = await refusalOf(network.contract('port').evaluateTransaction('get', 'a'));
    expect(refused.message + detailsOf(refused).join()).to.contain('/Channel/Application/Admins');
  });

  it('keep the auditor’s clients from writing, also when the auditor lets them', async () => {
    const submit = (): Promise<unknown> =>
      network
        .contract('auditor')
        .submitTransaction('put', 'audited', '1')
        .catch((error: unknown) => error);
    const refused = await submit();
    if (!(refused instanceof GatewayError)) throw new TypeError(String(refused));
    expect(refused.details.map(({ message }) => message)[0]).to.contain(
      'status=FORBIDDEN, info=signature set did not satisfy policy: permission denied',
    );
    const policy = signaturePolicy(parsePolicy("OR('AuditorMSP.admin', 'AuditorMSP.client')"));
    await change([{ path: ['Application', 'AuditorMSP'], name: 'Writers', policy }], 'auditor');
    expect(await submit()).to.be.instanceOf(GatewayError);
  });

  it('refuse an MSP that its organisation has changed in one group only', async () => {
    const [application] = await revoking('port', new Uint8Array());
    if (application === undefined) throw new TypeError('no change');
    const { status, info } = await update([application], 'port');
    expect(status).to.equal(400);
    expect(info).to.contain('Attempted to define two different versions of MSP: PortMSP');
  });

  it('revoke an identity from there on: at endorsement, at the orderer and in validation', async () => {
    const { ledger } = network.embedded;
    const contract = network.contract('port');
    await contract.submitTransaction('put', 'earlier', '1');
    const before = ledger.height() - 1;
    const waiting = await contract.newProposal('put', { arguments: ['waiting', '1'] }).endorse();
    const { credentials } = network.user('port').identity;
    const number = await change(await revoking('port', credentials), 'port');

    const endorsement = await refusalOf(contract.submitTransaction('put', 'later', '1'));
    expect([endorsement.code, detailsOf(endorsement).join()].join()).to.contain('access denied');
    const submission = await refusalOf(waiting.submit());
    expect(detailsOf(submission).join()).to.contain('status=FORBIDDEN');
    expect(ledger.height()).to.equal(number + 1);
    expect(codesOf(ledger, before)).to.deep.equal([0]);
    // The other clients of the organisation go on.
    await network.contract('customs').submitTransaction('put', 'others', '1');
  });

  it('revoke an endorser: what it endorsed before and what is ordered later fails its policy', async () => {
    const contract = network.contract('customs');
    const endorsed = await contract
      .newProposal('put', { arguments: ['k', '1'], endorsingOrganizations: ['CustomsMSP', 'PortMSP'] })
      .endorse();
    await change(
      await revoking('port', Buffer.from(network.organization('port').peer.certificatePem)),
      'port',
    );
    const commit = await endorsed.submit();
    const status = await commit.getStatus();
    expect(status.code).to.equal(10);
    const error = await contract
      .submit('put', { arguments: ['k', '2'], endorsingOrganizations: ['CustomsMSP', 'PortMSP'] })
      .catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(CommitError);
  });

  /** The changes by which an organisation revokes a certificate. */
  async function revoking(name: OrganizationName, certificate: Uint8Array): Promise<ElementChange[]> {
    const files = network.paths.organization(name);
    const authority = await loadAuthority(
      readFileSync(files.caCert, 'utf8'),
      readFileSync(files.caKey, 'utf8'),
    );
    const serial =
      certificate.length === 0
        ? createHash('sha256').update(name).digest('hex').slice(0, 32)
        : readCertificatePem(certificate).serialNumber;
    const revoked = [{ serial, id: '', notAfter: Infinity, at: Date.now(), reason: 0 }];
    const list = await createRevocationList(authority, revoked, new Date());
    return revocationChanges(network.embedded.ledger.config(), network.organization(name).mspId, list);
  }
});
