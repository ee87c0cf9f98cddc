import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { isUcr } from '@passage/domain';
import { needSharedData } from '@passage/testing';
import { sampleConsignments } from './sample-consignments.js';

describe('sampleConsignments', () => {
  const consignments = sampleConsignments(100, 'sample');

  it('makes as many as are asked for, each under a UCR of its own, by sea and by air', () => {
    const ucrs = consignments.map(({ ucr }) => ucr);
    expect(new Set(ucrs).size).to.equal(100);
    expect(ucrs.every(isUcr)).to.equal(true);
    expect(new Set(consignments.map(({ transportMode }) => transportMode))).to.deep.equal(
      new Set(['1', '4']),
    );
    expect(sampleConsignments(100, 'sample')).to.deep.equal(consignments);
    expect(sampleConsignments(100, 'other')).not.to.deep.equal(consignments);
  });

  it('sails between places of UN/LOCODE, at its coordinates where it has them', function () {
    const folder = needSharedData(this, 'locode');
    const list = gunzipSync(readFileSync(join(folder, 'un-locode-2024-1.csv.gz'))).toString('utf8');
    const places = consignments.flatMap(({ departure, arrival }) => [departure.place, arrival.place]);
    for (const { code, latitude, longitude } of new Set(places)) {
      const row = new RegExp(
        `^${code.slice(0, 2)},${code.slice(2)},.*?(?:(\\d{4}[NS]) (\\d{5}[EW]))?$`,
        'm',
      ).exec(list);
      expect(row, code).not.to.equal(null);
      if (row?.[1] !== undefined) expect(row.slice(1), code).to.deep.equal(inMinutes(latitude, longitude));
    }
  });
});

/** `DDMM[NS]` and `DDDMM[EW]`, as UN/LOCODE writes coordinates. */
function inMinutes(latitude: number, longitude: number): string[] {
  const write = (value: number, digits: number, signs: string): string => {
    const minutes = Math.round(Math.abs(value) * 60);
    const degrees = String(Math.floor(minutes / 60)).padStart(digits, '0');
    return degrees + String(minutes % 60).padStart(2, '0') + signs.charAt(value < 0 ? 1 : 0);
  };
  return [write(latitude, 2, 'NS'), write(longitude, 3, 'EW')];
}
