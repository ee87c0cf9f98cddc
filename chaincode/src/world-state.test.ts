import { expect } from 'chai';
import { peerDoor } from './peer-door.js';
import { InMemoryStub } from './testing/in-memory-stub.js';
import { Simulation, type WorldState } from './testing/simulation.js';
import { readState, writeState } from './world-state.js';

const state: WorldState = new Map([
  ['a', { value: Buffer.from('1'), version: 4 }],
  ['c', { value: Buffer.from('3'), version: 2 }],
]);
const policy = { allOf: 'CustomsMSP', oneOf: ['PortMSP', 'BusinessMSP'] } as const;

/** A peer behind a shim that has no door for several keys. */
class KeyByKey extends Simulation {
  override _askPeerAndListen = undefined as never;
}

function stubOver(simulation: Simulation): InMemoryStub {
  const creator = { mspid: 'CustomsMSP', idBytes: new Uint8Array() };
  return new InMemoryStub({ creator, txId: 't', timestamp: new Date(0), args: [] }, simulation);
}

async function run(simulation: Simulation): Promise<object> {
  const stub = stubOver(simulation);
  const values = await readState(stub, ['c', 'b', 'a']);
  await writeState(
    stub,
    [{ key: 'b', value: Buffer.from('2') }],
    [
      { key: 'a', policy },
      { key: 'c', policy: { twoOf: ['PortMSP', 'BusinessMSP'] } },
    ],
  );
  return {
    values: [...values].map(([key, value]) => [key, Buffer.from(value).toString()]),
    reads: simulation.reads(),
    writes: simulation.writes(),
    policies: simulation.policies(),
  };
}

describe('the world state behind a stub', () => {
  it('is read and written in one request each', async () => {
    const asked: number[] = [];
    class Counting extends Simulation {
      override _askPeerAndListen(
        message: Parameters<Simulation['_askPeerAndListen']>[0],
      ): Promise<Uint8Array> {
        asked.push(message.getType());
        return super._askPeerAndListen(message);
      }
    }
    await run(new Counting(state));
    expect(asked).to.deep.equal([25, 24]);
  });

  it('is the same key by key, where there is no door', async () => {
    expect(peerDoor(stubOver(new KeyByKey(state)))).to.equal(undefined);
    const several = await run(new Simulation(state));
    expect(several).to.deep.include({
      values: [
        ['c', '3'],
        ['b', ''],
        ['a', '1'],
      ],
      reads: [
        { key: 'a', version: 4 },
        { key: 'b', version: undefined },
        { key: 'c', version: 2 },
      ],
    });
    expect(await run(new KeyByKey(state))).to.deep.equal(several);
  });

  it('asks the peer nothing where there is nothing to write', async () => {
    class Silent extends Simulation {
      override _askPeerAndListen(): Promise<Uint8Array> {
        throw new Error('asked');
      }
    }
    await writeState(stubOver(new Silent(state)), [], []);
  });
});
