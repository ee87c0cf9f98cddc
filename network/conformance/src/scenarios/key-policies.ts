import { encodeSignaturePolicy, parsePolicy, toHex } from '@passage/ledger';

import { transactionIds } from '../chain.js';
import type { OrganizationName } from '../network/under-test.js';
import type { Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

const policy = (text: string): string => toHex(encodeSignaturePolicy(parsePolicy(text)));

const CUSTOMS_AND_ONE = policy("AND('CustomsMSP.peer', OR('PortMSP.peer', 'BusinessMSP.peer'))");
const PORT_ALONE = policy("OR('PortMSP.peer')");

const put = (
  stage: Stage,
  step: string,
  key: string,
  endorsers?: readonly OrganizationName[],
): Promise<void> => stage.submit(step, { name: 'put', args: [key, step], ...(endorsers && { endorsers }) });

/** Which endorsements a transaction needs: by the definition, and by the keys it writes. */
export const keyPolicies: readonly Scenario[] = [
  {
    name: 'the chaincode’s endorsement policy',
    async play(stage: Stage): Promise<void> {
      await put(stage, 'one alone', 'policed', ['customs']);
      await put(stage, 'one and the auditor', 'policed', ['port', 'auditor']);
      await put(stage, 'two', 'policed', ['port', 'business']);
      await put(stage, 'all four', 'policed', ['customs', 'port', 'business', 'auditor']);
      await stage.submit('nothing written, one alone', {
        name: 'get',
        args: ['policed'],
        endorsers: ['port'],
      });
    },
  },
  {
    name: 'policies of keys',
    async play(stage: Stage): Promise<void> {
      const set = (step: string, key: string, text: string, value = ''): Promise<void> =>
        stage.submit(step, { name: 'putPolicy', args: [key, text, value] });
      await set('a new key with its policy', 'guarded', CUSTOMS_AND_ONE, 'value');
      await stage.evaluate('read', { name: 'getPolicy', args: ['guarded'] });
      await put(stage, 'without customs', 'guarded', ['port', 'business']);
      await put(stage, 'with customs', 'guarded', ['customs', 'business']);
      await stage.submit('planned by the gateway of another', {
        name: 'put',
        args: ['guarded', 'planned'],
        at: 'business',
      });
      await set('a policy on an absent key leaves nothing', 'absent', PORT_ALONE);
      await stage.evaluate('as reading tells', { name: 'getPolicy', args: ['absent'] });
      await set('one that asks for less than the chaincode’s', 'lenient', PORT_ALONE, 'value');
      await put(stage, 'port alone', 'lenient', ['port']);
      await put(stage, 'the two others', 'lenient', ['customs', 'business']);
      await stage.submit('a policy changed by those it names not', {
        name: 'putPolicy',
        args: ['lenient', CUSTOMS_AND_ONE],
        endorsers: ['customs', 'business'],
      });
      await stage.submit('the policy alone, changed', {
        name: 'putPolicy',
        args: ['lenient', CUSTOMS_AND_ONE],
      });
      await stage.submit('the policy taken off', { name: 'putPolicy', args: ['lenient', ''] });
      await put(stage, 'then any two again', 'lenient', ['port', 'business']);
      await put(stage, 'but the gateway finds nobody', 'lenient');
      await stage.submit('a guarded key, deleted', { name: 'delete', args: ['guarded'] });
      await put(stage, 'takes its policy with it', 'guarded', ['port', 'business']);
      await stage.submit('bytes that are no policy', {
        name: 'putPolicy',
        args: ['broken', 'ffff', 'value'],
      });
      await put(stage, 'under bytes that are no policy', 'broken', ['customs', 'port', 'business']);
      await stage.submit('a guarded and a free key', {
        name: 'putWithGuard',
        args: ['free', 'lenient'],
        endorsers: ['port', 'business'],
      });
    },
  },
  {
    name: 'a policy that changes inside a block',
    async play(stage: Stage): Promise<void> {
      for (let attempt = 1; attempt <= 20; attempt++) {
        const key = `turn@${String(attempt)}@`;
        await stage.submit('a key with its policy', { name: 'putPolicy', args: [key, PORT_ALONE, 'value'] });
        const change = await stage.endorse('the change', { name: 'putPolicy', args: [key, CUSTOMS_AND_ONE] });
        const write = await stage.endorse('the write after it', {
          name: 'put',
          args: [key, 'late'],
          endorsers: ['customs', 'port', 'business'],
        });
        const first = await stage.submitOnce(change);
        const second = await stage.submitOnce(write);
        const [changed, written] = [await stage.settled(first), await stage.settled(second)];
        // Two that are sent one after the other may be ordered the other way round.
        const order = await transactionIds(stage, changed.block);
        const ids = [change, write].map(({ transaction }) => transaction.getTransactionId());
        const [at, after] = ids.map((id) => order.indexOf(id));
        if (changed.block !== written.block || (at ?? 0) > (after ?? 0)) {
          stage.forget(['a key with its policy', 'the change', 'the write after it']);
          continue;
        }
        stage.note('the change', changed.outcome);
        stage.note('the write after it, though both policies are met', written.outcome);
        return;
      }
      throw new Error('two transactions never shared a block');
    },
  },
];
