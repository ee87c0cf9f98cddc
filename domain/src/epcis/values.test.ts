import { expect } from 'chai';
import type { Check, Scope } from './check.js';
import { anyText, boolean, hexBytes, isDateTime, isUri, offset, unitOfMeasure } from './values.js';

function takes(check: Check, value: unknown): boolean {
  const scope: Scope = { knowsPrefix: () => false, violations: [] };
  check(value as string, '', scope);
  return scope.violations.length === 0;
}

/** The values of a list that a check takes. */
function taken<T>(check: Check, values: readonly T[]): T[] {
  return values.filter((value) => takes(check, value));
}

describe('the values of EPCIS fields', () => {
  it('take the days that the calendar has, and no others', () => {
    const two = (number: number): string => String(number).padStart(2, '0');
    for (const year of [1900, 2000, 2023, 2024]) {
      for (let month = 0; month <= 13; month += 1) {
        for (let day = 0; day <= 32; day += 1) {
          const date = new Date(Date.UTC(year, month - 1, day));
          const exists =
            date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
          const text = `${year}-${two(month)}-${two(day)}T00:00:00Z`;
          expect(isDateTime(text), text).to.equal(exists);
        }
      }
    }
  });

  it('take offsets from -14:00 to +14:00, alone and in a time', () => {
    const offsets = ['+00:00', '-00:00', '+09:59', '-13:59', '+10:00', '+14:00', '-14:00'];
    const others = [
      '+14:01',
      '+15:00',
      '-23:00',
      '+13:60',
      '+9:00',
      '0900',
      'Z',
      '09:00',
      ' +09:00',
      '+09:00\n',
    ];
    expect(taken(offset, [...offsets, ...others])).to.deep.equal(offsets);
    const times = [...offsets, ...others].filter((text) => isDateTime(`2021-01-05T08:30:00${text}`));
    expect(times).to.deep.equal([...offsets, 'Z']);
  });

  it('take fractions of a second of any length', () => {
    const fractions = ['', '.0', '.123456789', '.1234567890', '.', ',1', '.1a'];
    expect(fractions.filter((text) => isDateTime(`2021-01-05T23:59:59${text}Z`))).to.deep.equal([
      '',
      '.0',
      '.123456789',
      '.1234567890',
    ]);
  });

  it('take URIs and CURIEs of at most 1024 characters without blanks or brackets', () => {
    const uris = [
      'urn:a',
      'https://example.org/가?x=%20#y',
      'psg:ucr',
      'v1.0+x-y_9:z',
      `urn:${'a'.repeat(1020)}`,
    ];
    const others = [
      'urn:',
      ':a',
      '9a:b',
      'a b:c',
      'urn:a b',
      'urn:<a>',
      'urn:"',
      'urn:a\n',
      'urn:\u0000',
      'plain',
      `urn:${'a'.repeat(1021)}`,
    ];
    expect([...uris, ...others].filter(isUri)).to.deep.equal(uris);
  });

  it('take whole bytes in hex, units of two or three signs, and plain values of their type', () => {
    expect(taken(hexBytes, ['f0F09a', '', 'f', 'f0f', 'g0', 'f0 '])).to.deep.equal(['f0F09a']);
    expect(taken(unitOfMeasure, ['KGM', 'A9', '23', 'K', 'KGMX', 'kgm', 'K M'])).to.deep.equal([
      'KGM',
      'A9',
      '23',
    ]);
    expect(taken(boolean, [true, false, 'true', 0, null])).to.deep.equal([true, false]);
    expect(taken(anyText, ['', 'x', 1, null])).to.deep.equal(['', 'x']);
  });
});
