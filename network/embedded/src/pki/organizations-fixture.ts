import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Organization } from '../network.js';
import { networkPaths, type NetworkPaths } from '../paths.js';
import { ensureOrganizations, loadOrganizations } from './load.js';

/** Four organisations with real certificates in a folder of their own, for tests. */
export interface OrganizationsFixture {
  readonly dir: string;
  readonly paths: NetworkPaths;
  readonly organizations: readonly Organization[];
  /** Date of all certificates. */
  readonly now: Date;
}

let shared: Promise<OrganizationsFixture> | undefined;

/** The same organisations for every test of a run: making them takes half a second. */
export function organizationsFixture(): Promise<OrganizationsFixture> {
  shared ??= createOrganizations();
  return shared;
}

const folders: string[] = [];

/** An empty folder that no other test uses; it goes when the tests end. */
export function temporaryFolder(): string {
  if (folders.length === 0) process.once('exit', removeFolders);
  const folder = mkdtempSync(join(tmpdir(), 'passage-network-'));
  folders.push(folder);
  return folder;
}

function removeFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

async function createOrganizations(): Promise<OrganizationsFixture> {
  const dir = temporaryFolder();
  const paths = networkPaths(dir);
  const now = new Date();
  await ensureOrganizations(paths, now);
  return { dir, paths, organizations: loadOrganizations(paths, 7400), now };
}
