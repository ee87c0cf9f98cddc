import { checkpointers } from '@hyperledger/fabric-gateway';

import type { Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

interface Listening {
  readonly startBlock: bigint;
  readonly after?: string;
}

/** What a listener to the fixture's events hears from a place on, until an event of this name. */
async function heard(stage: Stage, last: string, { startBlock, after }: Listening): Promise<unknown[]> {
  const { channel, chaincode } = stage.network;
  const checkpoint = checkpointers.inMemory();
  if (after !== undefined) await checkpoint.checkpointTransaction(startBlock, after);
  const events = await stage.connections
    .gateway('port', stage.client('port'))
    .getNetwork(channel)
    .getChaincodeEvents(chaincode, { startBlock, checkpoint });
  try {
    const told: unknown[] = [];
    for await (const { eventName, payload, transactionId, chaincodeName } of events) {
      told.push(stage.normalizer.value({ eventName, payload, transactionId, chaincodeName }));
      if (eventName === last) break;
    }
    return told;
  } finally {
    events.close();
  }
}

/** What chaincode tells whoever listens. */
export const events: readonly Scenario[] = [
  {
    name: 'events',
    async play(stage: Stage): Promise<void> {
      const sent = await stage.endorse('one', { name: 'event', args: ['first', 'payload'] });
      const { block, outcome } = await stage.send(sent);
      stage.note('one', outcome);
      await stage.submit('two in a transaction', { name: 'twoEvents', args: ['two-events'] });
      await stage.submit('one that fails', { name: 'eventThenFail' });
      const refused = { name: 'event', args: ['refused', ''], endorsers: ['port'] as const };
      await stage.submit('one of too few endorsements', refused);
      await stage.submit('without a payload', { name: 'event', args: ['empty', ''] });
      await stage.submit('without a name', { name: 'event', args: ['', 'payload'] });
      await stage.submit('the last', { name: 'event', args: ['last', 'payload'] });
      stage.note('heard from a block on', await heard(stage, 'last', { startBlock: block }));
      const after = sent.transaction.getTransactionId();
      stage.note('heard from a checkpoint on', await heard(stage, 'last', { startBlock: block, after }));
    },
  },
];
