import { findPrograms, PROGRAM_NAMES } from '../programs.js';

/**
 * For a `before` hook: where Fabric's programs are not installed, says so in one line and marks the suite's tests pending.
 */
export function needFabric(hook: Mocha.Context): void {
  const found = findPrograms(process.env);
  const missing = PROGRAM_NAMES.filter((name) => found[name] === undefined);
  if (missing.length === 0) return;
  const suite = hook.test?.parent?.fullTitle() ?? 'a suite';
  process.stdout.write(`not run: ${suite} (${missing.join(', ')} neither on the PATH nor in FABRIC_BIN)\n`);
  hook.skip();
}
