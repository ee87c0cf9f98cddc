import { expect } from 'chai';
import { buildGenesisBlockOf, encodeBlock, readBlock } from '../block/index.js';
import { decode, toHex } from '../codec/index.js';
import { HashingAlgorithm, MSPConfig, OrdererAddresses } from '../proto/index.js';
import { refusal } from '../testing/config-updates.js';
import { recordedChain } from '../testing/recorded-chain.js';
import { capabilities, channelGroup, genesis, names, sizes } from '../testing/test-channel.js';
import { mspConfig, testCa } from '../testing/test-msp.js';
import { channelConfigOf, configGroup, configValue, isConfigBlock, readChannelConfig } from './index.js';
import type { ConfigGroup } from '../proto/index.js';

const config = channelConfigOf(buildGenesisBlockOf(genesis()));

describe('channelConfigOf', () => {
  it('reads the genesis block of a real network', function () {
    const { genesis: bytes } = recordedChain(this);
    const real = channelConfigOf(readBlock(bytes));
    expect(real.channelId).to.equal('grove');
    expect(real.sequence).to.equal(0);
    expect(real.msps.mspIds).to.have.members(['AlderMSP', 'BirchMSP', 'CedarMSP', 'DogwoodMSP']);
    expect(real.consensusType.type).to.equal('BFT');
    expect(real.consenters.map(({ id, mspId }) => [id, mspId])).to.deep.equal([
      [1, 'AlderMSP'],
      [2, 'BirchMSP'],
      [3, 'CedarMSP'],
      [4, 'DogwoodMSP'],
    ]);
    expect(real.batchSize.maxMessageCount).to.equal(20);
    expect([
      ...real.capabilities.channel,
      ...real.capabilities.orderer,
      ...real.capabilities.application,
    ]).to.deep.equal(['V3_0', 'V2_0', 'V2_5']);
    expect(real.aclPolicy('event/Block')).to.equal('/Channel/Application/Readers');
    expect(real.aclPolicy('peer/Propose')).to.equal('/Channel/Application/Writers');
    expect(real.aclPolicy('no/Such')).to.be.undefined;
    const [first] = real.ordererOrganizations.values();
    expect(first?.ordererEndpoints).to.have.length(1);
  });

  it('reads what the builders build, and writes it again byte for byte', () => {
    expect(config.batchSize).to.deep.equal(sizes(10));
    expect(config.msps.mspIds).to.have.members(names);
    const block = buildGenesisBlockOf(genesis());
    expect(isConfigBlock(block)).to.be.true;
    expect(toHex(encodeBlock(readBlock(encodeBlock(block))))).to.equal(toHex(encodeBlock(block)));
  });

  const group = channelGroup();
  const without = (name: string): ConfigGroup => {
    const groups = new Map(group.groups);
    groups.delete(name);
    return { ...group, groups };
  };
  const withValue = (name: string, value: ReturnType<typeof capabilities>): ConfigGroup => ({
    ...group,
    values: new Map([...group.values, [name, value]]),
  });
  const cases: Record<string, [ConfigGroup, string]> = {
    'without an Orderer group': [without('Orderer'), 'INVALID_CONFIG'],
    'without an Application group': [without('Application'), 'INVALID_CONFIG'],
    'with an unknown capability': [withValue('Capabilities', capabilities('V9_9')), 'INVALID_CONFIG'],
    'of too old a channel': [withValue('Capabilities', capabilities('V1_3')), 'INVALID_CONFIG'],
    'with another hash': [
      withValue('HashingAlgorithm', configValue(HashingAlgorithm, { name: 'SHA3_256' })),
      'INVALID_CONFIG',
    ],
    'with an unknown value': [withValue('Colour', capabilities('V3_0')), 'INVALID_CONFIG'],
    'with addresses of orderers for all': [
      withValue('OrdererAddresses', configValue(OrdererAddresses, { addresses: ['localhost:1'] })),
      'INVALID_CONFIG',
    ],
    'with a policy that does not compile': [
      {
        ...group,
        policies: new Map([
          ['Bad', { version: 0, policy: { type: 9, value: new Uint8Array(0) }, modPolicy: '' }],
        ]),
      },
      'INVALID_POLICY',
    ],
  };
  for (const [what, [tree, code]] of Object.entries(cases)) {
    it(`refuses a configuration ${what}`, () => {
      expect(refusal(() => channelConfigOf(buildGenesisBlockOf(genesis(tree))))).to.match(
        new RegExp(`^${code}: `),
      );
    });
  }

  it('refuses an organisation with two different MSPs', () => {
    const other = configGroup({
      groups: {
        AMSP: configGroup({
          values: { MSP: configValue(MSPConfig, decode(MSPConfig, mspConfig('AMSP', testCa()))) },
        }),
      },
      values: { Capabilities: capabilities('V2_5') },
    });
    const tree = { ...group, groups: new Map([...group.groups, ['Application', other]]) };
    expect(refusal(() => readChannelConfig('ch', { sequence: 0, channelGroup: tree }))).to.contain(
      'Attempted to define two different versions of MSP: AMSP',
    );
  });
});
