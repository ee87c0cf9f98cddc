import { expect } from 'chai';
import fc from 'fast-check';
import {
  checkObservation,
  containerOfEpc,
  isUnLocode,
  type JsonObject,
  opens,
  type TransportMode,
  transportModes,
  ucrOfUri,
} from '@passage/domain';
import { aud, seaConsignment } from '../testing/samples.js';
import { expectDeviceError } from '../testing/expect-device-error.js';
import type { Sighting } from './sighting.js';
import { simulateVoyage } from './simulate-voyage.js';

const options = { seed: 'test', aud };
const modes = Object.keys(transportModes) as TransportMode[];

const kinds = (sightings: readonly Sighting[]): string[] => sightings.map(({ device }) => device.kind);
const steps = (sightings: readonly Sighting[]): unknown[] => sightings.map(({ event }) => event['bizStep']);

/** Any consignment: its places anywhere on earth, its day between 2000 and 2099. */
const anyConsignment = fc
  .record({
    transportMode: fc.constantFrom(...modes),
    latitudes: fc.tuple(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -90, max: 90 })),
    longitudes: fc.tuple(fc.integer({ min: -180, max: 180 }), fc.integer({ min: -180, max: 180 })),
    day: fc.integer({ min: 0, max: 36_524 }),
  })
  .map(({ transportMode, latitudes, longitudes, day }) => {
    const [departure, arrival] = [0, 1].map((end) => ({
      operator: `TERMINAL-${end}`,
      place: { code: 'XXAAA', latitude: latitudes[end] ?? 0, longitude: longitudes[end] ?? 0 },
    }));
    const declaredOn = new Date(Date.UTC(2000, 0, 1 + day)).toISOString().slice(0, 10);
    return { ...seaConsignment({ transportMode, declaredOn }), departure: departure!, arrival: arrival! };
  });

describe('simulateVoyage', () => {
  it('lets plate readers, an e-seal and an X-ray scanner see a container, and readers and a CT scanner a parcel', () => {
    const seen = Object.fromEntries(
      modes.map((transportMode) => [
        transportMode,
        kinds(simulateVoyage(seaConsignment({ transportMode }), options)),
      ]),
    );
    const container = ['plate_reader', ...Array<string>(5).fill('gps_eseal'), 'xray_scanner', 'plate_reader'];
    const parcel = [...Array<string>(5).fill('barcode_reader'), 'ct_scanner', 'qr_reader', 'qr_reader'];
    for (const mode of ['1', '2', '6', '7', '8', '9']) expect(seen[mode], mode).to.deep.equal(container);
    expect(seen['3']).to.deep.equal(container.toSpliced(4, 1));
    expect(seen['4']).to.deep.equal(parcel);
    expect(seen['5']).to.deep.equal(parcel.toSpliced(4, 1));
  });

  it('makes observations that the ledger takes, of one shipment and one thing, in order of time', () => {
    fc.assert(
      fc.property(anyConsignment, fc.string(), (consignment, seed) => {
        const voyage = simulateVoyage(consignment, { seed, aud });
        const things = new Set(voyage.map(({ event }) => JSON.stringify(event['epcList'])));
        expect(things.size).to.equal(1);
        voyage.forEach(({ event, time, ucr }, index) => {
          checkObservation(event);
          expect(event['eventTime']).to.equal(time);
          expect(time > (voyage[index - 1]?.time ?? ''), `${time} comes later`).to.equal(true);
          const [transaction] = event['bizTransactionList'] as [{ bizTransaction: string }];
          expect(ucrOfUri(transaction.bizTransaction)).to.equal(ucr).and.to.equal(consignment.ucr);
        });
      }),
    );
  });

  it('follows the day of the declaration: arrival on the day before, departure as long before as the way takes', () => {
    const voyage = simulateVoyage(seaConsignment(), options);
    const at = (bizStep: string): string =>
      voyage.find(({ event, device }) => event['bizStep'] === bizStep && device.kind === 'gps_eseal')?.time ??
      '';
    expect(at('arriving').slice(0, 10)).to.equal('2021-01-31');
    // Ho Chi Minh City to Busan: 3,514 km at 22 km an hour is six days and a half.
    expect((Date.parse(at('arriving')) - Date.parse(at('departing'))) / 3_600_000).to.be.within(158, 161);
    const weekLater = simulateVoyage(seaConsignment({ declaredOn: '2021-02-08' }), options);
    voyage.forEach(({ time }, index) =>
      expect(Date.parse(weekLater[index]?.time ?? '') - Date.parse(time)).to.equal(7 * 86_400_000),
    );
  });

  it('gives the same for the same seed, and another container for another', () => {
    const voyage = simulateVoyage(seaConsignment(), options);
    expect(simulateVoyage(seaConsignment(), options)).to.deep.equal(voyage);
    const other = simulateVoyage(seaConsignment(), { ...options, seed: 'other' });
    expect(other[0]?.event['epcList']).not.to.deep.equal(voyage[0]?.event['epcList']);
  });

  it('numbers containers as ISO 6346 asks, and names pallets by SSCC', () => {
    for (let index = 0; index < 200; index += 1) {
      const ucr = `1KRIMPALFA-${index}`;
      const [sea] = simulateVoyage(seaConsignment({ ucr }), options)[0]?.event['epcList'] as [string];
      expect(containerOfEpc(sea)).to.match(/^P[A-Z]{2}U\d{7}$/);
      const air = simulateVoyage(seaConsignment({ ucr, transportMode: '4' }), options);
      expect((air[0]?.event['epcList'] as [string])[0]).to.match(/^urn:epc:id:sscc:9521234\.\d{10}$/);
    }
  });

  it('commits to plates with openings that open, and shows no plate in any event', () => {
    const voyage = simulateVoyage(seaConsignment(), options);
    const openings = voyage.flatMap(({ opening }) => (opening === undefined ? [] : [opening]));
    expect(openings).to.have.lengthOf(2);
    for (const { commitment, salt, ...opening } of openings) {
      const bytes = Buffer.from(salt, 'base64url');
      expect(opens(commitment, { ...opening, salt: bytes })).to.equal(true);
      expect(opens(commitment, { ...opening, salt: bytes, value: `${opening.value}x` })).to.equal(false);
      expect(opening).to.include({ ledger: aud, field: 'licencePlate' });
      expect(JSON.stringify(voyage.map(({ event }) => event)))
        .to.include(commitment)
        .and.not.include(opening.value);
    }
    expect(new Set(openings.map(({ salt }) => salt)).size).to.equal(2);
  });

  it('says where: fixed readers by UN/LOCODE, e-seals by position between the places', () => {
    const voyage = simulateVoyage(seaConsignment(), options);
    const place = (event: JsonObject, field: string): string | undefined =>
      (event[field] as { id: string } | undefined)?.id;
    for (const { device, event } of voyage) {
      const readPoint = place(event, 'readPoint') ?? '';
      if (device.place === undefined) {
        const [, latitude, longitude] = /^geo:(-?\d+\.\d{4}),(-?\d+\.\d{4})$/.exec(readPoint) ?? [];
        expect(Number(latitude)).to.be.within(10.77, 35.13);
        expect(Number(longitude)).to.be.within(106.67, 129.05);
      } else {
        expect(isUnLocode(device.place)).to.equal(true);
        expect(readPoint).to.equal(`https://vocabulary.uncefact.org/unlocode#${device.place}`);
      }
      const stays = event['bizStep'] !== 'departing' && event['disposition'] !== 'in_transit';
      expect(place(event, 'bizLocation') !== undefined, JSON.stringify(event['bizStep'])).to.equal(stays);
    }
    expect(steps(voyage)).to.include.members(['arriving', 'departing', 'inspecting', 'sensor_reporting']);
  });

  it('lets each device belong to whoever works there', () => {
    const owners = Object.fromEntries(
      simulateVoyage(seaConsignment(), options).map(({ device }) => [
        `${device.kind} ${device.place ?? 'underway'}`,
        device.owner,
      ]),
    );
    expect(owners).to.deep.equal({
      'plate_reader VNSGN': 'TERMINAL-VNSGN',
      'gps_eseal underway': 'CARRIER-SEA',
      'xray_scanner KRPUS': 'CUSTOMS-KRPUS',
      'plate_reader KRPUS': 'TERMINAL-KRPUS',
    });
  });

  it('refuses a day that is none', async () => {
    const consignment = seaConsignment({ declaredOn: '01.02.2021' });
    await expectDeviceError('SIMULATION_INPUT', () => simulateVoyage(consignment, options));
  });
});
