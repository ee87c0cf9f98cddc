import { generateKeyPairSync, sign } from 'node:crypto';

import { ConfigEnvelope, decode, Envelope, Payload, type RawBlock } from '@passage/ledger';
import { type ChainKey, generateChain } from '@passage/ledger/generator';
import { expect } from 'chai';

import { configDifferences } from './compare-genesis.js';
import { alteredGenesis } from './testing/altered-genesis.js';

function newKey(): ChainKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKeyInfo = publicKey.export({ format: 'der', type: 'spki' });
  return { publicKeyInfo, sign: (message) => sign('sha256', message, privateKey) };
}

function genesis(): RawBlock {
  for (const { block } of generateChain({ newKey }).blocks()) return block;
  throw new Error('a chain without blocks');
}

describe('configDifferences', () => {
  const block = genesis();

  it('finds none where only the time differs', () => {
    const later = alteredGenesis(block, { header: { timestamp: { seconds: 1, nanos: 0 }, txId: 'another' } });
    expect(configDifferences(block, later)).to.deep.equal([]);
  });

  it('names what differs: values, policies, groups, the channel', () => {
    const policy = alteredGenesis(block, {
      group: (group) => ({ ...group, policies: new Map([...group.policies].slice(1)) }),
    });
    const [name] = decodePolicyNames(block);
    expect(configDifferences(block, policy)).to.deep.equal([`/Channel/${name ?? ''}`]);
    const without = alteredGenesis(block, {
      group: (group) => ({
        ...group,
        groups: new Map([...group.groups].filter(([key]) => key !== 'Orderer')),
      }),
    });
    expect(configDifferences(block, without)).to.deep.equal(['/Channel/Orderer']);
    expect(
      configDifferences(block, alteredGenesis(block, { header: { channelId: 'other' } })),
    ).to.have.length(1);
    const strangers = configDifferences(block, genesis());
    expect(strangers).to.include.members(['/Channel/Application/customs/MSP', '/Channel/Orderer/Orderers']);
  });
});

function decodePolicyNames(block: RawBlock): readonly string[] {
  const { payload } = decode(Envelope, block.envelopes[0] ?? new Uint8Array());
  const { config } = decode(ConfigEnvelope, decode(Payload, payload).data);
  return [...(config?.channelGroup?.policies.keys() ?? [])];
}
