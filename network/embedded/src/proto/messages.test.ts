import { expect } from 'chai';
import { common, gateway, ledger, orderer, peer } from '@hyperledger/fabric-protos';
import { decode, encode } from '@passage/ledger';
import type { Message } from '@passage/ledger';

import * as deliverMessages from './deliver.js';
import * as gatewayMessages from './gateway.js';
import * as seekMessages from './seek.js';
import * as shimMessages from '@passage/ledger/simulation';

/** A message class of fabric-protos, which is generated from Fabric's own descriptions. */
type Oracle = new () => { serializeBinary(): Uint8Array; [setter: `set${string}`]: unknown };

/** Fills a message through its setters, whose names are `set` and the field's. */
function fill(theirs: unknown, fields: Readonly<Record<string, unknown>>): InstanceType<Oracle> {
  const made = new (theirs as Oracle)();
  for (const [name, value] of Object.entries(fields)) {
    (made[`set${name}`] as (value: unknown) => void).call(made, value);
  }
  return made;
}

const envelope = fill(common.Envelope, { Payload: Uint8Array.of(1, 2), Signature: Uint8Array.of(3) });
const proposal = fill(peer.SignedProposal, { ProposalBytes: Uint8Array.of(4), Signature: Uint8Array.of(5) });
const response = fill(peer.Response, { Status: 200, Payload: Uint8Array.of(6) });
const event = fill(peer.ChaincodeEvent, { ChaincodeId: 'cc', EventName: 'e' });
const block = fill(common.Block, { Header: fill(common.BlockHeader, { Number: 7 }) });
const newest = fill(orderer.SeekPosition, { Newest: new orderer.SeekNewest() });
const specified = fill(orderer.SeekPosition, { Specified: fill(orderer.SeekSpecified, { Number: 9 }) });
const filteredAction = fill(peer.FilteredChaincodeAction, { ChaincodeEvent: event });
const filteredBlock = fill(peer.FilteredBlock, {
  ChannelId: 'ch',
  Number: 8,
  FilteredTransactionsList: [
    fill(peer.FilteredTransaction, {
      Txid: 't',
      Type: 3,
      TxValidationCode: 11,
      TransactionActions: fill(peer.FilteredTransactionActions, { ChaincodeActionsList: [filteredAction] }),
    }),
  ],
});
const blockAndPrivateData = fill(peer.BlockAndPrivateData, { Block: block });
const stateMetadata = fill(peer.StateMetadata, { Metakey: 'm', Value: Uint8Array.of(1) });
const queryResult = fill(peer.QueryResultBytes, { Resultbytes: Uint8Array.of(1) });

/** Our description, Fabric's, and every field that ours knows, by the name of its setter. */
const CASES: readonly [ours: Message<unknown>, theirs: unknown, fields: Readonly<Record<string, unknown>>][] =
  [
    [
      gatewayMessages.EvaluateRequest,
      gateway.EvaluateRequest,
      {
        TransactionId: 't',
        ChannelId: 'c',
        ProposedTransaction: proposal,
        TargetOrganizationsList: ['A', 'B'],
      },
    ],
    [gatewayMessages.EvaluateResponse, gateway.EvaluateResponse, { Result: response }],
    [
      gatewayMessages.EndorseRequest,
      gateway.EndorseRequest,
      {
        TransactionId: 't',
        ChannelId: 'c',
        ProposedTransaction: proposal,
        EndorsingOrganizationsList: ['A', 'B'],
      },
    ],
    [gatewayMessages.EndorseResponse, gateway.EndorseResponse, { PreparedTransaction: envelope }],
    [
      gatewayMessages.SubmitRequest,
      gateway.SubmitRequest,
      { TransactionId: 't', ChannelId: 'c', PreparedTransaction: envelope },
    ],
    [
      gatewayMessages.SignedRequest,
      gateway.SignedCommitStatusRequest,
      { Request: Uint8Array.of(1), Signature: Uint8Array.of(2) },
    ],
    [
      gatewayMessages.SignedRequest,
      gateway.SignedChaincodeEventsRequest,
      { Request: Uint8Array.of(1), Signature: Uint8Array.of(2) },
    ],
    [
      gatewayMessages.CommitStatusRequest,
      gateway.CommitStatusRequest,
      { TransactionId: 't', ChannelId: 'c', Identity: Uint8Array.of(1) },
    ],
    [
      gatewayMessages.CommitStatusResponse,
      gateway.CommitStatusResponse,
      { Result: 11, BlockNumber: 2 ** 40 },
    ],
    [
      gatewayMessages.ChaincodeEventsRequest,
      gateway.ChaincodeEventsRequest,
      {
        ChannelId: 'c',
        ChaincodeId: 'cc',
        Identity: Uint8Array.of(1),
        StartPosition: newest,
        AfterTransactionId: 't',
      },
    ],
    [
      gatewayMessages.ChaincodeEventsResponse,
      gateway.ChaincodeEventsResponse,
      { EventsList: [event, event], BlockNumber: 5 },
    ],
    [gatewayMessages.ErrorDetail, gateway.ErrorDetail, { Address: 'a', MspId: 'm', Message: 'x' }],
    [
      seekMessages.SeekInfo,
      orderer.SeekInfo,
      { Start: newest, Stop: specified, Behavior: 1, ErrorResponse: 1, ContentType: 1 },
    ],
    [seekMessages.BroadcastResponse, orderer.BroadcastResponse, { Status: 403, Info: 'no' }],
    [deliverMessages.DeliverResponse, peer.DeliverResponse, { Status: 200 }],
    [deliverMessages.DeliverResponse, peer.DeliverResponse, { Block: block }],
    [deliverMessages.DeliverResponse, peer.DeliverResponse, { FilteredBlock: filteredBlock }],
    [deliverMessages.DeliverResponse, peer.DeliverResponse, { BlockAndPrivateData: blockAndPrivateData }],
    [deliverMessages.DeliverResponse, orderer.DeliverResponse, { Block: block }],
    [
      shimMessages.ChaincodeMessage,
      peer.ChaincodeMessage,
      {
        Type: 5,
        Payload: Uint8Array.of(1),
        Txid: 't',
        Proposal: proposal,
        ChaincodeEvent: event,
        ChannelId: 'c',
      },
    ],
    [shimMessages.GetState, peer.GetState, { Key: 'k', Collection: 'c' }],
    [shimMessages.GetStateMetadata, peer.GetStateMetadata, { Key: 'k', Collection: 'c' }],
    [
      shimMessages.PutStateMetadata,
      peer.PutStateMetadata,
      { Key: 'k', Collection: 'c', Metadata: stateMetadata },
    ],
    [shimMessages.StateMetadataResult, peer.StateMetadataResult, { EntriesList: [stateMetadata] }],
    [shimMessages.PutState, peer.PutState, { Key: 'k', Value: Uint8Array.of(1), Collection: 'c' }],
    [shimMessages.DelState, peer.DelState, { Key: 'k', Collection: 'c' }],
    [
      shimMessages.GetStateByRange,
      peer.GetStateByRange,
      { Startkey: 's', Endkey: 'e', Collection: 'c', Metadata: Uint8Array.of(1) },
    ],
    [shimMessages.QueryMetadata, peer.QueryMetadata, { Pagesize: 10, Bookmark: 'b' }],
    [shimMessages.IteratorId, peer.QueryStateNext, { Id: '1' }],
    [shimMessages.IteratorId, peer.QueryStateClose, { Id: '1' }],
    [
      shimMessages.QueryResponse,
      peer.QueryResponse,
      { ResultsList: [queryResult], HasMore: true, Id: '1', Metadata: Uint8Array.of(1) },
    ],
    [
      shimMessages.QueryResponseMetadata,
      peer.QueryResponseMetadata,
      { FetchedRecordsCount: 3, Bookmark: 'b' },
    ],
    [shimMessages.KeyValue, ledger.queryresult.KV, { Namespace: 'n', Key: 'k', Value: Uint8Array.of(1) }],
    [shimMessages.GetHistoryForKey, peer.GetHistoryForKey, { Key: 'k' }],
    [
      shimMessages.KeyModification,
      ledger.queryresult.KeyModification,
      { TxId: 't', Value: Uint8Array.of(1), IsDelete: true },
    ],
  ];

describe('service messages', () => {
  for (const [ours, theirs, fields] of CASES) {
    const names = Object.keys(fields).join(', ');
    it(`reads and writes ${ours.name} (${names}) as Fabric's own description does`, () => {
      const bytes = fill(theirs, fields).serializeBinary();
      const decoded = decode(ours, bytes) as Record<string, unknown>;
      expect(Object.values(decoded).filter(isSet)).to.have.length(Object.keys(fields).length);
      expect(Buffer.from(encode(ours, decoded)).toString('hex')).to.equal(Buffer.from(bytes).toString('hex'));
    });
  }
});

/** Whether a decoded field is something else than its default. */
function isSet(value: unknown): boolean {
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length > 0;
  return value !== '' && value !== 0 && value !== false && value !== undefined;
}
