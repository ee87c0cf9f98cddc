import { hostileEnvelopes } from '@passage/network-embedded/testing';

import { broadcast } from '../raw-messages.js';
import type { Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

/**
 * Envelopes of which nothing can be made: they are ordered, get their codes, and disturb nobody. Each has a block of its own,
 * because a peer of Fabric 3.1.5 hangs for good when a transaction with an unreadable action or read-write set stands in a
 * block before one that writes (F:core/common/validation/statebased/vpmanagerimpl.go, waitForDepInserted).
 */
export const hostile: readonly Scenario[] = [
  {
    name: 'envelopes that nobody can use',
    async play(stage: Stage): Promise<void> {
      const { channel, organizations } = stage.network;
      for (const { what, envelope } of hostileEnvelopes(channel, organizations)) {
        stage.normalizer.nameEnvelope(envelope, `envelopes that nobody can use/${what}`);
        const height = await stage.height();
        stage.note(what, await broadcast(stage, 'customs', envelope));
        await stage.reached(height + 1);
      }
      await stage.submit('an ordinary transaction after them', { name: 'event', args: ['after', ''] });
      const garbage = Buffer.from('\xff\xff no envelope', 'latin1');
      stage.note('bytes that are no envelope', await broadcast(stage, 'customs', garbage).catch(String));
      stage.note('an empty envelope', await broadcast(stage, 'customs', new Uint8Array()));
    },
  },
];
