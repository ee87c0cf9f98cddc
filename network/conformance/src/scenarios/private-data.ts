import { encodeSignaturePolicy, parsePolicy, toHex } from '@passage/ledger';

import type { OrganizationName } from '../network/under-test.js';
import type { Scenario } from '../scenario.js';
import type { Call, Stage } from '../stage.js';

const PORT_ALONE = toHex(encodeSignaturePolicy(parsePolicy("OR('PortMSP.peer')")));

const put = (collection: string, key: string, value: string, rest: Partial<Call> = {}): Call => ({
  name: 'putPrivate',
  args: [collection, key],
  transient: { value },
  ...rest,
});

const get = (collection: string, key: string, at: OrganizationName = 'customs'): Call => ({
  name: 'getPrivate',
  args: [collection, key],
  at,
});

const EVERYBODY: readonly OrganizationName[] = ['customs', 'port', 'business', 'auditor'];

async function readByAll(stage: Stage, step: string, collection: string, key: string): Promise<void> {
  for (const at of EVERYBODY) await stage.evaluate(`${step}, by ${at}`, get(collection, key, at));
}

/** Values that only some organisations hold. */
export const privateData: readonly Scenario[] = [
  {
    name: 'private values of some organisations',
    async play(stage: Stage): Promise<void> {
      await stage.submit('put', put('shared', 'price', 'a secret price'));
      await readByAll(stage, 'read', 'shared', 'price');
      for (const at of ['customs', 'auditor'] as const)
        await stage.evaluate(`its hash, at ${at}`, { name: 'getPrivateHash', args: ['shared', 'price'], at });
      await stage.evaluate('the hash of what is not there', {
        name: 'getPrivateHash',
        args: ['shared', 'nothing'],
      });
      await stage.evaluate('what is not there', get('shared', 'nothing'));
      await stage.submit(
        'by a client and a peer of outsiders',
        put('shared', 'price', 'x', { at: 'business' }),
      );
      await stage.submit(
        'at named members',
        put('shared', 'price', 'named', { endorsers: ['customs', 'port'] }),
      );
      await stage.submit(
        'at a named outsider',
        put('shared', 'price', 'told', { endorsers: ['customs', 'business'] }),
      );
      await stage.submit('without transient data', {
        name: 'putPrivate',
        args: ['shared', 'open', 'in clear'],
      });
      await stage.submit('read into a transaction', {
        name: 'measurePrivate',
        args: ['shared', 'price', 'length'],
      });
      await stage.submit('read into a transaction, by an outsider', {
        name: 'measurePrivate',
        args: ['shared', 'price', 'length'],
        at: 'business',
      });
      await stage.evaluate('evaluated with transient data', {
        name: 'transient',
        args: ['value'],
        transient: { value: 'secret' },
        at: 'auditor',
      });
      await stage.submit('deleted', { name: 'deletePrivate', args: ['shared', 'open'] });
      await stage.evaluate('read when deleted', get('shared', 'open', 'port'));
      await stage.submit('in no collection', put('nowhere', 'key', 'value'));
      await stage.evaluate('read from no collection', get('nowhere', 'key'));
    },
  },
  {
    name: 'collections that are closed to others’ clients',
    async play(stage: Stage): Promise<void> {
      await stage.submit('put by a member', put('closed', 'key', 'value'));
      await readByAll(stage, 'read', 'closed', 'key');
      await stage.submit('put by an outsider', put('closed', 'key', 'other', { at: 'business' }));
      await stage.evaluate('read by an outsider at a member', {
        ...get('closed', 'key'),
        as: stage.client('business'),
      });
      await stage.submit('put by an outsider at members', {
        ...put('closed', 'key', 'other', { endorsers: ['customs', 'port'] }),
        as: stage.client('business'),
      });
      await stage.evaluate('the hash, by an outsider', {
        name: 'getPrivateHash',
        args: ['closed', 'key'],
        at: 'business',
      });
    },
  },
  {
    name: 'collections with a policy of their own',
    async play(stage: Stage): Promise<void> {
      await stage.submit('put', put('guarded', 'key', 'value'));
      await stage.submit('without customs', put('guarded', 'key', 'x', { endorsers: ['port', 'business'] }));
      await stage.submit('customs alone', put('guarded', 'key', 'x', { endorsers: ['customs'] }));
      await stage.submit('a policy of a key in a collection', {
        name: 'putPrivatePolicy',
        args: ['shared', 'price', PORT_ALONE],
        endorsers: ['customs', 'port'],
      });
      await stage.submit('not met', put('shared', 'price', 'x', { endorsers: ['customs', 'business'] }));
      await stage.submit('met', put('shared', 'price', 'by port', { endorsers: ['port'] }));
    },
  },
  {
    name: 'collections that every organisation has without a word',
    async play(stage: Stage): Promise<void> {
      await stage.submit('put by its own', put('_implicit_org_PortMSP', 'key', 'own', { at: 'port' }));
      await readByAll(stage, 'read', '_implicit_org_PortMSP', 'key');
      await stage.submit(
        'put at its own peer alone',
        put('_implicit_org_PortMSP', 'key', 'alone', { endorsers: ['port'] }),
      );
      await stage.submit(
        'put without it',
        put('_implicit_org_PortMSP', 'key', 'x', { endorsers: ['customs', 'business'] }),
      );
      await stage.submit('of nobody', put('_implicit_org_NoMSP', 'key', 'x'));
    },
  },
  {
    name: 'private conflicts, ranges, purges and ends of life',
    async play(stage: Stage): Promise<void> {
      await stage.submit('a value', put('shared', 'watched', 'one'));
      const reader = await stage.endorse('a reader', {
        name: 'measurePrivate',
        args: ['shared', 'watched', 'length'],
      });
      await stage.submit('changed meanwhile', put('shared', 'watched', 'another'));
      await stage.attempt('a reader', async () => (await stage.send(reader)).outcome);
      for (const key of ['list-a', 'list-b', 'list-c'])
        await stage.submit(`put ${key}`, put('shared', key, key));
      const range: Call = { name: 'privateRange', args: ['shared', 'list-', 'list.'] };
      await stage.evaluate('a range', range);
      await stage.evaluate('a range, by an outsider', { ...range, at: 'business' });
      await stage.submit('purged', { name: 'purgePrivate', args: ['shared', 'list-b'] });
      await stage.evaluate('a range after a purge', range);
      await stage.evaluate('read when purged', get('shared', 'list-b', 'port'));
      await stage.submit('purged by an outsider', {
        name: 'purgePrivate',
        args: ['closed', 'key'],
        at: 'business',
      });
      await stage.submit('for two blocks', put('fleeting', 'key', 'short-lived'));
      await stage.evaluate('read at once', get('fleeting', 'key', 'port'));
      for (const n of ['1', '2', '3'])
        await stage.submit(`block ${n} after it`, { name: 'put', args: ['tick', n] });
      await stage.evaluate('read when its life has ended', get('fleeting', 'key', 'port'));
      await stage.evaluate('its hash', { name: 'getPrivateHash', args: ['fleeting', 'key'] });
    },
  },
];
