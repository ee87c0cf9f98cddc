import type { Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

/** Reading and writing plain keys. */
export const state: readonly Scenario[] = [
  {
    name: 'put, get, delete',
    async play(stage: Stage): Promise<void> {
      await stage.evaluate('get what is not there', { name: 'get', args: ['plain'] });
      await stage.submit('put', { name: 'put', args: ['plain', 'one'] });
      await stage.evaluate('get', { name: 'get', args: ['plain'] });
      await stage.submit('put again', { name: 'put', args: ['plain', 'two'] });
      await stage.submit('delete', { name: 'delete', args: ['plain'] });
      await stage.submit('delete what is not there', { name: 'delete', args: ['plain'] });
      await stage.submit('put nothing, which deletes', { name: 'put', args: ['plain', ''] });
      await stage.evaluate('get what was deleted', { name: 'get', args: ['plain'] });
    },
  },
  {
    name: 'keys of every kind',
    async play(stage: Stage): Promise<void> {
      for (const [step, key] of [
        ['beyond ASCII', 'Zoll-Ämter-税関-🛃'],
        ['with slashes and blanks', 'statement/a b/0001'],
        ['the empty key', ''],
      ] as const) {
        await stage.submit(`put, ${step}`, { name: 'put', args: [key, 'value'] });
        await stage.evaluate(`get, ${step}`, { name: 'get', args: [key] });
      }
    },
  },
  {
    name: 'what a transaction writes it does not read',
    async play(stage: Stage): Promise<void> {
      await stage.submit('put', { name: 'put', args: ['own', 'old'] });
      await stage.submit('put, then get', { name: 'putThenGet', args: ['own', 'new'] });
      await stage.submit('the same key twice', { name: 'putTwice', args: ['own', 'first', 'second'] });
      await stage.submit('read and write', { name: 'increment', args: ['own-counter'] });
    },
  },
  {
    name: 'history',
    async play(stage: Stage): Promise<void> {
      for (const value of ['one', 'two', '']) {
        await stage.submit(`put '${value}'`, { name: 'put', args: ['told', value] });
      }
      await stage.submit('put again', { name: 'put', args: ['told', 'three'] });
      await stage.evaluate('newest first', { name: 'history', args: ['told'] });
      await stage.evaluate('of a key that never was', { name: 'history', args: ['untold'] });
      await stage.submit('is not part of the read set', { name: 'history', args: ['told'] });
    },
  },
  {
    name: 'large values and many keys',
    async play(stage: Stage): Promise<void> {
      await stage.submit('one megabyte', { name: 'put', args: ['large', 'x'.repeat(1 << 20)] });
      await stage.evaluate('read again', { name: 'get', args: ['large'] });
      await stage.submit('three hundred keys', { name: 'putMany', args: ['many-', '300'] });
    },
  },
  {
    name: 'who asks, and with what',
    async play(stage: Stage): Promise<void> {
      await stage.evaluate('creator', { name: 'creator', at: 'business' });
      await stage.evaluate('creator from elsewhere', {
        name: 'creator',
        at: 'business',
        as: stage.client('port'),
      });
      await stage.evaluate('transient', { name: 'transient', args: ['a'], transient: { a: 'secret' } });
      await stage.submit('transient, sent', { name: 'transient', args: ['a'], transient: { a: 'secret' } });
    },
  },
];
