import { expect } from 'chai';
import fc from 'fast-check';
import { decode, encode, toHex } from '../codec/index.js';
import { arbitraryMessage } from '../testing/arbitrary-message.js';
import { rewrittenByOracle } from '../testing/protobuf-oracle.js';
import * as proto from './index.js';
import type { Message } from '../codec/index.js';

const exported: readonly object[] = Object.values(proto);
const descriptors = exported.filter((value): value is Message<unknown> => 'byNumber' in value);

describe('message descriptors', () => {
  it('are found by this test', () => {
    expect(descriptors.length).to.be.greaterThan(90);
  });

  for (const type of descriptors) {
    it(`${type.name} is written as fabric-protos writes it`, () => {
      fc.assert(
        fc.property(arbitraryMessage(type), (value) => {
          const bytes = encode(type, value as never);
          expect(toHex(rewrittenByOracle(type, bytes))).to.equal(toHex(bytes));
          expect(toHex(encode(type, decode(type, bytes) as never))).to.equal(toHex(bytes));
        }),
        { numRuns: 40 },
      );
    });
  }
});
