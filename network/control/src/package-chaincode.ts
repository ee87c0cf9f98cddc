import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ControlError } from './errors.js';
import type { Layout } from './layout.js';

/** A packaged chaincode. */
export interface ChaincodePackage {
  /** `label:<sha256 of the package>`, as Fabric names an installed package. */
  readonly packageId: string;
  /** What the definition calls its version; it carries the package's SHA-256 (DESIGN, "Which code ran"). */
  readonly version: string;
  /** The package file. */
  readonly path: string;
  /** The list of its private collections, in the format of `peer lifecycle chaincode … --collections-config`. */
  readonly collections?: string;
  /** The entry of the staged files: the same bytes that lie in the package. */
  readonly main: string;
}

/**
 * Packages the compiled chaincode. The same code gives the same package.
 *
 * @param collections a list of private collections in place of the chaincode's own
 *
 * @throws ControlError NOT_BUILT
 */
export async function packageChaincode(at: Layout, collections?: string): Promise<ChaincodePackage> {
  const tool = join(at.chaincodeFolder, 'tools', 'package.mjs');
  try {
    const listed = collections === undefined ? [] : ['--collections', collections];
    const { stdout } = await promisify(execFile)(process.execPath, [tool, ...listed]);
    return JSON.parse(stdout) as ChaincodePackage;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ControlError('NOT_BUILT', `The chaincode could not be packaged: ${why}`);
  }
}
