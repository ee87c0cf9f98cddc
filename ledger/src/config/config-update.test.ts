import { expect } from 'chai';
import { buildGenesisBlockOf, readEnvelope, signEnvelope } from '../block/index.js';
import { decode, encode } from '../codec/index.js';
import { ConfigUpdateEnvelope, Envelope, Payload } from '../proto/index.js';
import { batchSizeUpdate, refusal, updateEnvelope } from '../testing/config-updates.js';
import { recordedChain } from '../testing/recorded-chain.js';
import { genesis, names, sizes } from '../testing/test-channel.js';
import { mspConfig, testCa } from '../testing/test-msp.js';
import { applyConfigEnvelope, channelConfigOf, proposeConfigUpdate, readConfigTransaction } from './index.js';
import type { ConfigEnvelope } from '../proto/index.js';
import type { ChannelConfig } from './index.js';

const config = channelConfigOf(buildGenesisBlockOf(genesis()));

describe('proposeConfigUpdate', () => {
  it('makes the configuration that those may make who signed', () => {
    const proposed = proposeConfigUpdate(config, batchSizeUpdate(names));
    const next = applyConfigEnvelope(config, proposed);
    expect(next.batchSize).to.deep.equal(sizes(99));
    expect(next.sequence).to.equal(1);
    expect(refusal(() => proposeConfigUpdate(next, batchSizeUpdate(names)))).to.equal(
      'INVALID_CONFIG: error authorizing update: error validating DeltaSet: attempt to set key [Value]  /Channel/Orderer/BatchSize to version 1, but key is at version 1',
    );
    expect(config.batchSize).to.deep.equal(sizes(10));
  });

  it('lets an organisation change what its own admin governs, and nothing else', () => {
    const own = (mspId: string) => {
      const organization = config.group.groups.get('Application')!.groups.get(mspId)!;
      const policies = new Map([['Admins', { ...organization.policies.get('Admins')!, version: 1 }]]);
      const at = (inner: object) => ({
        groups: new Map([['Application', { groups: new Map([[mspId, inner]]) }]]),
      });
      return { channelId: 'ch', readSet: at({}), writeSet: at({ policies }) };
    };
    expect(refusal(() => proposeConfigUpdate(config, updateEnvelope(['AMSP'], own('AMSP'))))).to.equal(
      'accepted',
    );
    expect(refusal(() => proposeConfigUpdate(config, updateEnvelope(['BMSP'], own('AMSP'))))).to.equal(
      'CONFIG_NOT_AUTHORIZED: error authorizing update: error validating DeltaSet: policy for [Policy] /Channel/Application/AMSP/Admins not satisfied: signature set did not satisfy policy',
    );
  });

  it('asks the policies of a group itself when the group changes', () => {
    const group = config.group.groups.get('Application')!.groups.get('AMSP')!;
    const extra = { ...group.policies.get('Admins')!, version: 0 };
    const members = (version: number) => ({
      version,
      modPolicy: 'Admins',
      values: group.values,
      policies: version > 0 ? new Map(group.policies).set('Extra', extra) : group.policies,
    });
    const at = (inner: object) => ({
      groups: new Map([['Application', { groups: new Map([['AMSP', inner]]) }]]),
    });
    const update = { channelId: 'ch', readSet: at(members(0)), writeSet: at(members(1)) };
    expect(refusal(() => proposeConfigUpdate(config, updateEnvelope(['BMSP'], update)))).to.match(
      /^CONFIG_NOT_AUTHORIZED.*\[Group\]  \/Channel\/Application\/AMSP not satisfied/,
    );
    const proposed = proposeConfigUpdate(config, updateEnvelope(['AMSP'], update));
    const next = applyConfigEnvelope(config, proposed);
    expect(next.policies.find('/Channel/Application/AMSP/Extra')).not.to.be.undefined;
  });

  it('refuses an update that changes nothing', () => {
    const same = { groups: new Map([['Orderer', {}]]) };
    const update = updateEnvelope(names, { channelId: 'ch', readSet: same, writeSet: same });
    expect(refusal(() => proposeConfigUpdate(config, update))).to.contain(
      'delta set was empty -- update would have no effect',
    );
  });

  const refused: Record<string, [Uint8Array, RegExp]> = {
    'one signature of two': [batchSizeUpdate(['AMSP']), /^CONFIG_NOT_AUTHORIZED/],
    'no signature': [batchSizeUpdate([]), /^CONFIG_NOT_AUTHORIZED/],
    'one signer twice': [batchSizeUpdate(['AMSP', 'AMSP']), /^CONFIG_NOT_AUTHORIZED/],
    'another channel': [
      batchSizeUpdate(names, { channelId: 'other' }),
      /ConfigUpdate for channel 'other' but envelope for channel 'ch'/,
    ],
    'a version that does not follow': [batchSizeUpdate(names, { version: 2 }), /but key is at version 0/],
    'no change': [batchSizeUpdate(names, { version: 0 }), /but key is at version 0/],
    'a read set from another state': [
      batchSizeUpdate(names, { readVersion: 7 }),
      /be at version 7, but it is currently at version 0/,
    ],
    'an empty mod_policy': [batchSizeUpdate(names, { modPolicy: '' }), /has no mod_policy/],
    'a mod_policy that is no path': [
      batchSizeUpdate(names, { modPolicy: '/a//b' }),
      /not allowed as the name/,
    ],
    'an envelope of another kind': [genesis(), /it is of another kind/],
  };
  for (const [what, [update, why]] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      expect(refusal(() => proposeConfigUpdate(config, update))).to.match(why);
    });
  }
});

describe('applyConfigEnvelope', () => {
  const proposed = proposeConfigUpdate(config, batchSizeUpdate(names));

  it('refuses a configuration that is not what its update leads to', () => {
    const { channelGroup: right } = proposed.config!;
    const forged = { ...right!, modPolicy: 'Readers' };
    const act = (envelope: ConfigEnvelope): ChannelConfig => applyConfigEnvelope(config, envelope);
    expect(refusal(() => act({ ...proposed, config: { sequence: 1, channelGroup: forged } }))).to.contain(
      'did not produce the supplied config result',
    );
    expect(refusal(() => act({ ...proposed, config: { sequence: 2, channelGroup: right! } }))).to.contain(
      'cannot validate config at sequence 2',
    );
    expect(refusal(() => act({ config: proposed.config! }))).to.contain('carries no update');
  });

  it('lets no organisation turn into another MSP', () => {
    const value = { version: 1, value: mspConfig('CMSP', testCa()), modPolicy: 'Admins' };
    const at = (inner: object) => ({
      groups: new Map([['Application', { groups: new Map([['AMSP', inner]]) }]]),
    });
    const update = { channelId: 'ch', readSet: at({}), writeSet: at({ values: new Map([['MSP', value]]) }) };
    const turned = proposeConfigUpdate(config, updateEnvelope(names, update));
    expect(refusal(() => applyConfigEnvelope(config, turned))).to.contain('may not turn from AMSP into CMSP');
  });

  it('refuses a recorded update whose signatures were taken away', function () {
    const { blocks } = recordedChain(this);
    const real = channelConfigOf(blocks[0]!);
    const { configEnvelope } = readConfigTransaction(blocks[146]!.envelopes[0]!);
    expect(applyConfigEnvelope(real, configEnvelope).batchSize.maxMessageCount).to.equal(12);
    const { payload } = readEnvelope(encode(Envelope, configEnvelope.lastUpdate!));
    const { configUpdate, signatures } = decode(ConfigUpdateEnvelope, payload!.data);
    const weaker = { configUpdate, signatures: signatures.slice(0, 2) };
    const data = encode(ConfigUpdateEnvelope, weaker);
    const lastUpdate = decode(
      Envelope,
      signEnvelope(encode(Payload, { ...payload!, data }), () => new Uint8Array(0)),
    );
    expect(refusal(() => applyConfigEnvelope(real, { ...configEnvelope, lastUpdate }))).to.match(
      /^CONFIG_NOT_AUTHORIZED/,
    );
  });
});
