import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Folder of an open data set that lies beside the checkout (`../shared/data/<name>`), or undefined where it is not there.
 * The sets are too large to be committed and are never fetched by a test.
 */
export function sharedData(name: string): string | undefined {
  const folder = fileURLToPath(new URL(`../../../shared/data/${name}/`, import.meta.url));
  return existsSync(folder) ? folder : undefined;
}

/** The same for a mocha test: where the data is missing, says so in one line and marks the test pending. */
export function needSharedData(test: Mocha.Context, name: string): string {
  const folder = sharedData(name);
  if (folder === undefined) {
    process.stdout.write(`not run: ${test.test?.fullTitle() ?? name} (no ../shared/data/${name})\n`);
    return test.skip();
  }
  return folder;
}
