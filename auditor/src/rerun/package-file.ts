import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AuditError, messageOf } from '../errors.js';
import { untar } from './untar.js';

/** A chaincode package as `peer lifecycle chaincode install` takes it (F:core/chaincode/persistence/chaincode_package.go). */
export interface PackageFile {
  readonly path: string;
  /** Lower-case hex, of the file as it is. */
  readonly sha256: string;
  /** `label:sha256`, as every peer names the package that it installed. */
  readonly packageId: string;
  /** What it holds besides its label, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Reads a package. @throws AuditError PACKAGE_UNUSABLE */
export function readPackageFile(path: string): PackageFile {
  try {
    const bytes = readFileSync(path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const outer = untar(bytes);
    const file = (name: string): Uint8Array => {
      const found = outer.get(name);
      if (found === undefined) throw new Error(`it holds no ${name}`);
      return found;
    };
    const { label } = JSON.parse(Buffer.from(file('metadata.json')).toString('utf8')) as { label?: unknown };
    if (typeof label !== 'string') throw new Error('its metadata.json names no label');
    const files = untar(file('code.tar.gz'));
    for (const name of files.keys()) {
      if (name.startsWith('/') || name.split('/').includes('..')) throw new Error(`it holds a file ${name}`);
    }
    return { path, sha256, packageId: `${label}:${sha256}`, files };
  } catch (error) {
    throw new AuditError(
      'PACKAGE_UNUSABLE',
      `${path} is no chaincode package (${messageOf(error)}): give --package a file that was installed on the channel`,
      { cause: error },
    );
  }
}
