import { expect } from 'chai';
import { concatBytes, decode, encode, toHex, utf8 } from '../codec/index.js';
import {
  ChannelHeader,
  ChaincodeProposalPayload,
  Envelope,
  Header,
  HeaderType,
  Payload,
  Proposal,
  SignatureHeader,
  SignedProposal,
} from '../proto/index.js';
import { recordedChain } from '../testing/recorded-chain.js';
import {
  buildProposal,
  buildResponsePayload,
  buildTransactionPayload,
  endorse,
  proposalHash,
  readEndorserTransaction,
  readEnvelope,
  readInvocation,
  signEnvelope,
  signProposal,
  transactionId,
} from './index.js';

/** "Signs" by showing what was to be signed. */
const echo = (message: Uint8Array): Uint8Array => message;

const input = {
  channelId: 'ch',
  chaincode: 'passage',
  args: [utf8('GetLedger'), utf8('{}')],
  transientMap: new Map([['secret', utf8('s')]]),
  creator: utf8('creator'),
  nonce: new Uint8Array(24).fill(7),
  timestamp: { seconds: 1_700_000_000, nanos: 5 },
};

describe('buildProposal', () => {
  const { txId, proposal } = buildProposal(input);
  const { header, payload } = decode(Proposal, proposal);
  const parts = decode(Header, header);

  it('puts creator, nonce, id, channel and time into the headers', () => {
    expect(txId).to.equal(transactionId(input.nonce, input.creator));
    const channelHeader = decode(ChannelHeader, parts.channelHeader);
    expect(channelHeader).to.deep.include({
      type: HeaderType.ENDORSER_TRANSACTION,
      channelId: 'ch',
      txId,
      timestamp: input.timestamp,
      epoch: 0,
    });
    const { creator, nonce } = decode(SignatureHeader, parts.signatureHeader);
    expect({ creator, nonce }).to.deep.equal({ creator: input.creator, nonce: input.nonce });
  });

  it('carries name, arguments and transient map in its payload', () => {
    expect(readInvocation(payload)).to.deep.equal({
      name: 'passage',
      input: { args: input.args, decorations: new Map(), isInit: false },
    });
    expect(decode(ChaincodeProposalPayload, payload).transientMap).to.deep.equal(input.transientMap);
  });

  it('is signed as it stands', () => {
    const signed = decode(SignedProposal, signProposal(proposal, echo));
    expect(signed).to.deep.equal({ proposalBytes: proposal, signature: proposal });
  });

  it('becomes a transaction without its transient map, whose parts fit together', () => {
    const response = { status: 200, payload: utf8('ok') };
    const responsePayload = buildResponsePayload(proposal, { results: utf8('rws'), response });
    const endorsement = endorse(responsePayload, utf8('peer'), echo);
    expect(endorsement.signature).to.deep.equal(concatBytes(responsePayload, utf8('peer')));
    const bytes = signEnvelope(buildTransactionPayload(proposal, responsePayload, [endorsement]), echo);
    const reading = readEnvelope(bytes);
    expect(reading.faults).to.be.empty;
    expect(reading.envelope?.signature).to.deep.equal(reading.envelope?.payload);
    expect(toHex(bytes)).not.to.contain(toHex(utf8('secret')));
    const transaction = readEndorserTransaction(reading.payload!.data);
    expect(transaction.actionHeader).to.deep.equal(parts.signatureHeader);
    expect(transaction.endorsements).to.have.length(1);
    expect(transaction.chaincodeAction.response).to.deep.include(response);
    expect(transaction.responsePayload.proposalHash).to.deep.equal(
      proposalHash(parts.channelHeader, parts.signatureHeader, transaction.visiblePayload),
    );
  });
});

describe('transactions of the recorded chain', () => {
  it('are rebuilt byte for byte from proposal, response and endorsements', function () {
    const { blocks, expected } = recordedChain(this);
    let rebuilt = 0;
    for (const [i, { envelopes }] of blocks.entries()) {
      for (const [j, bytes] of envelopes.entries()) {
        const { envelope, payload, header, channelHeader } = readEnvelope(bytes);
        const isValid = expected.blocks[i]!.flags[j] === 0;
        if (channelHeader?.type !== HeaderType.ENDORSER_TRANSACTION || !isValid) continue;
        const transaction = readEndorserTransaction(payload!.data);
        const { visiblePayload, responsePayloadBytes, responsePayload, endorsements } = transaction;
        const proposal = encode(Proposal, { header: encode(Header, header!), payload: visiblePayload });
        const again = buildTransactionPayload(proposal, responsePayloadBytes, endorsements);
        expect(toHex(again)).to.equal(toHex(envelope!.payload));
        expect(toHex(buildResponsePayload(proposal, transaction.chaincodeAction))).to.equal(
          toHex(responsePayloadBytes),
        );
        expect(toHex(encode(Payload, payload!))).to.equal(toHex(envelope!.payload));
        expect(responsePayload.proposalHash).to.deep.equal(
          proposalHash(header!.channelHeader, header!.signatureHeader, visiblePayload),
        );
        expect(toHex(encode(Envelope, envelope!))).to.equal(toHex(bytes));
        rebuilt++;
      }
    }
    expect(rebuilt).to.equal(202);
  });
});
