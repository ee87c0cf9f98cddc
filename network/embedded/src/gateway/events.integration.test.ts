import { expect } from 'chai';
import { checkpointers } from '@hyperledger/fabric-gateway';
import type { ChaincodeEvent, CloseableAsyncIterable, Network } from '@hyperledger/fabric-gateway';

import { CHAINCODE } from '../organizations.js';
import { TestNetwork } from '../testing/test-network.js';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

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

describe('chaincode events, with Fabric’s own client', function () {
  this.timeout(60_000);
  let network: TestNetwork;
  let channel: Network;
  let firstBlock: bigint;

  const emit = async (name: string, payload: string): Promise<{ txId: string; blockNumber: bigint }> => {
    const commit = await channel.getContract(CHAINCODE).submitAsync('event', { arguments: [name, payload] });
    const { transactionId: txId, blockNumber } = await commit.getStatus();
    return { txId, blockNumber };
  };

  before(async () => {
    network = await TestNetwork.start();
    channel = network.channel();
    ({ blockNumber: firstBlock } = await emit('first', '1'));
    await channel.getContract(CHAINCODE).submitTransaction('put', 'no', 'event');
    await emit('second', '2');
  });
  after(() => network.stop());

  it('come live, with payload, block and transaction', async () => {
    const events = await channel.getChaincodeEvents(CHAINCODE);
    const [{ txId, blockNumber }, [event]] = await Promise.all([emit('live', 'now'), take(events, 1)]);
    expect(event).to.include({
      chaincodeName: CHAINCODE,
      eventName: 'live',
      transactionId: txId,
      blockNumber,
    });
    expect(text(event?.payload ?? new Uint8Array())).to.equal('now');
  });

  it('are replayed from a block, blocks without events passed over', async () => {
    const events = await take(await channel.getChaincodeEvents(CHAINCODE, { startBlock: firstBlock }), 2);
    expect(events.map(({ eventName }) => eventName)).to.deep.equal(['first', 'second']);
  });

  it('go on after the transaction of a checkpoint', async () => {
    const checkpoint = checkpointers.inMemory();
    const [first] = await take(await channel.getChaincodeEvents(CHAINCODE, { startBlock: firstBlock }), 1);
    await checkpoint.checkpointChaincodeEvent(first as ChaincodeEvent);
    const [next] = await take(await channel.getChaincodeEvents(CHAINCODE, { checkpoint }), 1);
    expect(next?.eventName).to.equal('second');
  });

  it('of another chaincode do not come', async () => {
    const others = await channel.getChaincodeEvents('elsewhere', { startBlock: 0n });
    const mine = await channel.getChaincodeEvents(CHAINCODE, { startBlock: firstBlock });
    let seen = 0;
    const watching = take(others, 1).then(
      () => seen++,
      () => undefined,
    );
    await take(mine, 2);
    others.close();
    await watching;
    expect(seen).to.equal(0);
  });

  it('of a transaction that is not valid do not come', async () => {
    const contract = channel.getContract(CHAINCODE);
    const options = { arguments: ['invalid', 'x'], endorsingOrganizations: ['CustomsMSP'] };
    const { blockNumber, code } = await (await contract.submitAsync('event', options)).getStatus();
    expect(code).to.equal(10);
    await emit('valid', 'y');
    const [event] = await take(await channel.getChaincodeEvents(CHAINCODE, { startBlock: blockNumber }), 1);
    expect(event?.eventName).to.equal('valid');
  });

  it('are refused to whoever cannot prove who they are', async () => {
    const { key } = network.user('port');
    const forger = network.connect('customs', { identity: network.user('customs').identity, key });
    const events = await forger.gateway.getNetwork(network.embedded.channel).getChaincodeEvents(CHAINCODE);
    const error: unknown = await take(events, 1).catch((thrown: unknown) => thrown);
    expect(String(error)).to.contain('PERMISSION_DENIED');
  });
});
