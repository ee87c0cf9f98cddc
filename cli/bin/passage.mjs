#!/usr/bin/env node
// What `npx passage` starts. It stands here and not in dist/, because npm links a command only to a file that is there when
// it installs, and a compiled one is not yet. Plain JavaScript for Node 20, because it is what says that a newer one is needed.
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 12)) {
  end(
    `Node ${process.versions.node} is too old: run \`npx passage\`, which takes the Node 24 that npm installed`,
  );
} else if (!existsSync(main)) {
  end('nothing is built yet: run `npm run build`, then this again');
} else {
  await import(main.href);
}

/** Ends with a sentence, not a stack: whoever reads it should know what to do next. */
function end(sentence) {
  process.stderr.write(`passage: ${sentence}\n`);
  process.exitCode = 3;
}
