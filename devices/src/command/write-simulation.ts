import { writeFileSync } from 'node:fs';
import { format, parse } from 'node:path';
import { DeviceError, messageOf } from '../errors/device-error.js';
import type { SimulatedDevice } from '../simulator/simulated-device.js';
import type { Simulation } from '../simulator/simulate.js';

/** The files of one simulation. */
export interface SimulationFiles {
  /** One compact JWS per line, in order of time. */
  readonly statements: string;
  /** A JSON list: what registers each device, and for whom. */
  readonly devices: string;
  /** A JSON list of openings, readable by its owner alone: it never goes to a ledger. */
  readonly openings: string;
}

/** The three names: `voyages.jws`, `voyages.devices.json` and `voyages.openings.json` for `voyages.jws`. */
export function simulationFiles(out: string): SimulationFiles {
  const { dir, name } = parse(out);
  const beside = (ext: string): string => format({ dir, name, ext });
  return { statements: out, devices: beside('.devices.json'), openings: beside('.openings.json') };
}

/** @throws DeviceError FILE_UNUSABLE. */
export function writeSimulation(simulation: Simulation, files: SimulationFiles): void {
  const lines = simulation.statements.map(({ jws }) => `${jws}\n`);
  write(files.statements, lines.join(''));
  write(files.devices, json(simulation.devices.map(registration)));
  write(files.openings, json(simulation.openings), 0o600);
}

/** What `RegisterDevice` takes, with the party that has to ask for it and the key id it will get. */
function registration(device: SimulatedDevice): object {
  return { kid: device.kid, ...device.description, proof: device.proofOfPossession() };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function write(path: string, text: string, mode = 0o644): void {
  try {
    writeFileSync(path, text, { mode });
  } catch (error) {
    throw new DeviceError('FILE_UNUSABLE', `${path} cannot be written: ${messageOf(error)}.`);
  }
}
