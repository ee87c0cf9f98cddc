import { DeviceError } from '../errors/device-error.js';
import type { SignedStatement } from '../statement/sign-statement.js';
import type { Consignment } from './consignment.js';
import { Fleet, isFixed } from './fleet.js';
import type { KeptOpening, Sighting } from './sighting.js';
import { simulateVoyage, type SimulationOptions } from './simulate-voyage.js';
import type { SimulatedDevice } from './simulated-device.js';

/** One signed statement, and what it is about. */
export interface SimulatedStatement extends SignedStatement {
  readonly kid: string;
  readonly ucr: string;
  /** ISO 8601 UTC. */
  readonly time: string;
}

/** All that came of a simulation. */
export interface Simulation {
  /** Every device that saw something; each must be registered before its statements are sent. */
  readonly devices: readonly SimulatedDevice[];
  /** In order of time, so that each device's are in order of `seq`. */
  readonly statements: readonly SimulatedStatement[];
  /** The commitments' openings with the statement each belongs to. They never go to the ledger. */
  readonly openings: readonly (KeptOpening & { readonly statementId: string })[];
}

/**
 * Sends all consignments on their way and has every device sign what it saw in order of time. The same consignments, seed
 * and ledger give the same devices, signed bytes and statementIds (ES256 signatures themselves differ from run to run).
 * With other consignments the same device signs other things under the same number: for a second simulation on one
 * ledger take another seed.
 *
 * @throws DeviceError SIMULATION_INPUT for a consignment that cannot travel, or two under one UCR.
 */
export function simulate(consignments: readonly Consignment[], options: SimulationOptions): Simulation {
  refuseTwins(consignments);
  const fleet = new Fleet(options);
  const voyages = consignments.map((consignment) => simulateVoyage(consignment, options));
  const assigned = assign(voyages, fleet).sort((a, b) => byTime(a.sighting, b.sighting));
  const openings: Simulation['openings'][number][] = [];
  const statements = assigned.map(({ sighting, device }) => {
    const statement = device.sign(sighting.event);
    const { opening, ucr, time } = sighting;
    if (opening !== undefined) openings.push({ ...opening, statementId: statement.statementId });
    return { ...statement, kid: device.kid, ucr, time };
  });
  return { devices: fleet.devices, statements, openings };
}

type Assigned = { readonly sighting: Sighting; readonly device: SimulatedDevice };

/** Gives every sighting its device. The voyages are taken by when their e-seals close, as the fleet asks. */
function assign(voyages: readonly Sighting[][], fleet: Fleet): Assigned[] {
  return voyages
    .map((voyage) => ({ voyage, sealed: voyage.filter(({ device }) => !isFixed(device)) }))
    .sort((a, b) => compare(a.sealed[0]?.time ?? '', b.sealed[0]?.time ?? ''))
    .flatMap(({ voyage, sealed }) => {
      const opened = sealed.at(-1)?.time ?? '';
      let seal: SimulatedDevice | undefined;
      return voyage.map((sighting) => {
        const { device: need, time } = sighting;
        if (isFixed(need)) return { sighting, device: fleet.fixed(need) };
        seal ??= fleet.seal(need, time, opened);
        return { sighting, device: seal };
      });
    });
}

/** By time, then by UCR; the sort is stable, so a shipment's own looks keep their order. */
function byTime(a: Sighting, b: Sighting): number {
  return compare(a.time, b.time) || compare(a.ucr, b.ucr);
}

/** By UTF-16 code unit: no locale has a say. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function refuseTwins(consignments: readonly Consignment[]): void {
  const seen = new Set<string>();
  for (const { ucr } of consignments) {
    if (seen.has(ucr)) throw new DeviceError('SIMULATION_INPUT', `Two consignments have the UCR ${ucr}.`);
    seen.add(ucr);
  }
}
