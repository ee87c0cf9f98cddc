import { bytes, decode, encode, message, repeated } from '@passage/ledger';
import { expect } from 'chai';
import fc from 'fast-check';
import { bytesField, readRepeatedBytes } from './wire.js';

const Values = message('Values', { values: repeated(bytes(1)) });
const someValues = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 });

describe("the chaincode's protobuf", () => {
  it('is read by another codec', () => {
    fc.assert(
      fc.property(someValues, (values) => {
        const written = Buffer.concat(values.map((value) => bytesField(1, value)));
        expect(decode(Values, written).values.map(hex)).to.deep.equal(values.map(hex));
      }),
    );
  });

  it('reads what another codec wrote, empty values as well', () => {
    fc.assert(
      fc.property(someValues, (values) => {
        expect(readRepeatedBytes(1, encode(Values, { values })).map(hex)).to.deep.equal(values.map(hex));
      }),
    );
  });

  it('refuses what is cut short or is another message', () => {
    const whole = bytesField(1, Buffer.from('value'));
    for (let length = 1; length < whole.length; length++) {
      expect(() => readRepeatedBytes(1, whole.subarray(0, length)), String(length)).to.throw(/ends inside/);
    }
    expect(() => readRepeatedBytes(2, whole)).to.throw(/another field/);
    expect(() => readRepeatedBytes(1, Buffer.alloc(9, 0xff))).to.throw(/too long/);
  });
});

function hex(value: Uint8Array): string {
  return Buffer.from(value).toString('hex');
}
