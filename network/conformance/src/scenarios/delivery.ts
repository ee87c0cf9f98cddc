import { ChaincodeEvent, decode, encode, message, readBlock, uint64 } from '@passage/ledger';
import {
  SeekBehavior,
  SeekContentType,
  type SeekInfo,
  type SeekPosition,
} from '@passage/network-embedded/testing';

import type { OrganizationName } from '../network/under-test.js';
import { seekEnvelope, type SeekRequest } from '../raw-messages.js';
import type { Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

const Specified = message('orderer.SeekSpecified', { number: uint64(1) });
const at = (number: number): SeekPosition => ({ specified: encode(Specified, { number }) });

const PEER = '/protos.Deliver/Deliver';
const METHODS = [
  PEER,
  '/protos.Deliver/DeliverFiltered',
  '/protos.Deliver/DeliverWithPrivateData',
  '/orderer.AtomicBroadcast/Deliver',
];

interface Asked {
  readonly from?: OrganizationName;
}

/** Everything that a deliver method answers to one request, up to its status. */
async function delivered(
  stage: Stage,
  path: string,
  request: SeekRequest,
  { from = 'port' }: Asked = {},
): Promise<unknown[]> {
  const stream = stage.connections.stream(from, path);
  const answers: unknown[] = [];
  try {
    stream.send(seekEnvelope(stage, stage.client(from), request));
    for (;;) {
      const answer = await stream.nextDelivery();
      if (answer === undefined) return [...answers, 'the end'];
      if (answer.status !== undefined) return [...answers, answer.status];
      answers.push(inWords(answer));
    }
  } finally {
    stream.close();
  }
}

type Answer = NonNullable<Awaited<ReturnType<ReturnType<Stage['connections']['stream']>['nextDelivery']>>>;

function inWords({ block, filteredBlock, blockAndPrivateData }: Answer): unknown {
  if (filteredBlock !== undefined) {
    const { number, filteredTransactions } = filteredBlock;
    const transactions = filteredTransactions.map(({ transactionActions, txId, ...rest }) => ({
      ...rest,
      txId: number === 0 ? 'of the genesis block' : txId,
      events: transactionActions?.chaincodeActions.map(({ chaincodeEvent }) =>
        decode(ChaincodeEvent, chaincodeEvent),
      ),
    }));
    return { filtered: number, transactions };
  }
  const bytes = block ?? blockAndPrivateData?.block ?? new Uint8Array();
  const { header, envelopes, metadata } = readBlock(bytes);
  const privateData = [...(blockAndPrivateData?.privateDataMap ?? [])].map(([index, set]) => [
    index,
    set.nsPvtRwset.map(({ namespace, collectionPvtRwset }) => [
      namespace,
      collectionPvtRwset.map(({ collectionName }) => collectionName),
    ]),
  ]);
  return {
    number: header.number,
    envelopes: envelopes.length,
    metadata: metadata.map((entry) => entry.length > 0),
    ...(privateData.length > 0 && { privateData }),
  };
}

const range = (start: SeekPosition, stop: SeekPosition, rest: Partial<SeekInfo> = {}): SeekRequest => ({
  seek: { start, stop, ...rest },
});

/** Blocks on demand, from peers and orderers. */
export const delivery: readonly Scenario[] = [
  {
    name: 'requests for blocks',
    async play(stage: Stage): Promise<void> {
      const failing = { behavior: SeekBehavior.FAIL_IF_NOT_READY };
      const requests: readonly (readonly [string, SeekRequest])[] = [
        ['the oldest', range({ oldest: {} }, { oldest: {} })],
        ['number 0', range(at(0), at(0))],
        ['no block, from behind to before', range(at(3), at(2))],
        ['one that is not there yet', range(at(100_000), at(100_000), failing)],
        ['one far ahead, waiting', range(at(100_000), at(100_000))],
        ['of an unknown channel', { ...range(at(0), at(0)), channelId: 'nowhere' }],
        ['without start and stop', { seek: {} }],
        ['that is no request', { seek: Buffer.from('\xff\xff', 'latin1') }],
        ['of twenty minutes ago', { ...range(at(0), at(0)), time: new Date(Date.now() - 20 * 60_000) }],
      ];
      for (const path of METHODS)
        for (const [what, request] of requests)
          stage.note(`${path} ${what}`, await delivered(stage, path, request));
      const headers = { contentType: SeekContentType.HEADER_WITH_SIG };
      const orderer = '/orderer.AtomicBroadcast/Deliver';
      stage.note(
        'headers alone, of an orderer',
        await delivered(stage, orderer, range(at(0), at(0), headers)),
      );
    },
  },
  {
    name: 'blocks as readers get them',
    async play(stage: Stage): Promise<void> {
      const sent = await stage.endorse('private and public', {
        name: 'putPrivate',
        args: ['shared', 'delivered'],
        transient: { value: 'a delivered secret' },
      });
      const { block } = await stage.send(sent);
      const event = await stage.endorse('with an event', { name: 'event', args: ['delivered', 'payload'] });
      const { block: second } = await stage.send(event);
      const request = range(at(Number(block)), at(Number(second)));
      const numbersOff = (answers: unknown[]): unknown =>
        JSON.parse(
          JSON.stringify(answers)
            .replaceAll(`:${String(block)},`, ':"first",')
            .replaceAll(`:${String(second)},`, ':"second",'),
        );
      for (const path of METHODS) stage.note(path, numbersOff(await delivered(stage, path, request)));
      for (const from of ['customs', 'business'] as const)
        stage.note(
          `private data at ${from}`,
          numbersOff(await delivered(stage, METHODS[2] ?? PEER, request, { from })),
        );
    },
  },
];
