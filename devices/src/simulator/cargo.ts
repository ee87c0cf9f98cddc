import { containerCheckDigit, containerEpc, type TransportMode } from '@passage/domain';
import type { SeededRandom } from '../random/seeded-random.js';
import { travelsByPiece } from './itinerary.js';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** GS1 keeps the prefix 952 for demonstrations, so no real company has this one. */
const companyPrefix = '9521234';

/** What the devices see, as an EPC: a freight container, or a pallet or sack. */
export function cargoEpc(mode: TransportMode, random: SeededRandom): string {
  return travelsByPiece(mode) ? ssccEpc(random) : containerEpc(containerNumber(random));
}

/** A container number (ISO 6346) with its check digit. The owner's letters are made up. */
export function containerNumber(random: SeededRandom): string {
  const letter = (): string => letters.charAt(random.below(letters.length));
  const signs = `P${letter()}${letter()}U${digits(random, 6)}`;
  return signs + containerCheckDigit(signs);
}

/** An SSCC in the EPC's own form: company prefix, dot, extension digit and serial; its check digit is not written. */
function ssccEpc(random: SeededRandom): string {
  return `urn:epc:id:sscc:${companyPrefix}.${digits(random, 10)}`;
}

function digits(random: SeededRandom, count: number): string {
  return String(random.below(10 ** Math.min(count, 9))).padStart(count, '0');
}
