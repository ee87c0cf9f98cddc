import { setTimeout as sleep } from 'node:timers/promises';

import { peerBlocks, profilePeer, type ReplayReport, replay } from '@passage/auditor';
import type { GraphQLClient } from './graphql-client.js';

/** How often the auditor's peer is asked for blocks that others have already, and how long it is given each time. */
const PATIENCE = { rounds: 50, milliseconds: 200 };

interface Status {
  readonly ledgerStatus: { readonly network: string; readonly height: number };
}

/** Which network it is, and how many blocks it has: at least those up to `newest`, which other gateways know. */
export async function ledgerStatus(customs: GraphQLClient, newest: number): Promise<Status['ledgerStatus']> {
  const status = await customs<Status>('query { ledgerStatus { network height } }', {}, newest);
  return status.ledgerStatus;
}

/**
 * Replays what the auditor's own peer has, at every level. Peers get their blocks one after the other: where others are known to
 * have `height` of them already, the auditor's is given a moment. What it still withholds then is missing from the report.
 */
export async function auditUpTo(height: number, profile: string, genesisHash: string): Promise<ReplayReport> {
  for (let round = 1; ; round++) {
    const report = await replay(peerBlocks(profilePeer(profile, 'auditor')), { genesisHash });
    if (report.blocks >= height || round === PATIENCE.rounds) return report;
    await sleep(PATIENCE.milliseconds);
  }
}
