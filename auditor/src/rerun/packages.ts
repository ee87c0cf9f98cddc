import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  CHAINCODE_SOURCES,
  encode,
  equalBytes,
  fieldKey,
  hashKey,
  hashNamespace,
  implicitCollection,
  LIFECYCLE_NAMESPACE,
  StateData,
  toHex,
} from '@passage/ledger';
import type { ChaincodeDefinition, StateReader } from '@passage/ledger';
import { AuditError, messageOf } from '../errors.js';
import { ChaincodeProcess } from './chaincode-process.js';
import { loadChaincode } from './load-chaincode.js';
import { readPackageFile, type PackageFile } from './package-file.js';
import { sha256 } from './sha256.js';
import type { ShimChaincode } from './shim.js';

/** The SHA-256 with which the version of a definition of ours ends. */
const SHA256 = /(?:^|-)([0-9a-f]{64})$/;

/** The SHA-256 of the package that a definition's version names; undefined where it names none. */
export function packageIn(version: string): string | undefined {
  return SHA256.exec(version)?.[1];
}

/** A chaincode as peers have it installed. */
export interface Installed {
  /** Chaincodes that were approved under one package id run in one process of a peer; undefined where the id is not known. */
  readonly packageId: string | undefined;
  /** The chaincode as it runs. @throws AuditError PACKAGE_UNUSABLE */
  readonly start: () => Promise<ChaincodeProcess>;
}

/** The packages that may be run again, and the chaincodes that run. */
export class Packages {
  readonly #given: readonly PackageFile[];
  readonly #folder: string | undefined;
  readonly #loaded = new Map<string, Promise<ShimChaincode>>();
  readonly #running = new Map<string, Promise<ChaincodeProcess>>();

  /**
   * @param given packages that somebody named
   * @param folder packages by the name `<SHA-256>.tgz`, of which those that a definition names are taken
   */
  constructor(given: readonly PackageFile[], folder?: string) {
    this.#given = given;
    this.#folder = folder;
  }

  /** SHA-256 of the packages that somebody named. */
  get given(): readonly string[] {
    return this.#given.map(({ sha256 }) => sha256);
  }

  /**
   * The chaincode of the package that a definition stands for: its version carries the package's SHA-256, or an organisation has
   * approved it under that package's id, of which the ledger has the hash.
   *
   * @returns undefined where no such package is known
   * @throws AuditError PACKAGE_UNUSABLE where the one in the folder is none
   */
  find(
    state: StateReader,
    chaincode: string,
    definition: ChaincodeDefinition,
    mspIds: readonly string[],
  ): Installed | undefined {
    const sha = packageIn(definition.version);
    const isApproved = ({ packageId }: PackageFile): boolean =>
      mspIds.some((mspId) =>
        approves(state, mspId, `${chaincode}#${String(definition.sequence)}`, packageId),
      );
    const approved = this.#given.find(isApproved);
    const file = approved ?? this.#given.find((one) => one.sha256 === sha) ?? this.#inFolder(sha);
    return file && { packageId: approved?.packageId, start: () => this.#run(chaincode, file) };
  }

  #inFolder(sha: string | undefined): PackageFile | undefined {
    if (sha === undefined || this.#folder === undefined) return undefined;
    const path = join(this.#folder, `${sha}.tgz`);
    const file = existsSync(path) ? readPackageFile(path) : undefined;
    return file?.sha256 === sha ? file : undefined;
  }

  /** Each chaincode runs by itself, also where two are of one package: one of them may call the other. */
  #run(chaincode: string, file: PackageFile): Promise<ChaincodeProcess> {
    const name = `${chaincode}:${file.sha256}`;
    const running = this.#running.get(name) ?? this.#load(file).then((one) => ChaincodeProcess.start(one));
    this.#running.set(name, running);
    return running;
  }

  #load(file: PackageFile): Promise<ShimChaincode> {
    const loaded = this.#loaded.get(file.sha256) ?? loadChaincode(file);
    this.#loaded.set(file.sha256, loaded);
    return loaded;
  }
}

/** Whether an organisation has approved a definition with this package: its implicit collection has the hash of the id. */
function approves(state: StateReader, mspId: string, approval: string, packageId: string): boolean {
  const namespace = hashNamespace(LIFECYCLE_NAMESPACE, implicitCollection(mspId));
  const key = toHex(hashKey(fieldKey(CHAINCODE_SOURCES, approval, 'PackageID')));
  const hash = state.get(namespace, key)?.value;
  return hash !== undefined && equalBytes(hash, sha256(encode(StateData, { string: packageId })));
}

/** The chaincode that is built beside this program. */
export interface BuiltPackage {
  /** Of the package, hex. */
  readonly sha256: string;
  /** Where all lie that were packed here. */
  readonly folder: string;
}

/** Packs the chaincode that is built beside this program. @throws AuditError PACKAGE_UNUSABLE where it cannot be packed */
export async function builtPackage(): Promise<BuiltPackage> {
  const tool = fileURLToPath(new URL('../tools/package.mjs', import.meta.resolve('@passage/chaincode')));
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [tool]);
    const { sha256, path } = JSON.parse(stdout) as { readonly sha256: string; readonly path: string };
    return { sha256, folder: dirname(path) };
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new AuditError(
      'PACKAGE_UNUSABLE',
      `the chaincode that was built here cannot be packed (${said || messageOf(error)}): build it anew with npm run build, or replay with --level hash`,
      { cause: error },
    );
  }
}
