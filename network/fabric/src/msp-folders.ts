import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { writeWhole } from './files.js';
import type { OrganizationFiles } from './paths.js';

const ROLES = ['Client', 'Peer', 'Admin', 'Orderer'];

/** A certificate's role is its OU (F:msp/configbuilder.go). No `Certificate:`, so any of the organisation's roots will do. */
function nodeOus(): string {
  const roles = ROLES.map(
    (role) => `  ${role}OUIdentifier:\n    OrganizationalUnitIdentifier: ${role.toLowerCase()}\n`,
  );
  return `NodeOUs:\n  Enable: true\n${roles.join('')}`;
}

/** What an MSP folder holds besides an identity: the organisation's roots and how roles are told. */
export function writeMspRoots(folder: string, { caCert, tlsCaCert }: OrganizationFiles): void {
  writeWhole(join(folder, 'cacerts', 'ca-cert.pem'), readFileSync(caCert, 'utf8'));
  writeWhole(join(folder, 'tlscacerts', 'tlsca-cert.pem'), readFileSync(tlsCaCert, 'utf8'));
  writeWhole(join(folder, 'config.yaml'), nodeOus());
}
