import type { CertificateHolder } from '../ca/token.js';
import { Channel } from './channel.js';
import type { ChannelPlace } from './channel.js';
import { revocationUpdate } from './revocation-update.js';
import { signedUpdate } from './update.js';

/**
 * Puts an organisation's revocation list (PEM) into the channel's configuration, signed by its administrator, and waits until
 * its own peer goes by it. Returns whether anything had to change.
 * Throws EnrolmentError CHANNEL_REFUSED or CHANNEL_UNREACHABLE.
 */
export async function publishList(
  place: ChannelPlace,
  admin: CertificateHolder,
  list: string,
): Promise<boolean> {
  const channel = new Channel(place, admin);
  try {
    const update = revocationUpdate(await channel.config(), place.mspId, list);
    if (update === undefined) return false;
    const { mspId } = place;
    await channel.broadcast(
      await signedUpdate(place.channel, update, { mspId, holder: admin, now: new Date() }),
    );
    await channel.waitFor((config) => revocationUpdate(config, mspId, list) === undefined);
    return true;
  } finally {
    channel.close();
  }
}
