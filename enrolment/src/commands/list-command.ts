import { Command } from 'commander';

import { ownerOf } from '../acts/revoke.js';
import { standingOf } from '../identity/standing.js';
import { addRegistrarOptions, registrarOf, tell } from './options.js';
import type { RegistrarOptions } from './options.js';

/** `passage enroll list`: what the CA knows. */
export function listCommand(): Command {
  const command = new Command('list').description(
    'registrar: every identity at the CA, and its certificates',
  );
  return addRegistrarOptions(command).action((options: RegistrarOptions) => runList(command, options));
}

async function runList(command: Command, options: RegistrarOptions): Promise<void> {
  const { ca, registrar } = await registrarOf(command, options);
  const [identities, certificates] = await Promise.all([
    ca.identities(registrar),
    ca.certificatesInForce(registrar, ''),
  ]);
  const now = new Date();
  const rows = identities.map(({ id, type, attributes }) => {
    const standings = certificates
      .filter((cert) => ownerOf(cert) === id)
      .map((cert) => standingOf(cert, now));
    const last = standings
      .map(({ notAfter }) => notAfter.toISOString())
      .sort()
      .at(-1);
    return {
      id,
      type,
      party: attributes.get('passage.party') ?? null,
      role: attributes.get('passage.role') ?? null,
      keyHeldBy: attributes.get('passage.keyHeldBy') ?? null,
      certificatesInForce: standings.length,
      lastEnds: last ?? null,
    };
  });
  const words = rows.map(({ id, type, party, role, keyHeldBy, certificatesInForce, lastEnds }) => {
    const acts = party === null ? type : `${party} as ${role ?? '?'}, key held by ${keyHeldBy ?? '?'}`;
    const until = lastEnds === null ? '' : `, the last until ${lastEnds.slice(0, 10)}`;
    return `${id}: ${acts}; certificates in force: ${String(certificatesInForce)}${until}`;
  });
  tell(options.json, { identities: rows }, words);
}
