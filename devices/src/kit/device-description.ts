import type { SignatureAlgorithm } from '@passage/domain';

/** What a device is, as it is set once: the kind of machine, where it stands, and the one ledger it signs for. */
export interface DeviceDescription {
  readonly alg: SignatureAlgorithm;
  /** One word; which ones a ledger knows, its parameters say. */
  readonly kind: string;
  /** The place where it stands (UN/LOCODE, `gln:` or `geo:`); absent for one that travels. */
  readonly place?: string;
  /** The ledger: hex genesis hash, from the trust file. */
  readonly aud: string;
  /** Counts the device's keys from 1, which is not written: each rotation adds one. */
  readonly generation?: number;
}

const format = 'passage-device-1';

export function writeDescription(description: DeviceDescription): string {
  return `${JSON.stringify({ format, ...description }, null, 2)}\n`;
}

/** @throws Error saying what is wrong with the text. */
export function readDescription(text: string): DeviceDescription {
  const { format: found, ...description } = JSON.parse(text) as DeviceDescription & { format?: unknown };
  if (found !== format) throw new Error(`not a device of the format ${format}`);
  return checkDescription(description);
}

/** @throws Error naming the first member that cannot be. */
export function checkDescription(description: DeviceDescription): DeviceDescription {
  const { alg, kind, place, aud, generation } = description as Readonly<
    Record<keyof DeviceDescription, unknown>
  >;
  if (alg !== 'ES256' && alg !== 'EdDSA') throw new Error('alg must be ES256 or EdDSA');
  if (typeof kind !== 'string' || !/^[a-z][a-z0-9_]{0,63}$/.test(kind)) {
    throw new Error('kind must be a word of lower-case letters, digits and underscores');
  }
  if (place !== undefined && typeof place !== 'string') throw new Error('place must be a text');
  if (typeof aud !== 'string' || !/^[0-9a-f]{64}$/.test(aud)) {
    throw new Error('aud must be the genesis hash of a ledger, 64 lower-case hex digits');
  }
  if (generation !== undefined && !(Number.isSafeInteger(generation) && Number(generation) > 1)) {
    throw new Error('generation must be an integer from 2, or absent');
  }
  return description;
}
