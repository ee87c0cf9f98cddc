import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AuditError, messageOf } from '../errors.js';
import type { PackageFile } from './package-file.js';
import { shim, type ShimChaincode } from './shim.js';

const require = createRequire(import.meta.url);

/** Fabric's libraries for Node, which a package may expect and not bring. */
const LIBRARIES = ['fabric-shim', 'fabric-contract-api'] as const;

/**
 * Loads the chaincode of a package into this process, over Fabric's own libraries: the module `dist/index.js` or else the only one of
 * `src/`, which exports either a chaincode of the shim as its default or the classes of contracts. It runs with the rights of
 * this process, as it does at every organisation that installed it.
 *
 * @throws AuditError PACKAGE_UNUSABLE
 */
export async function loadChaincode({ path, files }: PackageFile): Promise<ShimChaincode> {
  try {
    const folder = scratchFolder();
    // First of all, because the package's own import would load it as talkative as it is.
    await shim();
    layOut(files, folder);
    const module = (await import(pathToFileURL(join(folder, entryOf(files))).href)) as ChaincodeModule;
    return isChaincode(module.default) ? module.default : await contractsOf(module);
  } catch (error) {
    throw new AuditError(
      'PACKAGE_UNUSABLE',
      `the chaincode in ${path} cannot be run here (${messageOf(error)}): leave it out, and its transactions are not rerun`,
      { cause: error },
    );
  }
}

/** Folders that go when this process does: until then the chaincode may load more of its modules. */
const scratch: string[] = [];

function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'passage-rerun-'));
  if (scratch.length === 0) {
    process.once('exit', clear);
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        clear();
        process.kill(process.pid, signal);
      });
  }
  scratch.push(folder);
  return folder;
}

function clear(): void {
  for (const each of scratch) rmSync(each, { recursive: true, force: true });
}

type ChaincodeModule = Readonly<Record<string, unknown>>;

function layOut(files: PackageFile['files'], folder: string): void {
  for (const [name, content] of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  for (const library of LIBRARIES) {
    if ([...files.keys()].some((name) => name.startsWith(`node_modules/${library}/`))) continue;
    symlinkSync(dirname(require.resolve(`${library}/package.json`)), join(folder, 'node_modules', library));
  }
}

function entryOf(files: PackageFile['files']): string {
  const [first, ...others] = files.has('dist/index.js')
    ? ['dist/index.js']
    : [...files.keys()].filter((name) => /^src\/[^/]+\.([cm]?js|ts)$/.test(name));
  if (first === undefined || others.length > 0)
    throw new Error('it has neither dist/index.js nor one module in src/');
  return first;
}

function isChaincode(value: unknown): value is ShimChaincode {
  return typeof value === 'object' && value !== null && 'Invoke' in value && 'Init' in value;
}

async function contractsOf(module: ChaincodeModule): Promise<ShimChaincode> {
  const { ChaincodeFromContract, Contract, JSONSerializer } = await shim();
  const isContract = (value: unknown): value is new () => object =>
    typeof value === 'function' && value.prototype instanceof Contract;
  const contracts = Object.values(module).filter(isContract);
  if (contracts.length === 0) throw new Error('it exports neither a chaincode nor a contract');
  const serializers = { transaction: 'jsonSerializer', serializers: { jsonSerializer: JSONSerializer } };
  return new ChaincodeFromContract(contracts, serializers, {}, '', '');
}
