import { needSharedData } from '@passage/testing';
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { PassageError } from '../errors/passage-error.js';
import { containerEpc, containerOfEpc, isContainerNumber, parseContainerNumber } from './container.js';
import { gs1CheckDigit, isGln, isGsin, isGtin, isSscc } from './gs1-key.js';
import { isHsCode, isHsEdition } from './hs-code.js';
import { isCountryCode, isUnLocode } from './place.js';

/** The rows of a simple CSV file as lists of cells, without its head. */
function rows(file: string): string[][] {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
}

function faultOf(number: string): unknown {
  try {
    parseContainerNumber(number);
    return '';
  } catch (error) {
    return (error as PassageError).details['fault'];
  }
}

describe('container numbers', () => {
  it('are judged as in the published vectors, remainder 10 among them', function () {
    const vectors = rows(`${needSharedData(this, 'container-codes')}iso6346-check-digits.csv`);
    expect(vectors).to.have.length(37);
    for (const [number = '', valid, reason] of vectors) {
      expect(isContainerNumber(number), number).to.equal(valid === 'true');
      expect(faultOf(number), number).to.equal(reason === 'format' ? 'form' : reason);
    }
  });

  it('come apart into owner, category, serial and check digit', () => {
    expect(parseContainerNumber('CSQU3054383')).to.deep.equal({
      owner: 'CSQ',
      category: 'U',
      serial: '305438',
      checkDigit: '3',
    });
  });

  it('are refused with any one digit changed', () => {
    const number = 'MWCU6059784';
    for (let at = 4; at < 11; at += 1) {
      for (const digit of '0123456789'.replace(number.charAt(at), '')) {
        const changed = number.slice(0, at) + digit + number.slice(at + 1);
        // Remainder 10 is written 0, which is why a few changes of the serial go unseen (ISO 6346 says to avoid them).
        if (isContainerNumber(changed)) expect(changed.endsWith('0') || number.endsWith('0')).to.equal(true);
      }
    }
    expect(faultOf('MWCU6059785')).to.equal('check digit');
  });

  it('have a URI as EPCs', () => {
    expect(containerEpc('CSQU3054383')).to.equal('urn:epc:id:bic:CSQU3054383');
    expect(containerOfEpc('urn:epc:id:bic:CSQU3054383')).to.equal('CSQU3054383');
    for (const uri of [
      'urn:epc:id:bic:CSQU3054384',
      'urn:epc:id:bic:',
      'CSQU3054383',
      'urn:epc:id:sscc:1.2',
    ]) {
      expect(containerOfEpc(uri), uri).to.equal(undefined);
    }
  });
});

describe('GS1 keys', () => {
  it('are judged as in the published vectors', function () {
    const vectors = rows(`${needSharedData(this, 'gs1-keys')}check-digits.csv`);
    expect(vectors).to.have.length(67);
    const judges: Record<string, (text: string) => boolean> = { GSIN: isGsin, SSCC: isSscc };
    for (const [key = '', value = '', valid] of vectors) {
      const length = Number(key.split('-')[1]);
      const judge = judges[key] ?? ((text: string) => text.length === length && isGtin(text));
      expect(judge(value), `${key} ${value}`).to.equal(valid === 'true');
    }
  });

  it('have the check digits of the published examples', () => {
    for (const key of [
      '6291041500213',
      '8904000210037',
      '10614141073464',
      '4012345000115',
      '040123450000001112',
    ]) {
      expect(gs1CheckDigit(key.slice(0, -1)), key).to.equal(key.slice(-1));
    }
    expect(isGln('4012345000115')).to.equal(true);
    expect(isGln('4012345000116')).to.equal(false);
    expect(isGln('40123450001१5')).to.equal(false);
    expect(isSscc('040123450000001112')).to.equal(true);
  });
});

describe('HS codes', () => {
  it('include every subheading of HS 2022', function () {
    const file = `${needSharedData(this, 'hs')}harmonized-system.csv.gz`;
    const text = gunzipSync(readFileSync(file)).toString('utf8');
    const codes = [...text.matchAll(/^[IVX]+,([0-9]{6}),/gm)].map(([, code]) => code ?? '');
    expect(codes).to.have.length.above(5600);
    expect(codes.filter((code) => !isHsCode(code))).to.deep.equal([]);
  });

  it('include those of the customs declarations, in the edition of their year', function () {
    const file = `${needSharedData(this, 'kcs-declarations')}df_syn_valid_eng.csv.gz`;
    expect(rows(file).filter((cells) => !isHsCode(cells[12] ?? ''))).to.deep.equal([]);
  });

  it('have six digits and a chapter that exists', () => {
    for (const code of [
      '010121',
      '970110',
      '999999',
      '770000',
      '000000',
      '990100',
      '10121',
      '0101210',
      '01012१',
      '010021',
    ]) {
      expect(isHsCode(code), code).to.equal(['010121', '970110'].includes(code));
    }
    expect(['2017', '2022', '2012', ''].filter(isHsEdition)).to.deep.equal(['2017', '2022']);
  });
});

describe('places', () => {
  it('include every UN/LOCODE that keeps to the form', function () {
    const codes = rows(`${needSharedData(this, 'locode')}un-locode-2024-1.csv.gz`).map(
      ([country = '', location = '']) => country + location,
    );
    expect(codes).to.have.length(116_029);
    // Three codes of the list hold the digit 0, against UNECE's own rule: its README names them.
    expect(codes.filter((code) => !isUnLocode(code))).to.deep.equal(['DE9B0', 'DEB90', 'IT940']);
  });

  it('include every country of the list', function () {
    const countries = rows(`${needSharedData(this, 'locode')}country-codes.csv`).map(([code = '']) => code);
    expect(countries.filter((code) => !isCountryCode(code))).to.deep.equal([]);
  });

  it('are refused in another form', () => {
    for (const code of ['KRPU', 'KRPUSS', 'krpus', 'KRPU1', 'KRPU0', 'K1PUS', 'KRPUS\n', '']) {
      expect(isUnLocode(code), code).to.equal(false);
    }
    for (const code of ['K', 'KOR', 'kr', 'K1', '']) expect(isCountryCode(code), code).to.equal(false);
  });
});
