import { commit, ucrUri } from '@passage/domain';
import type { SeededRandom } from '../random/seeded-random.js';
import type { DeviceNeed, KeptOpening } from './sighting.js';

const hangul = ['가', '나', '다', '라', '마', '바', '사', '아', '자'] as const;
const latin = ['AB', 'CD', 'EF', 'GH', 'KL', 'MN', 'PR', 'TX'] as const;

/** A made-up licence plate: in the Korean form for places in Korea, otherwise in one that no country uses. */
function plate(placeCode: string, random: SeededRandom): string {
  const number = random.between(1000, 9999);
  if (!placeCode.startsWith('KR')) return `${random.pick(latin)}-${number}-${random.pick(latin)}`;
  return `${random.between(10, 99)}${random.pick(hangul)}${number}`;
}

/**
 * Reads a plate at a gate: the plate and its salt stay in the opening, only the commitment may go into a statement. The
 * salt follows from the seed, so it hides nothing from whoever knows the seed.
 */
export function readPlate(
  ucr: string,
  device: DeviceNeed,
  ledger: string,
  random: SeededRandom,
): KeptOpening {
  const salt = random.bytes(32);
  const value = plate(device.place ?? '', random);
  const subject = { ledger, subject: ucrUri(ucr), owner: device.owner, field: 'licencePlate' };
  const commitment = commit({ ...subject, salt, value });
  return { ...subject, salt: salt.toString('base64url'), value, commitment };
}
