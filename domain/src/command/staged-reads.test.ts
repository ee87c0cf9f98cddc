import { expect } from 'chai';
import { object } from '../shape/composites.js';
import { partyId, requestId } from '../shape/fields.js';
import { encodeRecord } from '../state/codec.js';
import { keys } from '../state/keys.js';
import { UndeclaredReadError } from '../state/world-view.js';
import { cast, partyCaller, testLedger, TestWorld } from '../testing/index.js';
import type { WorldView } from '../state/world-view.js';
import type { Operation } from './operation.js';
import { partyCommand } from './define.js';
import { prepareOperation } from './transaction.js';

const tx = { txId: 'tx', timestamp: '2026-01-01T00:00:00.000Z' };

/** A party's name leads to the next party: a chain such as that of units inside units. */
const follow = partyCommand<{ readonly requestId: string; readonly partyId: string }>({
  name: 'Follow',
  writes: [],
  input: object({ requestId, partyId }, {}),
  reads: ({ partyId }) => [keys.party(partyId)],
  readsThen: ({ partyId }, _, view) => chain(partyId, view).map((id) => keys.party(id)),
  decide: ({ partyId }, _, view) => ({ writes: [], result: { chain: chain(partyId, view) } }),
});

function chain(from: string, view: WorldView): readonly string[] {
  const next = view.get(keys.party(from))?.name;
  return next === undefined ? [] : [next, ...chain(next, view)];
}

function partyNamed(name: string): Uint8Array {
  return encodeRecord({
    v: 1,
    partyId: 'X',
    mspId: 'BusinessMSP',
    name,
    roles: ['carrier'],
    registeredAt: tx.timestamp,
  });
}

const stored = new Map([
  ['ledger', encodeRecord({ v: 1, ledger: testLedger, roles: { carrier: ['BusinessMSP'] } })],
  ['party/CARRIER1', partyNamed('unused')],
  ['party/A', partyNamed('B')],
  ['party/B', partyNamed('C')],
  ['party/C', partyNamed('D')],
]);

/** Fetches round by round. */
function rounds(operation: Operation): {
  readonly rounds: readonly (readonly string[])[];
  readonly response: string;
} {
  const prepared = prepareOperation(operation, '{"requestId":"r","partyId":"A"}', partyCaller('CARRIER1'));
  const values = new Map<string, Uint8Array | undefined>();
  const asked: (readonly string[])[] = [];
  for (let next = prepared.reads; next.length > 0; next = prepared.more(values)) {
    asked.push(next);
    for (const key of next) values.set(key, stored.get(key));
  }
  return { rounds: asked, response: prepared.execute(values, tx).response };
}

describe('staged reads', () => {
  it('follow a chain of records round by round, each key once', () => {
    const { rounds: asked, response } = rounds(follow);
    expect(asked).to.deep.equal([
      ['ledger', 'party/CARRIER1', 'request/CARRIER1/r', 'party/A'],
      ['party/B'],
      ['party/C'],
      ['party/D'],
    ]);
    expect(JSON.parse(response)).to.deep.equal({ duplicate: false, result: { chain: ['B', 'C', 'D'] } });
  });

  it('show the decision nothing that was not declared by then', () => {
    const prying: Operation = {
      ...follow,
      prepare: (...given) => ({
        ...follow.prepare(...given),
        decide: (view) => ({ writes: [], response: { name: view.get(keys.party('E'))?.name ?? '' } }),
      }),
    };
    expect(() => rounds(prying)).to.throw(UndeclaredReadError);
  });

  it('ask for nothing more where an act declares no further keys', () => {
    const world = TestWorld.started();
    const input = { requestId: 'u', partyId: 'SELLER1', name: 'New name' };
    const { reads } = world.play({ mspId: cast.SELLER1.mspId, admin: true }, 'UpdateParty', input);
    expect(reads).to.have.length(new Set(reads).size).and.to.include('party/SELLER1');
  });
});
