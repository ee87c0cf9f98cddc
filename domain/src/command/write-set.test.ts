import { expect } from 'chai';
import { entry } from '../state/codec.js';
import { keys } from '../state/keys.js';
import { policySet, writeSet } from './write-set.js';

const statements = [2, 10, 1].map((seq) => entry(keys.statement('K', seq), { v: 1, id: 'A'.repeat(43) }));

const open = { twoOf: ['PortMSP', 'BusinessMSP'] };

describe('writeSet', () => {
  it('orders keys by their bytes, not by their numbers', () => {
    const writes = writeSet({ name: 'X', writes: ['statement'] }, statements);
    expect(writes.map(({ key }) => key)).to.deep.equal(['statement/K/1', 'statement/K/10', 'statement/K/2']);
  });

  it('stops an operation that writes a kind of key it has not declared', () => {
    expect(() => writeSet({ name: 'X', writes: ['party'] }, statements)).to.throw('X writes statement/K/2');
  });
});

describe('policySet', () => {
  const operation = { name: 'X', writes: ['custody', 'aeo'] } as const;
  const customs = { allOf: 'CustomsMSP', oneOf: ['PortMSP', 'BusinessMSP'] } as const;
  const standing = {
    v: 1,
    partyId: 'P',
    status: 'given',
    decidedBy: 'O',
    reason: 'r',
    decidedAt: 't',
  } as const;

  it('gathers policies of written keys and of others in the order of their keys', () => {
    const entries = [
      { key: keys.custody('U'), policy: open },
      entry(keys.aeo('P'), standing, { policy: customs }),
      entry(keys.aeo('Q'), standing),
    ];
    expect(policySet(operation, entries)).to.deep.equal([
      { key: 'aeo/P', policy: customs },
      { key: 'custody/U', policy: open },
    ]);
  });

  it('stops an operation that changes a policy of a kind it has not declared, or one twice', () => {
    expect(() => policySet(operation, [{ key: keys.party('P'), policy: customs }])).to.throw(
      'X writes party/P',
    );
    const twice = [
      { key: keys.custody('U'), policy: customs },
      { key: keys.custody('U'), policy: open },
    ];
    expect(() => policySet(operation, twice)).to.throw('X gives one key two policies');
  });
});
