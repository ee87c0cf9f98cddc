import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

import { FabricError } from './errors.js';

/** Fabric's own programs that a network needs, as its release names them. */
export const PROGRAM_NAMES = [
  'peer',
  'orderer',
  'osnadmin',
  'configtxgen',
  'fabric-ca-server',
  'fabric-ca-client',
] as const;

export type ProgramName = (typeof PROGRAM_NAMES)[number];

/** The absolute path of each program. */
export type Programs = Readonly<Record<ProgramName, string>>;

/** What of them this machine has. */
export type FoundPrograms = Partial<Programs>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Looks for the programs in FABRIC_BIN first, then on the PATH. */
export function findPrograms(environment: Environment): FoundPrograms {
  const folders = [environment.FABRIC_BIN ?? '', ...(environment.PATH ?? '').split(delimiter)].filter(
    (folder) => folder !== '',
  );
  const found: Partial<Record<ProgramName, string>> = {};
  for (const name of PROGRAM_NAMES) {
    const path = folders.map((folder) => resolve(join(folder, name))).find(isProgram);
    if (path !== undefined) found[name] = path;
  }
  return found;
}

/** @throws FabricError PROGRAM_MISSING, naming each that is not there */
export function needPrograms(found: FoundPrograms): Programs {
  const missing = PROGRAM_NAMES.filter((name) => found[name] === undefined);
  if (missing.length === 0) return found as Programs;
  throw new FabricError(
    'PROGRAM_MISSING',
    `${missing.join(', ')} of Fabric ${missing.length === 1 ? 'is' : 'are'} neither on the PATH nor in FABRIC_BIN`,
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
