import type { DeviceKind, SignatureAlgorithm } from '@passage/domain';
import { SimulatedDevice } from './simulated-device.js';
import type { DeviceNeed } from './sighting.js';
import type { SimulationOptions } from './simulate-voyage.js';

/** Small readers sign with Ed25519; scanners, cameras and seals with P-256, as most secure elements do. */
const algorithms: Readonly<Partial<Record<DeviceKind, SignatureAlgorithm>>> = {
  barcode_reader: 'EdDSA',
  qr_reader: 'EdDSA',
};

/** One e-seal of an owner, and when it comes free (ISO 8601 UTC). */
interface Seal {
  readonly device: SimulatedDevice;
  freeAfter: string;
}

/** The devices of a simulation: one fixed reader for each place, kind and owner, and as many e-seals as travel at once. */
export class Fleet {
  readonly #options: SimulationOptions;
  readonly #fixed = new Map<string, SimulatedDevice>();
  readonly #seals = new Map<string, Seal[]>();

  constructor(options: SimulationOptions) {
    this.#options = options;
  }

  get devices(): readonly SimulatedDevice[] {
    const seals = [...this.#seals.values()].flat().map(({ device }) => device);
    return [...this.#fixed.values(), ...seals];
  }

  /** The reader that stands at a place. */
  fixed(need: DeviceNeed & { readonly place: string }): SimulatedDevice {
    const name = `${need.kind} ${need.place} ${need.owner}`;
    const device = this.#fixed.get(name) ?? this.#make(name, need);
    this.#fixed.set(name, device);
    return device;
  }

  /**
   * An e-seal for a voyage from `start` to `end`: the first that is free, or a new one. A seal is never on two containers
   * at once; ask in order of start.
   */
  seal(need: DeviceNeed, start: string, end: string): SimulatedDevice {
    const pool = this.#seals.get(need.owner) ?? [];
    this.#seals.set(need.owner, pool);
    const free = pool.find(({ freeAfter }) => freeAfter < start);
    if (free !== undefined) {
      free.freeAfter = end;
      return free.device;
    }
    const device = this.#make(`${need.kind} ${pool.length + 1} ${need.owner}`, need);
    pool.push({ device, freeAfter: end });
    return device;
  }

  #make(name: string, description: DeviceNeed): SimulatedDevice {
    const { seed, aud } = this.#options;
    return new SimulatedDevice({
      seed,
      aud,
      name,
      description,
      alg: algorithms[description.kind] ?? 'ES256',
    });
  }
}

/** Whether the device of a sighting stays where it is. */
export function isFixed(device: DeviceNeed): device is DeviceNeed & { readonly place: string } {
  return device.place !== undefined;
}
