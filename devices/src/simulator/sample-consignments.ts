import { ucr } from '@passage/domain';
import { SeededRandom } from '../random/seeded-random.js';
import type { Consignment, Place } from './consignment.js';

function place(code: string, latitude: number, longitude: number): Place {
  return { code, latitude, longitude };
}

/** Coordinates: UN/LOCODE 2024-1 in degrees; Shanghai Pudong and Los Angeles, which it lists without, are our own. */
const ports = [
  place('CNSGH', 31.2333, 121.4833),
  place('JPYOK', 35.45, 139.65),
  place('DEHAM', 53.5167, 9.9333),
] as const;
const airports = [place('CNPVG', 31.15, 121.8), place('USLAX', 33.95, -118.4)] as const;
const busan = place('KRPUS', 35.1333, 129.05);
const incheonAirport = place('KRICN', 37.45, 126.7167);

/** First day of the sample; one consignment in three days. */
const firstDay = Date.UTC(2021, 0, 4);
const day = 86_400_000;

/** Made-up consignments to Korea for a simulation without any input: four in ten by air, the others by sea. */
export function sampleConsignments(count: number, seed: string): Consignment[] {
  return Array.from({ length: count }, (_, index) => {
    const random = new SeededRandom(seed, ['sample', String(index)]);
    const declaredOn = new Date(firstDay + Math.floor(index / 3) * day).toISOString().slice(0, 10);
    const reference = String(index + 1).padStart(8, '0');
    const byAir = random.below(10) < 4;
    const [from, to] = byAir ? [random.pick(airports), incheonAirport] : [random.pick(ports), busan];
    return {
      ucr: ucr({ yearDigit: declaredOn.charAt(3), country: 'KR', trader: 'SAMPLE', reference }),
      transportMode: byAir ? '4' : '1',
      departure: { place: from, operator: `TERMINAL-${from.code}` },
      arrival: { place: to, operator: `TERMINAL-${to.code}` },
      carrier: byAir ? 'CARRIER-AIR' : 'CARRIER-SEA',
      customs: 'CUSTOMS-KR',
      declaredOn,
    };
  });
}
