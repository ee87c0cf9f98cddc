import { ChaincodeEvent, encode, RwsetBuilder } from '@passage/ledger';
import { expect } from 'chai';
import { compareResults } from './compare-results.js';
import type { Recorded } from './recorded.js';

const text = (value: string): Uint8Array => Buffer.from(value);

/** What a chaincode of two keys does, changed by `change`. */
function results(change: (set: RwsetBuilder) => void = () => undefined): Uint8Array {
  const set = new RwsetBuilder();
  set.addRead('cc', 'a', { block: 3, tx: 1 });
  set.addWrite('cc', 'a', text('one'));
  set.addMetadataWrite('cc', 'a', new Map([['VALIDATION_PARAMETER', text('policy')]]));
  set.addPrivateWrite('cc', 'closed', 'p', text('secret'));
  change(set);
  return set.build().publicBytes;
}

const response = { status: 200, message: '', payload: text('done') };
const event = encode(ChaincodeEvent, { eventName: 'e', payload: text('told') });
const stamped = encode(ChaincodeEvent, {
  chaincodeId: 'cc',
  txId: 'tx',
  eventName: 'e',
  payload: text('told'),
});

/** A transaction that the chain has with this action. */
function recorded(action: object): Recorded {
  const chaincodeAction = { results: results(), events: stamped, response, ...action };
  return { chaincode: 'cc', txId: 'tx', transaction: { chaincodeAction } } as unknown as Recorded;
}

describe('comparing a result with the recorded one', () => {
  const compare = (action: object) => compareResults(recorded(action), results(), { response, event });

  it('finds nothing where every byte is the same', () => {
    expect(compare({})).to.equal(undefined);
  });

  const FORGED: readonly [what: string, action: object, expected: string, found: string][] = [
    [
      'a written value',
      { results: results((set) => set.addWrite('cc', 'a', text('two'))) },
      'write of "a" in cc as "one"',
      'as "two"',
    ],
    [
      'a key too much',
      { results: results((set) => set.addWrite('cc', 'b', text('two'))) },
      'write of "b" in cc not there',
      'as "two"',
    ],
    [
      'a deletion',
      { results: results((set) => set.addWrite('cc', 'a')) },
      'write of "a" in cc as "one"',
      'as deletion',
    ],
    [
      "a key's policy",
      {
        results: results((set) =>
          set.addMetadataWrite('cc', 'a', new Map([['VALIDATION_PARAMETER', text('none')]])),
        ),
      },
      'metadata of "a" in cc as VALIDATION_PARAMETER "policy"',
      'as VALIDATION_PARAMETER "none"',
    ],
    [
      'a read left out',
      { results: results((set) => set.addRead('cc', 'b', undefined)) },
      'read of "b" in cc not there',
      'of nothing',
    ],
    [
      'another namespace',
      { results: results((set) => set.addWrite('other', 'a', text('two'))) },
      'write of "a" in other not there',
      'as "two"',
    ],
    ['the answer', { response: { ...response, payload: text('no') } }, 'the answer "done"', '"no"'],
    ['the event left out', { events: new Uint8Array() }, 'the event', 'nothing'],
  ];

  for (const [what, action, expected, found] of FORGED)
    it(`finds ${what}`, () => {
      const unlike = compare(action);
      expect(unlike?.expected).to.contain(expected);
      expect(unlike?.found).to.equal(found);
    });

  it('finds a private value by its hash', () => {
    const unlike = compare({
      results: results((set) => set.addPrivateWrite('cc', 'closed', 'p', text('other'))),
    });
    expect(unlike?.expected).to.match(/in cc\$\$hclosed/);
  });

  it('finds what the chaincode would have refused', () => {
    const refused = { status: 500, message: 'E_ON_PURPOSE', payload: new Uint8Array() };
    const unlike = compareResults(recorded({}), results(), {
      response: refused,
      event: new Uint8Array(),
    });
    expect(unlike).to.deep.equal({ expected: 'a refusal ("E_ON_PURPOSE")', found: 'a valid transaction' });
  });
});
