import type { Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

/** Reading ranges, page by page or whole, and finding out that they have changed. */
export const ranges: readonly Scenario[] = [
  {
    name: 'ranges',
    async play(stage: Stage): Promise<void> {
      await stage.submit('seventy keys', { name: 'putMany', args: ['range-', '70'] });
      const count = (step: string, ...args: string[]): Promise<void> =>
        stage.submit(step, { name: 'countRange', args });
      await count('twenty, recorded one by one', 'range-0010', 'range-0030', 'counted');
      await count('fifty', 'range-0000', 'range-0050', 'counted');
      await count('fifty-one, recorded as a Merkle summary', 'range-0000', 'range-0051', 'counted');
      await count('all', 'range-', 'range.', 'counted');
      await count('nothing', 'rangf', 'rangg', 'counted');
      await count('start behind end', 'rangg', 'rangf', 'counted');
      await count('open at the end', 'zzz', '', 'counted');
      await stage.submit('given up after three of seventy', {
        name: 'firstOfRange',
        args: ['range-', 'range.', '3', 'counted'],
      });
      await stage.submit('given up after three of three hundred', {
        name: 'firstOfRange',
        args: ['many-', 'many.', '3', 'counted'],
      });
    },
  },
  {
    name: 'pages',
    async play(stage: Stage): Promise<void> {
      await stage.evaluate('first', { name: 'page', args: ['range-', 'range.', '30', ''] });
      await stage.evaluate('second', { name: 'page', args: ['range-', 'range.', '30', 'range-0030'] });
      await stage.evaluate('last', { name: 'page', args: ['range-', 'range.', '30', 'range-0060'] });
      await stage.evaluate('larger than all', { name: 'page', args: ['range-', 'range.', '500', ''] });
      await stage.submit('in a transaction that only reads', {
        name: 'page',
        args: ['range-', 'range.', '10', ''],
      });
      await stage.submit('then a write, which is refused', {
        name: 'pageThenPut',
        args: ['range-', 'range.'],
      });
    },
  },
  {
    name: 'composite keys',
    async play(stage: Stage): Promise<void> {
      for (const attributes of [
        ['a', '1'],
        ['a', '2'],
        ['b', '1'],
        ['ä', '1'],
      ])
        await stage.submit(`put ${attributes.join(' ')}`, {
          name: 'putComposite',
          args: ['unit', ...attributes],
        });
      await stage.evaluate('all of a type', { name: 'composite', args: ['unit'] });
      await stage.evaluate('by the first attribute', { name: 'composite', args: ['unit', 'a'] });
      await stage.submit('in a transaction', { name: 'composite', args: ['unit', 'b'] });
      await stage.submit('are in no plain range', { name: 'countRange', args: ['', '', 'counted'] });
      await stage.evaluate('with an empty type', { name: 'composite', args: [''] });
    },
  },
  {
    name: 'phantoms',
    async play(stage: Stage): Promise<void> {
      await stage.submit('sixty keys', { name: 'putMany', args: ['ghost-', '60'] });
      const meanwhile = async (
        step: string,
        end: string,
        change: { name: string; args: string[] },
      ): Promise<void> => {
        const counted = await stage.endorse(step, {
          name: 'countRange',
          args: ['ghost-0000', end, 'ghosts'],
        });
        await stage.submit(`${step}: meanwhile`, change);
        await stage.attempt(step, async () => (await stage.send(counted)).outcome);
      };
      await meanwhile('a key more', 'ghost-0020', { name: 'put', args: ['ghost-0005x', 'new'] });
      await meanwhile('a key less', 'ghost-0020', { name: 'delete', args: ['ghost-0006'] });
      await meanwhile('a key changed', 'ghost-0020', { name: 'put', args: ['ghost-0007', 'changed'] });
      await meanwhile('a key beside', 'ghost-0020', { name: 'put', args: ['ghost-0020', 'beside'] });
      await meanwhile('a key more among sixty', 'ghost.', { name: 'put', args: ['ghost-0055x', 'new'] });
      await meanwhile('nothing among sixty', 'ghost.', { name: 'put', args: ['unghost', 'new'] });
    },
  },
];
