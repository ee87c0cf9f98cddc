import {
  channelConfigOf,
  decode,
  encode,
  Envelope,
  HeaderType,
  Payload,
  ChannelHeader,
  SignatureHeader,
  type ChannelConfig,
} from '@passage/ledger';
import { expect } from 'chai';

import { putTransaction } from '../definition/transaction-fixture.js';
import { buildGenesisBlock } from '../genesis/genesis-block.js';
import type { Organization, Signer } from '../network.js';
import { organizationsFixture } from '../pki/organizations-fixture.js';
import { judgeBroadcast, type JudgeParts } from './broadcast-filter.js';

describe('judgeBroadcast', function () {
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

  const parts = (at: Date = now): JudgeParts => ({
    config,
    now: at,
    orderers: organizations.map(({ orderer }) => orderer),
  });

  function transaction(
    creator: Signer | undefined,
    channel?: string,
  ): { txId: string; envelope: Uint8Array } {
    if (creator === undefined) throw new TypeError('no such organisation');
    const input = { creator, endorsers: [], writes: { key: 'value' } };
    return putTransaction(channel === undefined ? input : { ...input, channel });
  }

  function envelopeOf(
    type: number,
    data: Uint8Array,
    by: Signer | undefined = organizations[0]?.admin,
  ): Uint8Array {
    if (by === undefined) throw new TypeError('no such organisation');
    const channelHeader = encode(ChannelHeader, { type, channelId: 'passage-embedded' });
    const signatureHeader = encode(SignatureHeader, { creator: by.serialized, nonce: Buffer.alloc(24) });
    const payload = encode(Payload, { header: { channelHeader, signatureHeader }, data });
    return encode(Envelope, { payload, signature: by.sign(payload) });
  }

  function refusal(envelope: Uint8Array, at: Date = now): { status: number; info: string } {
    const judgement = judgeBroadcast(envelope, parts(at));
    if (judgement.accepted) throw new TypeError('it was accepted');
    return judgement.refusal;
  }

  it('accepts what an admin of any organisation has signed, by the id of nonce and creator', () => {
    for (const { admin } of organizations) {
      const { txId, envelope } = transaction(admin);
      expect(judgeBroadcast(envelope, parts())).to.deep.equal({
        accepted: true,
        requestId: txId,
        isConfig: false,
        envelope,
      });
    }
  });

  it('orders an envelope in canonical form, however it came', () => {
    const { txId, envelope } = transaction(organizations[0]?.admin);
    const { payload, signature } = decode(Envelope, envelope);
    const signatureFirst = Buffer.concat([encode(Envelope, { signature }), encode(Envelope, { payload })]);
    expect(judgeBroadcast(signatureFirst, parts())).to.deep.equal({
      accepted: true,
      requestId: txId,
      isConfig: false,
      envelope,
    });
  });

  it('refuses a peer, which is no writer', () => {
    const { status, info } = refusal(transaction(organizations[0]?.peer).envelope);
    expect(status).to.equal(403);
    expect(info).to.contain('signature set did not satisfy policy: permission denied');
  });

  it('refuses a signature over other bytes, and a creator of an unknown MSP', () => {
    const { envelope } = transaction(organizations[0]?.admin);
    const { payload, signature } = decode(Envelope, envelope);
    const { envelope: other } = transaction(organizations[0]?.admin);
    expect(
      refusal(encode(Envelope, { payload: decode(Envelope, other).payload, signature })).status,
    ).to.equal(403);
    expect(refusal(encode(Envelope, { payload })).status).to.equal(403);
    const customs = organizations[0];
    if (customs === undefined) throw new TypeError('no organisation');
    const stranger = { ...customs.admin, serialized: Buffer.from('0a0358595a', 'hex') };
    expect(refusal(transaction(stranger).envelope).status).to.equal(403);
  });

  it('refuses another channel, and bytes that are no envelope', () => {
    expect(refusal(transaction(organizations[0]?.admin, 'other').envelope)).to.deep.equal({
      status: 400,
      info: 'channel does not exist',
    });
    for (const bytes of [new Uint8Array(0), Buffer.from('garbage'), new Uint8Array(50).fill(0xff)]) {
      expect(refusal(bytes).status).to.equal(400);
    }
  });

  it('takes a transaction without content, which peers will judge, but none above the bound', () => {
    const empty = envelopeOf(HeaderType.ENDORSER_TRANSACTION, new Uint8Array(0));
    expect(judgeBroadcast(empty, parts()).accepted).to.equal(true);
    const large = envelopeOf(
      HeaderType.ENDORSER_TRANSACTION,
      new Uint8Array(config.batchSize.absoluteMaxBytes),
    );
    expect(refusal(large).status).to.equal(400);
    expect(refusal(large).info).to.match(/exceeds maximum allowed 10485760 bytes/);
  });

  it('refuses a certificate after its end', () => {
    const late = new Date(now.getTime() + 6 * 365 * 24 * 3_600_000);
    const { status, info } = refusal(transaction(organizations[0]?.admin).envelope, late);
    expect([status, info]).to.deep.equal([400, 'broadcast client identity expired']);
  });

  it('refuses what no consenter would vote for', () => {
    const infoOf = (type: number): string => refusal(envelopeOf(type, Buffer.from('data'))).info;
    expect(infoOf(HeaderType.CONFIG)).to.equal('message is of type that cannot be processed directly');
    expect(infoOf(HeaderType.ORDERER_TRANSACTION)).to.equal('message is of type that is no longer supported');
    expect(infoOf(HeaderType.MESSAGE)).to.equal(
      'transaction of type 0 is not allowed to be included in blocks',
    );
  });
});
