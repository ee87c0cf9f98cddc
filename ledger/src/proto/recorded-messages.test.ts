import { expect } from 'chai';
import { readEnvelope } from '../block/index.js';
import { decode, encode, toHex, unknownFields } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import { recordedChain } from '../testing/recorded-chain.js';
import { rewrittenByOracle } from '../testing/protobuf-oracle.js';
import * as proto from './index.js';
import type { Message } from '../codec/index.js';

/** Messages that carry maps, which the Go programs that recorded the chain wrote in any order. */
const UNORDERED: readonly Message<unknown>[] = [
  proto.ConfigEnvelope,
  proto.ConfigUpdate,
  proto.ConfigUpdateEnvelope,
];

describe('messages of the recorded chain', function () {
  this.timeout(120_000);

  it('are all read and written as fabric-protos does it, and come out as they stand in the chain', function () {
    const { blocks, rawBlocks } = recordedChain(this);
    const counts = new Map<string, number>();
    /** Checks one message; gives it decoded, or undefined where the chain holds no such message. */
    const check = <D>(type: Message<D>, bytes: Uint8Array): D | undefined => {
      let value: D;
      try {
        value = decode(type, bytes);
      } catch (error) {
        expect(error).to.be.instanceOf(LedgerError);
        return undefined;
      }
      const again = toHex(encode(type, value as never));
      // fabric-protos drops fields that it does not know; a forger put one into block 142.
      const isKnown = !(unknownFields in (value as object));
      if (isKnown) expect(again, type.name).to.equal(toHex(rewrittenByOracle(type, bytes)));
      if (!UNORDERED.includes(type)) expect(again, type.name).to.equal(toHex(bytes));
      counts.set(type.name, (counts.get(type.name) ?? 0) + 1);
      return value;
    };
    for (const bytes of rawBlocks) check(proto.Block, bytes);
    for (const { envelopes, metadata } of blocks) {
      checkMetadata(metadata, check);
      for (const bytes of envelopes) checkEnvelope(bytes, check);
    }
    expect(Object.fromEntries(counts)).to.include({
      'common.Block': 183,
      'common.Envelope': 292,
      'common.ConfigEnvelope': 4,
      'common.IdentifierHeader': 546,
      'protos.ChaincodeActionPayload': 288,
    });
    expect([...counts.keys()]).to.include.members([
      'kvrwset.KVRWSet',
      'kvrwset.HashedRWSet',
      'protos.ChaincodeEvent',
    ]);
  });
});

type Check = <D>(type: Message<D>, bytes: Uint8Array) => D | undefined;

function checkMetadata(metadata: readonly Uint8Array[], check: Check): void {
  const signatures = check(proto.Metadata, metadata[0]!);
  check(proto.OrdererBlockMetadata, signatures!.value);
  for (const { identifierHeader } of signatures!.signatures) check(proto.IdentifierHeader, identifierHeader);
}

function checkEnvelope(bytes: Uint8Array, check: Check): void {
  check(proto.Envelope, bytes);
  const { envelope, payload, header, channelHeader } = readEnvelope(bytes);
  check(proto.Payload, envelope!.payload);
  check(proto.ChannelHeader, header!.channelHeader);
  const signatureHeader = check(proto.SignatureHeader, header!.signatureHeader);
  if (signatureHeader!.creator.length > 0) check(proto.SerializedIdentity, signatureHeader!.creator);
  if (channelHeader!.type === proto.HeaderType.CONFIG) {
    checkConfig(payload!.data, check);
  } else {
    check(proto.ChaincodeHeaderExtension, channelHeader!.extension);
    for (const { payload: action } of check(proto.Transaction, payload!.data)?.actions ?? [])
      checkAction(action, check);
  }
}

function checkConfig(data: Uint8Array, check: Check): void {
  const update = check(proto.ConfigEnvelope, data)?.lastUpdate;
  if (update === undefined) return;
  const payload = check(proto.Payload, update.payload);
  const envelope = check(proto.ConfigUpdateEnvelope, payload!.data);
  check(proto.ConfigUpdate, envelope!.configUpdate);
}

function checkAction(bytes: Uint8Array, check: Check): void {
  const payload = check(proto.ChaincodeActionPayload, bytes);
  const proposal = check(proto.ChaincodeProposalPayload, payload!.chaincodeProposalPayload);
  check(proto.ChaincodeInvocationSpec, proposal!.input);
  const response = check(
    proto.ProposalResponsePayload,
    payload!.action?.proposalResponsePayload ?? new Uint8Array(0),
  );
  const action = check(proto.ChaincodeAction, response?.extension ?? new Uint8Array(0));
  if (action === undefined) return;
  if (action.events.length > 0) check(proto.ChaincodeEvent, action.events);
  for (const { rwset, collectionHashedRwset } of check(proto.TxReadWriteSet, action.results)?.nsRwset ?? []) {
    check(proto.KVRWSet, rwset);
    for (const { hashedRwset } of collectionHashedRwset) check(proto.HashedRWSet, hashedRwset);
  }
}
