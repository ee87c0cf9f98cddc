import {
  ACLs,
  BatchSize,
  channelConfigOf,
  decode,
  encode,
  Envelope,
  HashingAlgorithm,
  Orderers,
  parsePolicy,
  readConfigTransaction,
  readEnvelope,
  signaturePolicy,
  type ChannelConfig,
} from '@passage/ledger';
import { expect } from 'chai';

import { buildConfigUpdate, type ElementChange } from '../configuration/build-update.js';
import { buildGenesisBlock } from '../genesis/genesis-block.js';
import type { Organization, OrganizationName, Signer } from '../network.js';
import { organizationsFixture } from '../pki/organizations-fixture.js';
import { judgeBroadcast, mayStillBeOrdered, type Judgement } from './broadcast-filter.js';

/* The rows P3 and P5 of the policy set that was run on a real network (shared facts, fabric-config/passage-policies). */
describe('configuration updates at the orderer', function () {
  this.timeout(10_000);
  let config: ChannelConfig;
  let organizations: readonly Organization[];
  const now = new Date();

  before(async () => {
    ({ organizations } = await organizationsFixture());
    const input = {
      channel: 'passage-embedded',
      organizations,
      batchIntervalMs: 50,
      nonce: Buffer.alloc(24),
      now,
    };
    config = channelConfigOf(buildGenesisBlock(input));
  });

  function organization(name: OrganizationName): Organization {
    const found = organizations.find((candidate) => candidate.name === name);
    if (found === undefined) throw new TypeError(`no organisation ${name}`);
    return found;
  }
  const admin = (name: OrganizationName): Signer => organization(name).admin;
  const admins = (...names: OrganizationName[]): Signer[] => names.map(admin);

  const BATCH: ElementChange = {
    path: ['Orderer'],
    name: 'BatchSize',
    value: encode(BatchSize, { maxMessageCount: 7, absoluteMaxBytes: 1_000_000, preferredMaxBytes: 500_000 }),
  };

  function judge(
    changes: readonly ElementChange[],
    signers: readonly Signer[],
    submitter: Signer = admin('customs'),
    current: ChannelConfig = config,
  ): Judgement {
    const update = buildConfigUpdate({ config: current, changes, signers, submitter, now });
    const orderers = organizations.map(({ orderer }) => orderer);
    return judgeBroadcast(update, { config: current, now, orderers });
  }
  const outcome = (judgement: Judgement): unknown =>
    judgement.accepted ? 'accepted' : [judgement.refusal.status, judgement.refusal.info];
  const unsatisfied = (element: string): unknown => [
    400,
    "error applying config update to existing channel 'passage-embedded': error authorizing update: error validating " +
      `DeltaSet: policy for ${element} not satisfied: signature set did not satisfy policy`,
  ];

  it('makes the configuration, signs it as an orderer and orders it alone', () => {
    const judgement = judge([BATCH], admins('customs', 'port', 'business'));
    if (!judgement.accepted) throw new TypeError(judgement.refusal.info);
    expect(judgement.isConfig).to.equal(true);
    const { configEnvelope } = readConfigTransaction(judgement.envelope);
    expect(configEnvelope.config?.sequence).to.equal(1);
    const { signatureHeader, channelHeader } = readEnvelope(judgement.envelope);
    expect(Buffer.from(signatureHeader?.creator ?? [])).to.deep.equal(
      Buffer.from(organization('customs').orderer.serialized),
    );
    expect(channelHeader?.txId).to.equal('');
  });

  const sufficient: readonly OrganizationName[][] = [
    ['customs', 'port', 'business'],
    ['customs', 'business', 'auditor'],
    ['customs', 'port', 'auditor'],
  ];
  for (const names of sufficient) {
    it(`takes one that ${names.join(', ')} signed`, () => {
      expect(outcome(judge([BATCH], admins(...names)))).to.equal('accepted');
    });
  }

  const insufficient: readonly OrganizationName[][] = [
    ['port', 'business', 'auditor'],
    ['customs', 'port'],
    ['customs'],
    ['customs', 'customs', 'port'],
  ];
  for (const names of insufficient) {
    it(`refuses one that ${names.join(', ')} signed, in Fabric's words`, () => {
      expect(outcome(judge([BATCH], admins(...names)))).to.deep.equal(
        unsatisfied('[Value]  /Channel/Orderer/BatchSize'),
      );
    });
  }

  it('asks the same of access lists, the hash, and the lifecycle policy', () => {
    const lifecycle = config.group.groups.get('Application')?.policies.get('LifecycleEndorsement')?.policy;
    if (lifecycle === undefined) throw new TypeError('no lifecycle policy');
    const cases: readonly [ElementChange, string][] = [
      [
        { path: ['Application'], name: 'ACLs', value: encode(ACLs, { acls: new Map() }) },
        '[Value]  /Channel/Application/ACLs',
      ],
      [
        { path: [], name: 'HashingAlgorithm', value: encode(HashingAlgorithm, { name: 'SHA256' }) },
        '[Value]  /Channel/HashingAlgorithm',
      ],
      [
        { path: ['Application'], name: 'LifecycleEndorsement', policy: lifecycle },
        '[Policy] /Channel/Application/LifecycleEndorsement',
      ],
    ];
    for (const [change, element] of cases) {
      expect(outcome(judge([change], admins('port', 'business', 'auditor')))).to.deep.equal(
        unsatisfied(element),
      );
      expect(outcome(judge([change], admins('customs', 'port', 'business')))).to.equal('accepted');
    }
  });

  it('does not count the sender as a signer', () => {
    expect(outcome(judge([BATCH], admins('port', 'business'), admin('customs')))).to.deep.equal(
      unsatisfied('[Value]  /Channel/Orderer/BatchSize'),
    );
  });

  it('takes it from any writer, and from nobody else', () => {
    expect(outcome(judge([BATCH], admins('customs', 'port', 'business'), admin('auditor')))).to.equal(
      'accepted',
    );
    expect(
      outcome(judge([BATCH], admins('customs', 'port', 'business'), organization('port').peer)),
    ).to.deep.equal([
      403,
      'config update for existing channel did not pass initial checks: ' +
        'signature set did not satisfy policy: permission denied',
    ]);
  });

  const ownWriters = (name: OrganizationName, text: string): ElementChange => ({
    path: ['Application', organization(name).mspId],
    name: 'Writers',
    policy: signaturePolicy(parsePolicy(text)),
  });

  it('lets an organisation change its own policies, which opens the channel to nobody', () => {
    const change = ownWriters('auditor', "OR('AuditorMSP.admin', 'AuditorMSP.client')");
    expect(outcome(judge([change], admins('auditor')))).to.equal('accepted');
    expect(outcome(judge([change], admins('customs', 'port', 'business')))).to.deep.equal(
      unsatisfied('[Policy] /Channel/Application/AuditorMSP/Writers'),
    );
  });

  it('cannot be changed any more once the orderers are no writers', () => {
    const without = {
      path: [],
      name: 'Writers',
      policy: signaturePolicy(parsePolicy("OR('CustomsMSP.admin', 'PortMSP.admin')")),
    };
    const everybody = admins('customs', 'port', 'business', 'auditor');
    const closed = configAfter(judge([without], everybody));
    expect(outcome(judge([BATCH], everybody, admin('customs'), closed))).to.deep.equal([
      403,
      'config update for existing channel did not pass final checks: ' +
        'signature set did not satisfy policy: permission denied',
    ]);
  });

  it('refuses other orderers, whose keys the embedded network does not have', () => {
    const [first] = config.consenters;
    const consenterMapping = config.consenters.map((one) =>
      one.id === 4 ? { ...one, identity: first?.identity ?? one.identity } : one,
    );
    const change = { path: ['Orderer'], name: 'Orderers', value: encode(Orderers, { consenterMapping }) };
    const [status, info] = outcome(judge([change], admins('customs', 'port', 'business'))) as [
      number,
      string,
    ];
    expect(status).to.equal(400);
    expect(info).to.contain('the embedded network has no key of such an orderer');
  });

  it('refuses an update for an older configuration, also one that was waiting when the newer came', () => {
    const everybody = admins('customs', 'port', 'business');
    const first = judge([BATCH], everybody);
    const second = judge([BATCH], everybody);
    const next = configAfter(first);
    if (!second.accepted) throw new TypeError(second.refusal.info);
    expect(mayStillBeOrdered(second.envelope, config)).to.equal(true);
    expect(mayStillBeOrdered(second.envelope, next)).to.equal(false);
    const stale = buildConfigUpdate({
      config,
      changes: [BATCH],
      signers: everybody,
      submitter: admin('port'),
      now,
    });
    const orderers = organizations.map(({ orderer }) => orderer);
    const judged = judgeBroadcast(stale, { config: next, now, orderers });
    expect((outcome(judged) as [number, string])[1]).to.contain(
      'attempt to set key [Value]  /Channel/Orderer/BatchSize to version 1, but key is at version 1',
    );
  });

  it('refuses an update after which configurations would be too large to be ordered', () => {
    const tiny = { maxMessageCount: 7, absoluteMaxBytes: 1000, preferredMaxBytes: 500 };
    const change: ElementChange = { path: ['Orderer'], name: 'BatchSize', value: encode(BatchSize, tiny) };
    const everybody = admins('customs', 'port', 'business');
    const next = configAfter(judge([change], everybody));
    const [status, info] = outcome(judge([BATCH], everybody, admin('port'), next)) as [number, string];
    expect(status).to.equal(400);
    expect(info).to.match(/did not pass initial checks: message payload is \d+ bytes and exceeds maximum/);
  });

  it('refuses bytes that are no update', () => {
    const { payload } = decode(
      Envelope,
      buildConfigUpdate({ config, changes: [BATCH], signers: [], submitter: admin('port'), now }),
    );
    const cut = payload.subarray(0, payload.length - 2);
    const envelope = encode(Envelope, { payload: cut, signature: admin('port').sign(cut) });
    const orderers = organizations.map(({ orderer }) => orderer);
    expect((outcome(judgeBroadcast(envelope, { config, now, orderers })) as [number])[0]).to.equal(400);
  });

  function configAfter(judgement: Judgement): ChannelConfig {
    if (!judgement.accepted) throw new TypeError(judgement.refusal.info);
    const block = {
      header: { number: 1, previousHash: new Uint8Array(0), dataHash: new Uint8Array(0) },
      metadata: [],
    };
    return channelConfigOf({ ...block, envelopes: [judgement.envelope] });
  }
});
