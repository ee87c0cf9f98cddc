import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { ChaincodePackage } from '@passage/network-control';

const LABEL = 'conformance_1';
const FIXTURE = fileURLToPath(
  new URL('../../../embedded/dist/testing/fixture-chaincode.js', import.meta.url),
);
const TAR = new URL('../../../../chaincode/tools/tar.mjs', import.meta.url);

/** The writers of the chaincode's own packaging tool: the same files give the same bytes everywhere. */
interface TarTool {
  readonly tar: (files: ReadonlyMap<string, Uint8Array>) => Buffer;
  readonly gzipStored: (content: Uint8Array) => Buffer;
}

/**
 * Packages the fixture chaincode for both networks: one that on request does each of the things a chaincode can do to a peer.
 * As it runs as a service, the package only says how long a peer may take to reach it.
 */
export async function packageFixture(folder: string): Promise<ChaincodePackage> {
  const { tar, gzipStored } = (await import(TAR.href)) as TarTool;
  const connection = Buffer.from(JSON.stringify({ dial_timeout: '10s' }));
  const bytes = gzipStored(
    tar(
      new Map([
        ['metadata.json', Buffer.from(JSON.stringify({ type: 'ccaas', label: LABEL }))],
        ['code.tar.gz', gzipStored(tar(new Map([['connection.json', connection]])))],
      ]),
    ),
  );
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${LABEL}.tgz`);
  writeFileSync(path, bytes);
  const packageId = `${LABEL}:${createHash('sha256').update(bytes).digest('hex')}`;
  return { packageId, version: '1', path, main: FIXTURE };
}
