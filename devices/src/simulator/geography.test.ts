import { expect } from 'chai';
import fc from 'fast-check';
import { distance, geoUri, pointBetween } from './geography.js';

const busan = { latitude: 35.1333, longitude: 129.05 };
const longBeach = { latitude: 33.7667, longitude: -118.1833 };
const anyPoint = fc.record({
  latitude: fc.double({ min: -89, max: 89, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe('distance', () => {
  it('is a quarter of the meridian from the equator to the pole', () => {
    const pole = { latitude: 90, longitude: 0 };
    expect(distance({ latitude: 0, longitude: 50 }, pole)).to.be.closeTo(10_007.56, 0.01);
  });

  it('goes the short way over the date line', () => {
    const distanceOverFiji = distance({ latitude: 0, longitude: 179 }, { latitude: 0, longitude: -179 });
    expect(distanceOverFiji).to.be.closeTo(222.39, 0.01);
  });
});

describe('pointBetween', () => {
  it('begins and ends at the two places', () => {
    expect(geoUri(pointBetween(busan, longBeach, 0))).to.equal(geoUri(busan));
    expect(geoUri(pointBetween(busan, longBeach, 1))).to.equal(geoUri(longBeach));
    expect(geoUri(pointBetween(busan, busan, 0.5))).to.equal(geoUri(busan));
  });

  it('divides the way as it is asked to', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(anyPoint, anyPoint, share, (from, to, part) => {
        const whole = distance(from, to);
        // Between opposite points every way is the shortest.
        fc.pre(whole < 20_000);
        expect(distance(from, pointBetween(from, to, part))).to.be.closeTo(whole * part, 0.1);
      }),
    );
  });
});
