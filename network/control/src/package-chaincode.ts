import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ControlError } from './errors.js';
import type { Layout } from './layout.js';

/** What the packaging tool of the chaincode prints. */
interface Package {
  readonly packageId: string;
  readonly sha256: string;
}

/**
 * Packages the compiled chaincode and returns the version for its definition, `1-<sha256 of the package>`, so that a replay
 * knows which code ran (DESIGN, "Which code ran").
 */
export async function chaincodeVersion(at: Layout): Promise<string> {
  const tool = join(at.chaincodeFolder, 'tools', 'package.mjs');
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [tool]);
    const made = JSON.parse(stdout) as Package;
    return `1-${made.sha256}`;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ControlError('NOT_BUILT', `The chaincode could not be packaged: ${why}`);
  }
}
