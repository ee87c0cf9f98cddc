import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';

import { buildPage } from './build-page.js';

const [path] = process.argv.slice(2);
if (path === undefined) {
  process.stderr.write('usage: npm run evidence-page -- FILE\n');
  process.exitCode = 2;
} else {
  const page = await buildPage();
  writeFileSync(path, page);
  process.stdout.write(
    `${path}: ${page.length} characters, SHA-256 ${createHash('sha256').update(page).digest('hex')}\n`,
  );
}
