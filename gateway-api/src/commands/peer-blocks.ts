import { join } from 'node:path';

import { CaClient, Keystore } from '@passage/enrolment';

import type { GatewayConfig } from '../config.js';
import { Identities } from '../enrolment/identities.js';
import { PeerConnection } from '../fabric/connection.js';
import { fabricBlocks } from '../fabric/fabric-blocks.js';
import type { BlockSource } from '../fabric/ports.js';
import { BlockRefused } from '../index/verified-block.js';
import { EXIT } from './client.js';
import { asFailure } from './gateway-folder.js';

/**
 * Does something with the blocks of a gateway's own peer, read as its organisation's administrator; gives the exit code that it gives, or
 * 1 where a block fails a check, which is printed. Throws CommandFailure.
 */
export async function withPeerBlocks(
  { organization, profile, folder }: GatewayConfig,
  work: (source: BlockSource) => Promise<number>,
): Promise<number> {
  const connection = new PeerConnection(organization.peer);
  try {
    const ca = new CaClient({ ...organization.ca, tlsRootFile: organization.ca.tlsRootCert });
    const admin = new Identities(organization, ca, new Keystore(join(folder, 'keystore'))).admin();
    return await work(fabricBlocks(connection, profile.channel, () => admin));
  } catch (error) {
    if (!(error instanceof BlockRefused)) throw asFailure(error);
    const { block, check, message } = error;
    process.stdout.write(`the peer's block ${String(block)} fails the check "${check}": ${message}\n`);
    return EXIT.no;
  } finally {
    connection.close();
  }
}
