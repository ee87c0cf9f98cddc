import { randomBytes } from 'node:crypto';

import {
  buildProposal,
  buildResponsePayload,
  buildTransactionPayload,
  ChaincodeAction,
  ChaincodeActionPayload,
  ChaincodeEvent,
  ChannelHeader,
  concatBytes,
  decode,
  encode,
  endorse,
  Payload,
  ProposalResponsePayload,
  RwsetBuilder,
  signEnvelope,
  Transaction,
  TxReadWriteSet,
  type Encodable,
} from '@passage/ledger';

import type { Signer } from '../network.js';
import { CHAINCODE } from '../organizations.js';

const GARBAGE = Buffer.from('\xff\xff no message', 'latin1');

/** An envelope that orderers take, and the code that peers give it. */
export interface HostileEnvelope {
  readonly what: string;
  readonly code: number;
  readonly envelope: Uint8Array;
}

/** Whose keys are at hand. */
interface Members {
  readonly admin: Signer;
  readonly peer: Signer;
}

/**
 * Correctly signed envelopes with something wrong inside: the kinds that were recorded on a real network (shared data,
 * fabric-chain/scenario.md, blocks 139-145), and a few more.
 */
export function hostileEnvelopes(channelId: string, organizations: readonly Members[]): HostileEnvelope[] {
  const [customs, port] = organizations;
  if (customs === undefined || port === undefined) throw new TypeError('two organisations are needed');
  const { admin } = customs;

  /** A transaction that is valid but for what `change` does to its parts. */
  function transaction(change: Changes = {}): Uint8Array {
    const { proposal } = buildProposal({
      channelId,
      chaincode: CHAINCODE,
      args: [Buffer.from('put')],
      creator: admin.serialized,
      nonce: randomBytes(24),
      timestamp: { seconds: Math.floor(Date.now() / 1000), nanos: 0 },
    });
    const action = {
      results: writes('hostile'),
      response: { status: 200 },
      chaincodeId: { name: CHAINCODE, version: '1' },
      ...change.action,
    };
    const honest = buildResponsePayload(proposal, action);
    const { proposalHash } = decode(ProposalResponsePayload, honest);
    const responsePayload = change.extension
      ? encode(ProposalResponsePayload, { proposalHash, extension: change.extension })
      : honest;
    const endorsements = [customs, port].map((organization) => {
      const peer = organization?.peer;
      if (peer === undefined) throw new TypeError('two organisations are needed');
      return endorse(responsePayload, peer.serialized, (bytes) => peer.sign(bytes));
    });
    const payload = decode(Payload, buildTransactionPayload(proposal, responsePayload, endorsements));
    return signEnvelope(encode(Payload, change.payload?.(payload) ?? payload), (bytes) => admin.sign(bytes));
  }

  const withHeader =
    (header: Encodable<ChannelHeader>): NonNullable<Changes['payload']> =>
    (payload) => {
      const channelHeader = encode(ChannelHeader, {
        ...decode(ChannelHeader, payload.header?.channelHeader ?? GARBAGE),
        ...header,
      });
      return { ...payload, header: { ...payload.header, channelHeader } };
    };
  const twice = decode(TxReadWriteSet, writes('twice')).nsRwset;
  const event = { chaincodeId: 'other', eventName: 'e', txId: '' };

  return [
    ['an epoch other than 0', 3, transaction({ payload: withHeader({ epoch: 1 }) })],
    ['an id that does not fit', 8, transaction({ payload: withHeader({ txId: 'ab'.repeat(32) }) })],
    ['no id', 8, transaction({ payload: withHeader({ txId: '' }) })],
    ['an id as long as a book', 8, transaction({ payload: withHeader({ txId: 'x'.repeat(100_000) }) })],
    [
      'bytes that are no transaction',
      5,
      transaction({ payload: (payload) => ({ ...payload, data: GARBAGE }) }),
    ],
    ['nothing at all', 5, transaction({ payload: (payload) => ({ ...payload, data: new Uint8Array() }) })],
    ['two actions', 5, transaction({ payload: twoActions })],
    ['a proposal changed after endorsement', 5, transaction({ payload: changedProposal })],
    ['no nonce and no creator in the action', 5, transaction({ payload: withoutActionHeader })],
    [
      'another chaincode in the action',
      25,
      transaction({ action: { chaincodeId: { name: 'tally', version: '1' } } }),
    ],
    ['no version in the action', 25, transaction({ action: { chaincodeId: { name: CHAINCODE } } })],
    [
      'a namespace twice',
      23,
      transaction({ action: { results: encode(TxReadWriteSet, { nsRwset: [...twice, ...twice] }) } }),
    ],
    [
      'an event of another chaincode',
      255,
      transaction({ action: { events: encode(ChaincodeEvent, event) } }),
    ],
    [
      'no chaincode id in the action',
      255,
      transaction({
        extension: encode(ChaincodeAction, { results: writes('a'), response: { status: 200 } }),
      }),
    ],
    ['a read-write set that is no message', 22, transaction({ action: { results: GARBAGE } })],
    ['an action that is no message', 21, transaction({ extension: GARBAGE })],
    ['a field in the envelope that nobody knows', 0, withUnknownField(transaction())],
  ].map(([what, code, envelope]) => ({ what, code, envelope }) as HostileEnvelope);
}

interface Changes {
  readonly action?: Encodable<ChaincodeAction>;
  /** In place of the whole ChaincodeAction. */
  readonly extension?: Uint8Array;
  readonly payload?: (payload: Payload) => Encodable<Payload>;
}

function writes(key: string): Uint8Array {
  const builder = new RwsetBuilder();
  builder.addWrite(CHAINCODE, key, Buffer.from('1'));
  return builder.build().publicBytes;
}

function twoActions(payload: Payload): Encodable<Payload> {
  const { actions } = decode(Transaction, payload.data);
  return { ...payload, data: encode(Transaction, { actions: [...actions, ...actions] }) };
}

function changedProposal(payload: Payload): Encodable<Payload> {
  return changedAction(payload, (action) => ({
    ...action,
    payload: encode(ChaincodeActionPayload, {
      ...decode(ChaincodeActionPayload, action.payload),
      chaincodeProposalPayload: GARBAGE,
    }),
  }));
}

function withoutActionHeader(payload: Payload): Encodable<Payload> {
  return changedAction(payload, (action) => ({ ...action, header: new Uint8Array() }));
}

type Action = Transaction['actions'][number];

function changedAction(payload: Payload, change: (action: Action) => Action): Encodable<Payload> {
  const { actions } = decode(Transaction, payload.data);
  return { ...payload, data: encode(Transaction, { actions: actions.map(change) }) };
}

/** Field 15, a varint: Go keeps what it does not know and writes it behind the rest. */
function withUnknownField(envelope: Uint8Array): Uint8Array {
  return concatBytes(envelope, Uint8Array.of(0x78, 0x01));
}
