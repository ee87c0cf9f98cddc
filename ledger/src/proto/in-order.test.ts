import { expect } from 'chai';
import fc from 'fast-check';
import { concatBytes, decode, encode } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import * as proto from './index.js';
import type { Message } from '../codec/index.js';

const readInOrder = Object.values(proto as Readonly<Record<string, unknown>>).filter(
  (one): one is Message<unknown> =>
    typeof one === 'object' && one !== null && 'inOrder' in one && one.inOrder !== undefined,
);

/** What reading comes to, errors as they are worded. */
function outcomeOf(type: Message<unknown>, bytes: Uint8Array): unknown {
  try {
    return decode(type, bytes);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

/** Fields as they may stand on the wire: in any order, again and again, of any kind, nested. */
const { field: wireField } = fc.letrec<{ field: Uint8Array; fields: Uint8Array }>((tie) => ({
  field: fc.oneof(
    fc
      .tuple(fc.integer({ min: 0, max: 9 }), fc.oneof(fc.integer({ min: 0, max: 300 }), fc.maxSafeNat()))
      .map(([number, value]) => concatBytes(Uint8Array.of(number * 8), varint(value))),
    fc
      .tuple(
        fc.integer({ min: 1, max: 9 }),
        fc.oneof(
          fc.uint8Array({ maxLength: 30 }),
          fc.string().map((text) => Buffer.from(text)),
          tie('fields'),
        ),
      )
      .map(([number, content]) =>
        concatBytes(Uint8Array.of(number * 8 + 2), varint(content.length), content),
      ),
  ),
  fields: fc.array(tie('field'), { maxLength: 5 }).map((fields) => concatBytes(...fields)),
}));
const wire = fc.oneof(
  fc.array(wireField, { maxLength: 6 }).map((fields) => concatBytes(...fields)),
  // In order, as writers have them.
  fc
    .array(wireField, { maxLength: 6 })
    .map((fields) => concatBytes(...fields.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0)))),
);

function varint(value: number): Uint8Array {
  const digits: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) digits.push((rest % 0x80) | 0x80);
  return Uint8Array.of(...digits, rest);
}

describe('messages whose fields are read in order', () => {
  it('are those of which blocks hold many', () => {
    expect(readInOrder.map(({ name }) => name)).to.include.members([
      'common.Envelope',
      'common.ChannelHeader',
      'protos.ChaincodeAction',
      'kvrwset.KVRWSet',
    ]);
  });

  for (const type of readInOrder) {
    const inAnyOrder = { ...type, inOrder: undefined };

    it(`${type.name}: give what any order gives, errors too`, () => {
      fc.assert(
        fc.property(fc.oneof(wire, fc.uint8Array({ maxLength: 40 })), (bytes) => {
          const expected = outcomeOf(inAnyOrder, bytes);
          expect(outcomeOf(type, bytes)).to.deep.equal(expected);
          if (typeof expected === 'string') return;
          // What a writer makes of it stands in order, and reads the same.
          const written = encode(type, expected as never);
          expect(outcomeOf(type, written)).to.deep.equal(outcomeOf(inAnyOrder, written));
        }),
        { numRuns: 300 },
      );
    });
  }
});
