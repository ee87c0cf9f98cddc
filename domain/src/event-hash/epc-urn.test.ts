import { expect } from 'chai';
import { digitalLinkOfUrn } from './epc-urn.js';

/** The canonical path of an EPC; undefined where the text is none. */
const pathOf = (epc: string): string | undefined =>
  digitalLinkOfUrn(`urn:epc:${epc}`)?.replace('https://id.gs1.org/', '');

const GTIN = '01/10614141073464';

describe('digitalLinkOfUrn', () => {
  it('takes the whole text for an EPC, or nothing of it', () => {
    const sscc = 'urn:epc:id:sscc:4012345.0000000333';
    expect(digitalLinkOfUrn(sscc)).to.equal('https://id.gs1.org/00/040123450000003338');
    for (const other of [
      `x${sscc}`,
      ` ${sscc}`,
      `${sscc} `,
      `${sscc}\n`,
      `${sscc}\nx`,
      `\n${sscc}`,
      sscc.toUpperCase(),
    ])
      expect(digitalLinkOfUrn(other), JSON.stringify(other)).to.equal(undefined);
    expect(digitalLinkOfUrn('urn:epc:id:1sscc:4012345.0000000333')).to.equal(undefined);
  });

  it('takes a company prefix of 6 to 12 digits', () => {
    for (let length = 1; length <= 16; length += 1) {
      const whole = '12345678901234567';
      const epc = `id:sscc:${whole.slice(0, length)}.${whole.slice(length)}`;
      expect(pathOf(epc) !== undefined, epc).to.equal(length >= 6 && length <= 12);
    }
    for (const prefix of ['x401234', '401234x', '40 1234', '+401234'])
      expect(pathOf(`id:sscc:${prefix}.0000000333`), prefix).to.equal(undefined);
  });

  it('takes digits alone for a reference', () => {
    for (const reference of ['a000000333', '000000033a', '00000a0333', ' 000000333', '000000333\n'])
      expect(pathOf(`id:sscc:4012345.${reference}`), reference).to.equal(undefined);
    for (const reference of ['99987654', '9998765432', 'a99987654'.slice(0, 9), '99987654a'])
      expect(pathOf(`id:gsin:4012345.${reference}`), reference).to.equal(undefined);
  });

  /** EPCs up to the longest serial that their scheme has (EPC Tag Data Standard section 6). */
  const SERIALS: readonly (readonly [epc: string, path: string, max: number])[] = [
    ['id:sgtin:0614141.107346.', `${GTIN}/21/`, 20],
    ['id:upui:0614141.107346.', `${GTIN}/235/`, 28],
    ['class:lgtin:0614141.107346.', `${GTIN}/10/`, 20],
    ['id:sgln:4012345.00011.', '414/4012345000115/254/', 20],
    ['id:grai:4012345.66666.', '8003/04012345666663', 16],
    ['id:gdti:4012345.55555.', '253/4012345555554', 17],
    ['id:sgcn:4012345.99999.', '255/4012345999990', 12],
    ['id:giai:4012345.', '8004/4012345', 24],
    ['id:ginc:4012345.', '401/4012345', 24],
    ['id:itip:0614141.107346.01.02.', '8006/106141410734640102/21/', 20],
  ];
  for (const [epc, path, max] of SERIALS) {
    it(`takes ${epc}… with 1 to ${String(max)} signs`, () => {
      for (const serial of ['1', '9'.repeat(max)]) expect(pathOf(epc + serial)).to.equal(path + serial);
      for (const serial of ['', '9'.repeat(max + 1), ' 9', '9 ', '9"9', '9\n', '~9', '9~', '%2', '%zz'])
        expect(pathOf(epc + serial), JSON.stringify(serial)).to.equal(undefined);
    });
  }

  it('takes a part number of capital letters, digits and hyphens', () => {
    for (const good of ['A', '0-Z', '%23A', 'A%2D%2F', 'A'.repeat(24)])
      expect(pathOf(`id:cpi:4012345.${good}.1`), good).to.equal(`8010/4012345${good}/8011/1`);
    for (const bad of ['', 'aA', 'Aa', 'A_', '_A', '%24A', 'A%2', 'A'.repeat(25)])
      expect(pathOf(`id:cpi:4012345.${bad}.1`), bad).to.equal(undefined);
  });

  it('takes 1 to 12 digits for the serial of a part', () => {
    for (const good of ['1', '1'.repeat(12)])
      expect(pathOf(`id:cpi:4012345.ABC.${good}`)).to.equal(`8010/4012345ABC/8011/${good}`);
    for (const bad of ['', '1'.repeat(13), 'a1', '1a', '1.1'])
      expect(pathOf(`id:cpi:4012345.ABC.${bad}`), bad).to.equal(undefined);
  });

  it('takes two digits each for a piece and the count of pieces', () => {
    for (const [piece, total] of [
      ['1', '002'],
      ['001', '2'],
      ['a1', '02'],
      ['01', '2a'],
      ['01', '023'],
      ['01', ''],
    ])
      for (const epc of [
        `id:itip:0614141.107346.${piece}.${total}.9`,
        `idpat:itip:0614141.107346.${piece}.${total}.*`,
      ])
        expect(pathOf(epc), epc).to.equal(undefined);
  });

  it('takes a pattern that ends on a star, and a star nowhere else', () => {
    expect(pathOf('idpat:sgtin:0614141.107346.*')).to.equal(GTIN);
    for (const other of [
      '0614141.107346',
      '0614141.107346*',
      '0614141.107346.1',
      '0614141.*',
      '0614141.107346.*.*',
      '.*',
    ])
      expect(pathOf(`idpat:sgtin:${other}`), other).to.equal(undefined);
  });
});
