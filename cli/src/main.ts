#!/usr/bin/env node
import { run } from './run.js';

/** Whoever reads our output may stop reading (`passage demo | head`): that is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await run(process.argv.slice(2));
