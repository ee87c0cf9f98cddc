import { generateKeyPairSync } from 'node:crypto';

import { connect, hash } from '@hyperledger/fabric-gateway';
import type { ConnectOptions } from '@hyperledger/fabric-gateway';
import { ChannelHeader, Header, Proposal, Timestamp, decode, encode } from '@passage/ledger';
import { expect } from 'chai';

import { ClientError } from '../errors.js';
import type { Intent } from './intent.js';
import { CLOCK_TOLERANCE_MS, reviewProposal } from './review-proposal.js';

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const intent: Intent = {
  channel: 'trade',
  chaincode: 'passage',
  command: 'KeepOpenings',
  argument: '{"requestId":"a","openings":[]}',
  transient: new Map([['openings', Buffer.from('[]')]]),
  mspId: 'BusinessMSP',
  certificate: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
};

/** A proposal as Fabric's own client makes it: `getDigest` without a hash is the message itself. */
function stockProposal(of: Intent): Uint8Array {
  const gateway = connect({
    client: {} as ConnectOptions['client'],
    identity: { mspId: of.mspId, credentials: Buffer.from(of.certificate) },
    hash: hash.none,
  });
  return gateway
    .getNetwork(of.channel)
    .getContract(of.chaincode)
    .newProposal(of.command, {
      arguments: [of.argument],
      transientData: Object.fromEntries(of.transient),
    })
    .getDigest();
}

function codeOf(bytes: Uint8Array, asked: Intent = intent, now = Date.now()): string {
  try {
    reviewProposal(bytes, asked, now);
    return 'fine';
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    return error.code;
  }
}

describe('reviewProposal', () => {
  let bytes: Uint8Array;

  // It holds for minutes: other suites may have run since this file was read.
  before(() => {
    bytes = stockProposal(intent);
  });

  it('takes what Fabric’s own client makes of the intent', () => {
    const { transactionId } = reviewProposal(bytes, intent, Date.now());
    expect(transactionId).to.match(/^[0-9a-f]{64}$/);
  });

  it('takes nothing else: each member of the intent counts', () => {
    expect(codeOf(bytes, { ...intent, channel: 'other' })).to.equal('CHANNEL_DIFFERS');
    expect(codeOf(bytes, { ...intent, chaincode: 'other' })).to.equal('CHAINCODE_DIFFERS');
    expect(codeOf(bytes, { ...intent, command: 'PurgeOpening' })).to.equal('ARGUMENTS_DIFFER');
    expect(codeOf(bytes, { ...intent, argument: `${intent.argument} ` })).to.equal('ARGUMENTS_DIFFER');
    expect(codeOf(bytes, { ...intent, transient: new Map() })).to.equal('TRANSIENT_DIFFERS');
    const other = new Map([['openings', Buffer.from('[1]')]]);
    expect(codeOf(bytes, { ...intent, transient: other })).to.equal('TRANSIENT_DIFFERS');
    expect(codeOf(bytes, { ...intent, mspId: 'PortMSP' })).to.equal('CREATOR_DIFFERS');
    expect(codeOf(bytes, { ...intent, certificate: 'another' })).to.equal('CREATOR_DIFFERS');
  });

  it('takes it while the clocks agree, and not beyond', () => {
    expect(codeOf(bytes, intent, Date.now() + CLOCK_TOLERANCE_MS - 30_000)).to.equal('fine');
    expect(codeOf(bytes, intent, Date.now() + CLOCK_TOLERANCE_MS + 1_000)).to.equal('TIME_DIFFERS');
    expect(codeOf(bytes, intent, Date.now() - CLOCK_TOLERANCE_MS - 30_000)).to.equal('TIME_DIFFERS');
  });

  it('takes no byte more, wherever it is put', () => {
    const unknown = Uint8Array.of(0xfa, 0x7f, 0x01, 0x78); // field 2047, one byte long
    const { header, payload } = decode(Proposal, bytes);
    expect(codeOf(Buffer.concat([bytes, unknown]))).to.equal('MESSAGE_MALFORMED');
    const inHeader = encode(Proposal, { header: Buffer.concat([header, unknown]), payload });
    expect(codeOf(inHeader)).to.equal('MESSAGE_MALFORMED');
    const inPayload = encode(Proposal, { header, payload: Buffer.concat([payload, unknown]) });
    expect(codeOf(inPayload)).to.equal('MESSAGE_MALFORMED');
  });

  it('takes no change of a single byte but of the time within its tolerance', () => {
    const { header } = decode(Proposal, bytes);
    const { timestamp } = decode(ChannelHeader, decode(Header, header).channelHeader);
    const time = encode(Timestamp, timestamp ?? {});
    const from = Buffer.from(bytes).indexOf(time);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      if (codeOf(changed) === 'fine') expect(at, 'place').to.be.within(from, from + time.length);
    }
  });
});
