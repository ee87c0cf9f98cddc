import { encode, message, readBlock, uint64 } from '@passage/ledger';
import { expect } from 'chai';

import { CHAINCODE, CHANNEL } from '../organizations.js';
import { SeekInfo, type SeekPosition } from '../proto/seek.js';
import { hostileEnvelopes, type HostileEnvelope } from '../testing/hostile-envelopes.js';
import { broadcastTo, codesOf, heightOf, replayDifferences } from '../testing/orderer-port.js';
import { seekEnvelope } from '../testing/raw-messages.js';
import { openStream } from '../testing/raw-stream.js';
import { TestNetwork } from '../testing/test-network.js';

const Specified = message('orderer.SeekSpecified', { number: uint64(1) });
const at = (number: number): SeekPosition => ({ specified: encode(Specified, { number }) });

describe('envelopes that orderers take and nobody can use', function () {
  this.timeout(60_000);
  let network: TestNetwork;
  let hostile: readonly HostileEnvelope[];
  let first: number;
  let last: number;

  before(async () => {
    network = await TestNetwork.start();
    const { ledger } = network.embedded;
    const contract = network.contract();
    await contract.submitTransaction('event', 'before', '');
    first = ledger.height();
    hostile = hostileEnvelopes(CHANNEL, network.organizations);
    // A neighbour in the middle of them, which must not suffer.
    const submitted = contract.submitAsync('event', { arguments: ['among', ''] });
    for (const { envelope, what } of hostile) {
      expect(await broadcastTo(network.organization('port'), envelope), what).to.deep.equal({
        status: 200,
        info: '',
      });
    }
    expect((await (await submitted).getStatus()).successful).to.equal(true);
    await contract.submitTransaction('event', 'after', '');
    last = ledger.height() - 1;
  });
  after(() => network.stop());

  function codes(): number[] {
    const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    return numbers.flatMap((number) => codesOf(network.embedded.ledger, number));
  }

  it('get the codes that a real network gave them, and their neighbours keep theirs', () => {
    const sorted = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);
    const expected = [...hostile.map(({ code }) => code), 0, 0];
    expect(sorted(codes())).to.deep.equal(sorted(expected));
  });

  it('stand in blocks that an independent reader derives without a difference', () => {
    expect(replayDifferences(network.embedded.ledger)).to.deep.equal([]);
  });

  for (const path of [
    '/protos.Deliver/Deliver',
    '/protos.Deliver/DeliverFiltered',
    '/orderer.AtomicBroadcast/Deliver',
  ]) {
    it(`are delivered by ${path} with everything around them`, async () => {
      const stream = openStream(network.organization('business'), path);
      const seek: Partial<SeekInfo> = { start: at(first), stop: at(last) };
      stream.send(seekEnvelope(network.user('business'), { seek }));
      const numbers: unknown[] = [];
      for (
        let answer = await stream.nextDelivery();
        answer?.status === undefined;
        answer = await stream.nextDelivery()
      )
        numbers.push(
          answer?.filteredBlock?.number ?? readBlock(answer?.block ?? new Uint8Array()).header.number,
        );
      stream.close();
      expect(numbers).to.deep.equal(Array.from({ length: last - first + 1 }, (_, index) => first + index));
    });
  }

  it('hide no event from whoever listens to the chaincode', async () => {
    const events = await network.channel().getChaincodeEvents(CHAINCODE, { startBlock: 1n });
    const names: string[] = [];
    for await (const { eventName } of events) {
      names.push(eventName);
      if (eventName === 'after') break;
    }
    events.close();
    expect(names).to.deep.equal(['before', 'among', 'after']);
  });

  it('are found by the queries of the ledger, and are there again after a restart', async () => {
    const { ledger, channel } = network.embedded;
    const qscc = network.channel().getContract('qscc');
    for (let number = first; number <= last; number++) {
      const bytes = await qscc.evaluateTransaction('GetBlockByNumber', channel, String(number));
      expect(readBlock(bytes).header.number).to.equal(number);
    }
    const height = ledger.height();
    await network.stopServices();
    await network.startServices();
    expect(network.embedded.ledger.height()).to.equal(height);
    await network.contract().submitTransaction('put', 'still', 'going');
    await heightOf(network.embedded.ledger, height + 1);
    expect(replayDifferences(network.embedded.ledger)).to.deep.equal([]);
  });
});
