import { decode, encode, message, Metadata, OrdererBlockMetadata, readBlock, uint64 } from '@passage/ledger';
import { expect } from 'chai';

import { SeekInfo, type SeekPosition } from '../proto/seek.js';
import { codesOf, heightOf, replayDifferences } from '../testing/orderer-port.js';
import { seekEnvelope } from '../testing/raw-messages.js';
import { openStream, type RawStream } from '../testing/raw-stream.js';
import { detailsOf, refusalOf } from '../testing/refusals.js';
import { TestNetwork } from '../testing/test-network.js';
import type { Faults } from './faults.js';

const Specified = message('orderer.SeekSpecified', { number: uint64(1) });
const at = (number: number): SeekPosition => ({ specified: encode(Specified, { number }) });

describe('faults', function () {
  this.timeout(60_000);
  let network: TestNetwork;
  let faults: Faults;
  const streams: RawStream[] = [];

  before(async () => {
    network = await TestNetwork.start();
    ({ faults } = network.embedded);
    await network.contract().submitTransaction('put', 'a', '1');
  });
  afterEach(() => {
    faults.clear();
    for (const stream of streams.splice(0)) stream.close();
  });
  after(async () => {
    const differences = replayDifferences(network.embedded.ledger);
    await network.stop();
    expect(differences).to.deep.equal([]);
  });

  function blocksOf(
    organization: 'port' | 'business',
    from = 0,
    path = '/protos.Deliver/Deliver',
  ): RawStream {
    const stream = openStream(network.organization(organization), path);
    streams.push(stream);
    const seek: Partial<SeekInfo> = { start: at(from), stop: at(1_000_000) };
    stream.send(seekEnvelope(network.user('business'), { seek }));
    return stream;
  }
  async function nextBlock(stream: RawStream): Promise<ReturnType<typeof readBlock>> {
    return readBlock((await stream.nextDelivery())?.block ?? new Uint8Array());
  }

  it('an organisation down cannot be reached, and the others go on without it', async () => {
    faults.set({ down: ['port'] });
    const refused = await refusalOf(network.contract('port').evaluateTransaction('get', 'a'));
    expect(refused.message).to.contain('a fault keeps port down');
    await network.contract('business').submitTransaction('put', 'without-port', '1');
    const { ledger } = network.embedded;
    const { metadata } = readBlock(ledger.getBlock(ledger.height() - 1) ?? new Uint8Array());
    const { value, signatures } = decode(Metadata, metadata[0] ?? new Uint8Array());
    expect(signatures).to.have.length(3);
    expect(decode(OrdererBlockMetadata, value).lastConfig?.index).to.equal(0);
    const named = network
      .contract('customs')
      .newProposal('put', { arguments: ['b', '1'], endorsingOrganizations: ['CustomsMSP', 'PortMSP'] });
    expect(detailsOf(await refusalOf(named.endorse())).join()).to.contain('connection refused');
  });

  it('two organisations down leave no quorum: nothing is ordered, and clients are told', async () => {
    faults.set({ down: ['port', 'auditor'] });
    const height = network.embedded.ledger.height();
    const refused = await refusalOf(network.contract('customs').submitTransaction('put', 'c', '1'));
    expect(refused.message).to.contain('insufficient number of orderers');
    expect(network.embedded.ledger.height()).to.equal(height);
  });

  it('an organisation that goes down breaks the streams it serves', async () => {
    const stream = blocksOf('port', network.embedded.ledger.height());
    const broken = stream.nextDelivery().then(
      () => 'an answer',
      (error: unknown) => String(error),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    faults.set({ down: ['port'] });
    expect(await broken).to.contain('a fault keeps port down');
  });

  it('an endorser that answers differently is found out, and can be left out', async () => {
    faults.set({ differing: ['port'] });
    const propose = (...endorsingOrganizations: string[]): Promise<unknown> =>
      network.contract('customs').submit('put', { arguments: ['d', '1'], endorsingOrganizations });
    const refused = await refusalOf(propose('CustomsMSP', 'PortMSP'));
    expect(detailsOf(refused)).to.deep.equal(['PortMSP: ProposalResponsePayloads do not match']);
    await propose('CustomsMSP', 'BusinessMSP');
  });

  it('an orderer that stalls keeps what it accepted and orders it later', async () => {
    faults.set({ stalled: true });
    const { ledger } = network.embedded;
    const height = ledger.height();
    const commit = await network.contract().submitAsync('put', { arguments: ['e', '1'] });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(ledger.height()).to.equal(height);
    faults.clear();
    expect((await commit.getStatus()).successful).to.equal(true);
  });

  it('a stream is slow, or is cut where a block would come', async () => {
    faults.set({ delivery: { port: { delayMs: 300 } } });
    const slow = blocksOf('port');
    const fast = blocksOf('business');
    const order: string[] = [];
    await Promise.all([
      nextBlock(slow).then(() => order.push('slow')),
      nextBlock(fast).then(() => order.push('fast')),
    ]);
    expect(order).to.deep.equal(['fast', 'slow']);
    faults.set({ delivery: { port: { cutAt: 1 } } });
    const cut = blocksOf('port');
    expect((await nextBlock(cut)).header.number).to.equal(0);
    expect(await cut.nextDelivery().catch((error: unknown) => String(error))).to.contain('cut the stream');
  });

  it('a peer forges a block: same header and signatures, other transactions, refused by any reader', async () => {
    faults.set({ delivery: { port: { forge: 1 } } });
    const [forged, honest] = await Promise.all([
      nextBlock(blocksOf('port', 1)),
      nextBlock(blocksOf('business', 1)),
    ]);
    expect(forged.header).to.deep.equal(honest.header);
    expect(forged.metadata).to.deep.equal(honest.metadata);
    expect(forged.envelopes).not.to.deep.equal(honest.envelopes);
    const { ledger } = network.embedded;
    const lying = Object.assign(Object.create(ledger) as typeof ledger, {
      height: () => ledger.height(),
      getBlock: (number: number) => (number === 1 ? forgedBytes : ledger.getBlock(number)),
    });
    const stream = blocksOf('port', 1);
    const forgedBytes = (await stream.nextDelivery())?.block;
    const [difference] = replayDifferences(lying);
    expect(difference).to.deep.include({ check: 'data-hash', block: 1 });
  });

  it('a peer withholds blocks until it thinks better of it', async () => {
    const { ledger } = network.embedded;
    const from = ledger.height();
    faults.set({ delivery: { port: { withholdFrom: from } } });
    const stream = blocksOf('port', from - 1);
    expect((await nextBlock(stream)).header.number).to.equal(from - 1);
    await network.contract('customs').submitTransaction('put', 'f', '1');
    await heightOf(ledger, from + 1);
    const waiting = nextBlock(stream);
    const first = await Promise.race([
      waiting,
      new Promise((resolve) => setTimeout(resolve, 200, 'nothing')),
    ]);
    expect(first).to.equal('nothing');
    faults.clear();
    expect((await waiting).header.number).to.equal(from);
    expect(codesOf(ledger, from)).to.deep.equal([0]);
  });
});
