import {
  channelConfigOf,
  decode,
  encodeBlock,
  Envelope,
  isCanonical,
  Metadata,
  OrdererBlockMetadata,
  readConfigTransaction,
  SmartBFTOptions,
  syntheticSigner,
  type ChannelConfig,
  type RawBlock,
} from '@passage/ledger';
import { expect } from 'chai';

import { organizationsFixture } from '../pki/organizations-fixture.js';
import { buildGenesisBlock, type GenesisInput } from './genesis-block.js';

/** Who signs, in the short words of the policy tables: c+p is customs and port. */
const MSP_IDS = { c: 'CustomsMSP', p: 'PortMSP', b: 'BusinessMSP', a: 'AuditorMSP' } as const;
type Role = Parameters<typeof syntheticSigner>[1];

describe('genesis block', () => {
  let input: GenesisInput;
  let block: RawBlock;
  let config: ChannelConfig;

  before(async () => {
    const { organizations, now } = await organizationsFixture();
    input = {
      channel: 'passage-embedded',
      organizations,
      batchIntervalMs: 50,
      nonce: Buffer.alloc(24, 7),
      now,
    };
    block = buildGenesisBlock(input);
    config = channelConfigOf(block);
  });

  function satisfied(path: string, role: Role, who: string): boolean {
    const signers = who
      .split('+')
      .map((letter) => syntheticSigner(MSP_IDS[letter as keyof typeof MSP_IDS], role));
    return config.policies.find(path)?.isSatisfiedBy(signers) ?? false;
  }

  it('gives the same bytes for the same input', () => {
    expect(encodeBlock(buildGenesisBlock(input))).to.deep.equal(encodeBlock(block));
  });

  it('is one canonical, unsigned CONFIG envelope of sequence 0', () => {
    const [envelope = new Uint8Array(0)] = block.envelopes;
    expect(block.envelopes).to.have.length(1);
    expect(isCanonical(Envelope, envelope)).to.equal(true);
    expect(decode(Envelope, envelope).signature).to.have.length(0);
    expect(readConfigTransaction(envelope).configEnvelope.config?.sequence).to.equal(0);
    const { value, signatures } = decode(Metadata, block.metadata[0] ?? new Uint8Array(0));
    expect(signatures).to.deep.equal([]);
    expect(decode(OrdererBlockMetadata, value).lastConfig).to.deep.equal({ index: 0 });
  });

  it('has the capabilities of Fabric 3 and BFT with four consenters', () => {
    expect(config.channelId).to.equal('passage-embedded');
    expect([...config.capabilities.channel]).to.deep.equal(['V3_0']);
    expect([...config.capabilities.orderer]).to.deep.equal(['V2_0']);
    expect([...config.capabilities.application]).to.deep.equal(['V2_5']);
    expect(config.consensusType.type).to.equal('BFT');
    expect(decode(SmartBFTOptions, config.consensusType.metadata).requestBatchMaxInterval).to.equal('50ms');
    expect(config.consenters.map(({ id, mspId, port }) => [id, mspId, port])).to.deep.equal([
      [1, 'CustomsMSP', 7400],
      [2, 'PortMSP', 7410],
      [3, 'BusinessMSP', 7420],
      [4, 'AuditorMSP', 7430],
    ]);
    for (const { identity } of config.consenters)
      expect(Buffer.from(identity).toString()).to.contain('CERTIFICATE');
  });

  it('accepts blocks signed by any three of the four consenters, by their own certificates', () => {
    const policy = config.policies.find('/Channel/Orderer/BlockValidation');
    const signers = input.organizations.map(({ orderer }) =>
      config.msps.deserializeIdentity(orderer.serialized),
    );
    const peers = input.organizations.map(({ peer }) => config.msps.deserializeIdentity(peer.serialized));
    for (const missing of signers.keys()) {
      expect(policy?.isSatisfiedBy(signers.filter((_, index) => index !== missing))).to.equal(true);
    }
    expect(policy?.isSatisfiedBy(signers.slice(0, 2))).to.equal(false);
    expect(policy?.isSatisfiedBy(peers)).to.equal(false);
  });

  it('lets customs and two others define chaincode, and nobody else', () => {
    const path = '/Channel/Application/LifecycleEndorsement';
    for (const who of ['c+p+b', 'c+b+a', 'c+p+a', 'c+p+b+a'])
      expect(satisfied(path, 'peer', who), who).to.equal(true);
    for (const who of ['p+b', 'c+p', 'p+b+a', 'c', 'c+c+p'])
      expect(satisfied(path, 'peer', who), who).to.equal(false);
    expect(satisfied(path, 'client', 'c+p+b')).to.equal(false);
  });

  it('lets customs and two other admins change the configuration, and nobody else', () => {
    for (const group of ['/Channel', '/Channel/Application', '/Channel/Orderer']) {
      const path = `${group}/Admins`;
      for (const who of ['c+p+b', 'c+b+a', 'c+p+a'])
        expect(satisfied(path, 'admin', who), who).to.equal(true);
      for (const who of ['p+b+a', 'c+p', 'c', 'c+c+p'])
        expect(satisfied(path, 'admin', who), who).to.equal(false);
      expect(satisfied(path, 'client', 'c+p+b')).to.equal(false);
    }
  });

  it('lets clients of three submit, and of the auditor only the admin', () => {
    for (const path of ['/Channel/Writers', '/Channel/Application/Writers']) {
      for (const who of ['c', 'p', 'b']) expect(satisfied(path, 'client', who), who).to.equal(true);
      expect(satisfied(path, 'client', 'a')).to.equal(false);
      expect(satisfied(path, 'admin', 'a')).to.equal(true);
      expect(satisfied(path, 'peer', 'c')).to.equal(false);
    }
  });

  it('lets orderers write to the channel, or no configuration update could ever pass again', () => {
    expect(satisfied('/Channel/Writers', 'orderer', 'a')).to.equal(true);
    expect(satisfied('/Channel/Application/Writers', 'orderer', 'a')).to.equal(false);
    expect(satisfied('/Channel/Orderer/Writers', 'orderer', 'b')).to.equal(true);
    expect(satisfied('/Channel/Orderer/Writers', 'client', 'b')).to.equal(false);
  });

  it('lets the auditor evaluate', () => {
    expect(config.aclPolicy('peer/Propose')).to.equal('/Channel/Application/Readers');
    expect(satisfied('/Channel/Application/Readers', 'client', 'a')).to.equal(true);
  });

  it('counts two of customs, port and business as endorsement, never the auditor', () => {
    const path = '/Channel/Application/Endorsement';
    for (const who of ['c+p', 'c+b', 'p+b', 'c+p+a'])
      expect(satisfied(path, 'peer', who), who).to.equal(true);
    for (const who of ['c+a', 'p', 'p+p', 'a']) expect(satisfied(path, 'peer', who), who).to.equal(false);
  });

  it('leaves each organisation its own policies, to be changed by its own admin alone', () => {
    expect(satisfied('/Channel/Application/PortMSP/Admins', 'admin', 'p')).to.equal(true);
    expect(satisfied('/Channel/Application/PortMSP/Admins', 'admin', 'c')).to.equal(false);
    expect(satisfied('/Channel/Application/AuditorMSP/Writers', 'client', 'a')).to.equal(false);
    expect(satisfied('/Channel/Application/AuditorMSP/Endorsement', 'peer', 'a')).to.equal(true);
    expect(satisfied('/Channel/Orderer/PortMSP/Writers', 'orderer', 'p')).to.equal(true);
  });

  it('has every element changed by Admins', () => {
    const walk = (group: ChannelConfig['group'], path: string): void => {
      expect(group.modPolicy, path).to.equal('Admins');
      for (const [name, { modPolicy }] of [...group.values, ...group.policies]) {
        expect(modPolicy, `${path}/${name}`).to.equal('Admins');
      }
      for (const [name, inner] of group.groups) walk(inner, `${path}/${name}`);
    };
    walk(config.group, '/Channel');
  });

  it('gives an organisation the same MSP in both groups', () => {
    for (const { mspId } of input.organizations) {
      const [application, orderer] = ['Application', 'Orderer'].map(
        (group) => config.group.groups.get(group)?.groups.get(mspId)?.values.get('MSP')?.value,
      );
      expect(application).to.deep.equal(orderer);
    }
  });

  it('writes the endorsement policy as a real network recorded it', () => {
    const recorded =
      '1210120e080212020800120208011202080' +
      '21a10120e0a0a437573746f6d734d535010031a0d120b0a07506f72744d535010031a11120f0a0b427573696e6573734d53501003';
    const policy = config.group.groups.get('Application')?.policies.get('Endorsement')?.policy;
    expect(Buffer.from(policy?.value ?? '').toString('hex')).to.equal(recorded);
  });
});
