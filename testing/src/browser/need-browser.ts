import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where Debian and its kin put Chromium. */
const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A test machine's browser: no sandbox, which root may not have, and nothing that reaches for the network by itself. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * For a `before` hook: a Chromium of its own, with a fresh profile, which the caller closes. Where none is installed
 * (`CHROMIUM` names one elsewhere), says so in one line and marks the suite's tests pending.
 */
export async function needBrowser(hook: Mocha.Context): Promise<Browser> {
  const places = [process.env['CHROMIUM'], ...PROGRAMS];
  const program = places.find((path) => path !== undefined && existsSync(path));
  if (program === undefined) {
    const suite = hook.test?.parent?.fullTitle() ?? 'a suite';
    process.stdout.write(`not run: ${suite} (Chromium is not installed)\n`);
    return hook.skip();
  }
  return chromium.launch({ executablePath: program, headless: true, args: FLAGS });
}
