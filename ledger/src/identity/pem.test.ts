import { expect } from 'chai';
import fc from 'fast-check';
import { toHex, utf8 } from '../codec/index.js';
import { readPem } from './index.js';

const block = '-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n';
const read = (text: string): string | undefined => {
  const found = readPem(utf8(text));
  return found && `${found.type} ${toHex(found.content)}${found.trailing ? ' +' : ''}`;
};

describe('readPem', () => {
  it('finds the first whole block wherever it stands', () => {
    expect(read(block)).to.equal('CERTIFICATE 010203');
    expect(read(`before\n${block}after`)).to.equal('CERTIFICATE 010203 +');
    expect(read(`-----BEGIN X-----\n!\n-----END X-----\n${block}`)).to.equal('CERTIFICATE 010203');
    expect(read(block.replaceAll('\n', '\r\n'))).to.equal('CERTIFICATE 010203');
    expect(read(block.replace('AQID', 'Proc-Type: 4\n\nAQ\n ID'))).to.equal('CERTIFICATE 010203');
    expect(read('-----BEGIN X-----\n-----END X-----')).to.equal('X ');
  });

  it('finds nothing in what is none', () => {
    const none = [
      '',
      'AQID',
      block.slice(0, 40),
      block.replace('END CERTIFICATE', 'END OTHER'),
      block.replace('AQID', 'AQI'),
      block.replace('AQID', 'A===QIDA'),
      ` ${block}`,
    ];
    for (const text of none) expect(read(text), text).to.be.undefined;
  });

  it('comes to an end on anything, and soon on what is made to keep it busy', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        readPem(bytes);
      }),
    );
    for (const line of ['-----BEGIN a:b-----\n', '-----BEGIN a-----\n', 'a:\n', '\n-----BEGIN ']) {
      expect(read(line.repeat(100_000))).to.be.undefined;
    }
  });
});
