import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Where Debian, Fedora and Homebrew put SoftHSM's library. */
const LIBRARIES = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
];

/** A PKCS#11 token in software, with a PIN. */
export interface SoftToken {
  readonly module: string;
  readonly token: string;
  readonly pin: string;
}

/**
 * For a test: a fresh SoftHSM token in a folder. Where SoftHSM is not installed or pkcs11js not compiled, says so in one line and
 * marks the test pending.
 */
export function needSoftToken(test: Mocha.Context, folder: string): SoftToken {
  const module = LIBRARIES.find((path) => existsSync(path));
  const missing = module === undefined ? 'SoftHSM is not installed' : bindingMissing();
  if (module === undefined || missing !== undefined) {
    process.stdout.write(`not run: ${test.test?.fullTitle() ?? 'a token'} (${missing ?? ''})\n`);
    return test.skip();
  }
  const tokens = join(folder, 'tokens');
  mkdirSync(tokens, { recursive: true });
  const config = join(folder, 'softhsm2.conf');
  writeFileSync(config, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  process.env['SOFTHSM2_CONF'] = config;
  const made = { module, token: 'passage-test', pin: '4711' };
  const args = ['--init-token', '--free', '--label', made.token, '--pin', made.pin, '--so-pin', '0815'];
  execFileSync('softhsm2-util', args, { stdio: 'ignore' });
  return made;
}

function bindingMissing(): string | undefined {
  try {
    createRequire(import.meta.url)('pkcs11js');
    return undefined;
  } catch {
    return 'pkcs11js is not compiled: docs/enrolment.md';
  }
}
