import { expect } from 'chai';
import fc from 'fast-check';
import { LedgerError } from '../errors.js';
import { DerReader, DerTag, derElement, derInteger, fromHex, oidText, toHex } from './index.js';

const refusal = (text: string, read: (reader: DerReader) => unknown): string => {
  try {
    read(new DerReader(fromHex(text)));
  } catch (error) {
    if (error instanceof LedgerError) return error.message.replace('cannot read the DER structure: ', '');
    throw error;
  }
  return 'accepted';
};

describe('derElement and derInteger', () => {
  it('write the shortest form', () => {
    expect(toHex(derInteger(0))).to.equal('020100');
    expect(toHex(derInteger(127))).to.equal('02017f');
    expect(toHex(derInteger(128))).to.equal('02020080');
    expect(toHex(derInteger(Number.MAX_SAFE_INTEGER))).to.equal('02071fffffffffffff');
    expect(toHex(derElement(DerTag.OCTET_STRING, new Uint8Array(128))).slice(0, 6)).to.equal('048180');
  });

  it('are read back', () => {
    fc.assert(
      fc.property(fc.nat(), fc.uint8Array({ maxLength: 300 }), (number, bytes) => {
        const whole = derElement(DerTag.SEQUENCE, derInteger(number), derElement(DerTag.OCTET_STRING, bytes));
        const fields = new DerReader(whole).enter(DerTag.SEQUENCE);
        expect(Number(`0x${toHex(fields.integer())}`)).to.equal(number);
        expect(fields.expect(DerTag.OCTET_STRING).content).to.deep.equal(bytes);
        fields.end();
      }),
    );
  });
});

describe('DerReader', () => {
  it('refuses what is not DER', () => {
    const next = (reader: DerReader): unknown => reader.next();
    expect(refusal('04', next)).to.equal('truncated');
    expect(refusal('0402ff', next)).to.equal('truncated');
    expect(refusal('04810141', next)).to.equal('a length in more bytes than needed');
    expect(refusal('0482008041', next)).to.equal('a length in more bytes than needed');
    expect(refusal('0480', next)).to.equal('an indefinite or enormous length');
    expect(refusal('1f8101', next)).to.equal('a tag of several bytes');
    expect(refusal('0400', (reader) => reader.expect(DerTag.INTEGER))).to.equal(
      'tag 0x04 where 0x02 must stand',
    );
    expect(refusal('0200', (reader) => reader.integer())).to.equal('an empty integer');
    for (const padded of ['02020001', '0202ff80']) {
      expect(refusal(padded, (reader) => reader.integer())).to.contain('superfluous');
    }
    expect(refusal('030101', (reader) => reader.bitString())).to.equal('a bit string of broken bytes');
    expect(refusal('00', (reader) => reader.end())).to.equal('it goes on after its end');
  });
});

describe('oidText', () => {
  it('writes an object identifier with dots, and nothing for half of one', () => {
    expect(oidText(fromHex('2a8648ce3d040302'))).to.equal('1.2.840.10045.4.3.2');
    expect(oidText(fromHex('551d13'))).to.equal('2.5.29.19');
    expect(oidText(fromHex('883703'))).to.equal('2.999.3');
    expect(oidText(fromHex('2a86'))).to.be.undefined;
    expect(oidText(fromHex(''))).to.be.undefined;
  });
});
