import { expect } from 'chai';
import type { CloseableAsyncIterable, Network } from '@hyperledger/fabric-gateway';
import type { peer } from '@hyperledger/fabric-protos';
import {
  Block,
  BlockMetadataIndex,
  ChaincodeEvent,
  decode,
  encode,
  headerHash,
  message,
  readBlock,
  uint64,
  utf8,
} from '@passage/ledger';

import { CHAINCODE } from '../organizations.js';
import type { SeekPosition } from '../proto/seek.js';
import { openStream } from '../testing/raw-stream.js';
import type { RawStream } from '../testing/raw-stream.js';
import { seekEnvelope } from '../testing/raw-messages.js';
import type { SeekRequest } from '../testing/raw-messages.js';
import { TestNetwork } from '../testing/test-network.js';

const Specified = message('orderer.SeekSpecified', { number: uint64(1) });
const at = (number: number): SeekPosition => ({ specified: encode(Specified, { number }) });
const NEWEST: SeekPosition = { newest: {} };
const OLDEST: SeekPosition = { oldest: {} };

/** The next so many items of a stream that has no end; closes it. */
async function take<T>(stream: CloseableAsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  for await (const item of stream) {
    taken.push(item);
    if (taken.length === count) break;
  }
  stream.close();
  return taken;
}

describe('block delivery', function () {
  this.timeout(60_000);
  let network: TestNetwork;
  let channel: Network;
  const open: RawStream[] = [];

  const stream = (path: string): RawStream => {
    const opened = openStream(network.organization('customs'), path);
    open.push(opened);
    return opened;
  };
  const ask = (path: string, request: SeekRequest): RawStream => {
    const opened = stream(path);
    opened.send(seekEnvelope(network.user('customs'), request));
    return opened;
  };
  const newestNumber = (): number => network.embedded.ledger.height() - 1;

  before(async () => {
    network = await TestNetwork.start();
    channel = network.channel();
    const contract = channel.getContract(CHAINCODE);
    await contract.submitTransaction('put', 'a', '1');
    await contract.submitTransaction('event', 'sealed', 'with a payload');
  });
  afterEach(() => {
    for (const opened of open.splice(0)) opened.close();
  });
  after(() => network.stop());

  describe('with Fabric’s own client', () => {
    it('gives every block from the first one on, each the hash of the one before it', async () => {
      const blocks = await take(await channel.getBlockEvents({ startBlock: 0n }), newestNumber() + 1);
      const headers = blocks.map((block) => readBlock(block.serializeBinary()).header);
      expect(headers.map(({ number }) => number)).to.deep.equal(headers.map((_, index) => index));
      for (const [index, { previousHash }] of headers.slice(1).entries()) {
        const before = headers[index];
        expect(before && Buffer.from(headerHash(before))).to.deep.equal(Buffer.from(previousHash));
      }
    });

    it('gives the next block as soon as it is committed', async () => {
      const events = await channel.getBlockEvents();
      const number = newestNumber() + 1;
      const [[block]] = await Promise.all([
        take(events, 1),
        channel.getContract(CHAINCODE).submitTransaction('put', 'a', '2'),
      ]);
      expect(block?.getHeader()?.getNumber()).to.equal(number);
    });

    it('gives the short form: ids, codes, and events without payload', async () => {
      const { transactionId, blockNumber } = await (
        await channel.getContract(CHAINCODE).submitAsync('event', { arguments: ['opened', 'with a payload'] })
      ).getStatus();
      const [block] = await take(await channel.getFilteredBlockEvents({ startBlock: blockNumber }), 1);
      const [transaction] = block?.getFilteredTransactionsList() ?? [];
      expect(block?.getChannelId()).to.equal(network.embedded.channel);
      expect(transaction?.getTxid()).to.equal(transactionId);
      expect(transaction?.getTxValidationCode()).to.equal(0);
      const actions = actionsOf(transaction);
      expect(actions.map(({ eventName }) => eventName)).to.deep.equal(['opened']);
      expect(actions[0]?.payload).to.have.length(0);
    });

    it('has no action in the short form of a transaction without an event', async () => {
      const { blockNumber } = await (
        await channel.getContract(CHAINCODE).submitAsync('put', { arguments: ['a', '3'] })
      ).getStatus();
      const [block] = await take(await channel.getFilteredBlockEvents({ startBlock: blockNumber }), 1);
      expect(actionsOf(block?.getFilteredTransactionsList()[0])).to.deep.equal([]);
    });

    it('gives blocks with private data without any', async () => {
      const [block] = await take(await channel.getBlockAndPrivateDataEvents({ startBlock: 1n }), 1);
      expect(block?.getBlock()?.getHeader()?.getNumber()).to.equal(1);
      expect(block?.toObject().privateDataMapMap).to.deep.equal([]);
    });

    it('refuses a wrong signature with status 403', async () => {
      const forger = network.connect('customs', {
        identity: network.user('customs').identity,
        key: network.user('port').key,
      });
      const events = await forger.gateway.getNetwork(network.embedded.channel).getBlockEvents();
      const error: unknown = await take(events, 1).catch((thrown: unknown) => thrown);
      expect(String(error)).to.contain('Unexpected status response: 403');
    });
  });

  describe('without a client library', () => {
    const DELIVER = '/protos.Deliver/Deliver';

    it('ends a range with status 200 and then takes the next request', async () => {
      const opened = ask(DELIVER, { seek: { start: OLDEST, stop: at(1) } });
      expect((await opened.nextDelivery())?.block).not.to.equal(undefined);
      expect((await opened.nextDelivery())?.block).not.to.equal(undefined);
      expect(await opened.nextDelivery()).to.deep.equal({ status: 200 });
      opened.send(seekEnvelope(network.user('customs'), { seek: { start: NEWEST, stop: NEWEST } }));
      const block = (await opened.nextDelivery())?.block ?? new Uint8Array();
      expect(readBlock(block).header.number).to.equal(newestNumber());
      expect(await opened.nextDelivery()).to.deep.equal({ status: 200 });
    });

    it('goes on delivering after the client has closed its half', async () => {
      const number = newestNumber() + 1;
      const opened = ask('/protos.Deliver/DeliverFiltered', {
        seek: { start: at(number), stop: at(number) },
      });
      opened.closeSending();
      await channel.getContract(CHAINCODE).submitTransaction('put', 'a', '4');
      expect((await opened.nextDelivery())?.filteredBlock?.number).to.equal(number);
      expect(await opened.nextDelivery()).to.deep.equal({ status: 200 });
      expect(await opened.nextDelivery()).to.equal(undefined);
    });

    const refusals: readonly [what: string, status: number, request: SeekRequest][] = [
      ['another channel', 404, { seek: { start: OLDEST, stop: OLDEST }, channelId: 'elsewhere' }],
      ['a block far ahead', 404, { seek: { start: at(1000), stop: at(1000) } }],
      [
        'a block that is not there, without waiting',
        404,
        { seek: { start: at(2), stop: at(999), behavior: 1 } },
      ],
      ['a stop before the start', 400, { seek: { start: at(2), stop: at(1) } }],
      ['no start', 400, { seek: { stop: OLDEST } }],
      ['bytes that are no request', 400, { seek: utf8('no request') }],
      [
        'a request of an hour ago',
        400,
        { seek: { start: OLDEST, stop: OLDEST }, time: new Date(Date.now() - 3_600_000) },
      ],
    ];
    for (const [what, status, request] of refusals) {
      it(`answers a request for ${what} with status ${status} and ends`, async () => {
        const opened = ask(DELIVER, request);
        let answer = await opened.nextDelivery();
        while (answer?.block !== undefined) answer = await opened.nextDelivery();
        expect(answer).to.deep.equal({ status });
        expect(await opened.nextDelivery()).to.equal(undefined);
      });
    }

    it('answers bytes that are no envelope with status 400', async () => {
      const opened = stream(DELIVER);
      opened.send(utf8('no envelope'));
      expect(await opened.nextDelivery()).to.deep.equal({ status: 400 });
    });
  });

  describe('from an orderer', () => {
    const DELIVER = '/orderer.AtomicBroadcast/Deliver';

    it('gives blocks without what peers add, with the same header', async () => {
      const opened = ask(DELIVER, { seek: { start: at(2), stop: at(2) } });
      const ordered = readBlock((await opened.nextDelivery())?.block ?? new Uint8Array());
      const stored = readBlock(network.embedded.ledger.getBlock(2) ?? new Uint8Array());
      expect(ordered.header).to.deep.equal(stored.header);
      expect(ordered.envelopes).to.deep.equal(stored.envelopes);
      expect(ordered.metadata[BlockMetadataIndex.SIGNATURES]).to.deep.equal(
        stored.metadata[BlockMetadataIndex.SIGNATURES],
      );
      expect(ordered.metadata[BlockMetadataIndex.TRANSACTIONS_FILTER]).to.have.length(0);
      expect(ordered.metadata[BlockMetadataIndex.COMMIT_HASH]).to.have.length(0);
      expect(stored.metadata[BlockMetadataIndex.COMMIT_HASH]).not.to.have.length(0);
    });

    it('gives header and signatures alone on request, but configuration blocks whole', async () => {
      const opened = ask(DELIVER, { seek: { start: OLDEST, stop: at(1), contentType: 1 } });
      const genesis = decode(Block, (await opened.nextDelivery())?.block ?? new Uint8Array());
      expect(genesis.data?.data).to.have.length(1);
      const second = decode(Block, (await opened.nextDelivery())?.block ?? new Uint8Array());
      expect(second.header?.number).to.equal(1);
      expect(second.data).to.equal(undefined);
    });
  });
});

/** The events that the short form of a transaction shows. */
function actionsOf(transaction: peer.FilteredTransaction | undefined): ChaincodeEvent[] {
  const actions = transaction?.getTransactionActions()?.getChaincodeActionsList() ?? [];
  return actions.map((action) =>
    decode(ChaincodeEvent, action.getChaincodeEvent()?.serializeBinary() ?? new Uint8Array()),
  );
}
