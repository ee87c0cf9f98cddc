import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { parseCollections } from '@passage/ledger';
import type { StaticCollectionConfig } from '@passage/ledger';

import { NetworkError } from './errors.js';
import { parseJoining } from './membership/joined-organizations.js';
import { DEFAULT_BASE_PORT } from './organizations.js';
import { startNetwork, type NetworkOptions } from './start-network.js';

/** Exit code when it could not be done; 2 is wrong use (docs/architecture.md, CLI). */
const COULD_NOT = 3;
const WRONG_USE = 2;

const DEFAULT_BATCH_INTERVAL_MS = 50;

/** What Fabric takes as a version (F:core/chaincode/lifecycle/scc.go, ChaincodeVersionRegExp). */
const VERSION = /^[A-Za-z0-9_.+-]+$/;

const USAGE =
  'usage: main.js --chaincode-version VERSION [--collections FILE] [--dir .passage] [--base-port 7400] [--faithful] ' +
  '[--batch-interval MS] [--organization NAME:MSPID[:orderer]]… [--faults]';

type Settings = Omit<NetworkOptions, 'onFailure'>;

/** Reads the command line. @throws NetworkError USAGE, DEFINITION_REFUSED, ORGANIZATION_REFUSED */
function readSettings(args: readonly string[]): Settings {
  const { values } = parse(args);
  const chaincodeVersion = values['chaincode-version'] ?? '';
  if (!VERSION.test(chaincodeVersion))
    throw wrongUse('--chaincode-version must be letters, digits and _ . + -');
  return {
    dir: resolve(values.dir),
    basePort: integer('--base-port', values['base-port'], 1024, 65_000),
    chaincodeVersion,
    ...(values.collections !== undefined && { collections: readCollections(values.collections) }),
    joining: values.organization.map(parseJoining),
    faithful: values.faithful,
    batchIntervalMs: integer('--batch-interval', values['batch-interval'], 1, 10_000),
    faults: values.faults,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        dir: { type: 'string', default: '.passage' },
        'base-port': { type: 'string', default: String(DEFAULT_BASE_PORT) },
        'chaincode-version': { type: 'string' },
        collections: { type: 'string' },
        faithful: { type: 'boolean', default: false },
        organization: { type: 'string', multiple: true, default: [] },
        faults: { type: 'boolean', default: false },
        'batch-interval': { type: 'string', default: String(DEFAULT_BATCH_INTERVAL_MS) },
      },
    });
  } catch (error) {
    throw wrongUse(errorText(error));
  }
}

/** The private collections of a file in the format of `peer lifecycle chaincode … --collections-config`. */
function readCollections(file: string): readonly StaticCollectionConfig[] {
  try {
    return parseCollections(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new NetworkError('DEFINITION_REFUSED', `${file}: ${errorText(error)}`);
  }
}

const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function integer(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw wrongUse(`${option} must be a whole number from ${least} to ${most}`);
}

function wrongUse(what: string): NetworkError {
  return new NetworkError('USAGE', `${what}; ${USAGE}`);
}

/** Says why and ends: one line for what was foreseen, everything for what was not. */
function giveUp(error: unknown): void {
  if (error instanceof NetworkError) process.stderr.write(`${error.code}: ${error.message}\n`);
  else console.error(error);
  process.exitCode = error instanceof NetworkError && error.code === 'USAGE' ? WRONG_USE : COULD_NOT;
}

async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2));
  process.stderr.write(
    "embedded development network: one process holds every organisation's key, so it proves nothing to anyone else\n",
  );
  const running = await startNetwork({
    ...settings,
    // Whatever is on disk is whole, so there is nothing to tidy up: leaving at once is as good as being killed.
    onFailure: (error) => {
      giveUp(error);
      process.exit();
    },
  });
  const end = (): void => {
    void running.stop().then(() => process.exit());
  };
  process.once('SIGTERM', end).once('SIGINT', end);
  const { network, genesisHash } = running;
  process.stdout.write(`${JSON.stringify({ ready: true, height: network.ledger.height(), genesisHash })}\n`);
}

main().catch(giveUp);
