import type { Scenario } from '../scenario.js';
import type { Call, Stage } from '../stage.js';

/** Two transactions that were endorsed on the same state: what became of each, in the order in which they were sent. */
async function oneAfterTheOther(stage: Stage, step: string, first: Call, second: Call): Promise<void> {
  await stage.attempt(step, async () => {
    const endorsed = [
      await stage.endorse(`${step}: first`, first),
      await stage.endorse(`${step}: second`, second),
    ];
    const outcomes: object[] = [];
    for (const one of endorsed) outcomes.push((await stage.send(one)).outcome);
    return outcomes;
  });
}

/** Who loses when two write what one of them has read. */
export const conflicts: readonly Scenario[] = [
  {
    name: 'conflicts of versions',
    async play(stage: Stage): Promise<void> {
      await stage.submit('a value to begin with', { name: 'put', args: ['contested', '1'] });
      const increment = { name: 'increment', args: ['contested'] };
      await oneAfterTheOther(stage, 'both read and write', increment, increment);
      await oneAfterTheOther(
        stage,
        'a deletion under a reader',
        { name: 'delete', args: ['contested'] },
        increment,
      );
      await oneAfterTheOther(
        stage,
        'a key appears under a reader',
        { name: 'put', args: ['fresh', '1'] },
        {
          name: 'increment',
          args: ['fresh'],
        },
      );
      await oneAfterTheOther(
        stage,
        'both only write',
        { name: 'put', args: ['fresh', '2'] },
        {
          name: 'put',
          args: ['fresh', '3'],
        },
      );
      await stage.evaluate('the last writer stands', { name: 'get', args: ['fresh'] });
    },
  },
  {
    name: 'conflicts inside one block',
    async play(stage: Stage): Promise<void> {
      const increment = { name: 'increment', args: ['contested'] };
      const endorsed = [await stage.endorse('one', increment), await stage.endorse('one', increment)];
      const commits = await Promise.all(endorsed.map((one) => stage.submitOnce(one)));
      const settled = await Promise.all(commits.map((commit) => stage.settled(commit)));
      const codes = settled.map(({ outcome }) => JSON.stringify(outcome)).sort();
      stage.note('one wins, whichever came first', codes);
    },
  },
  {
    name: 'a transaction sent again',
    async play(stage: Stage): Promise<void> {
      const endorsed = await stage.endorse('once', { name: 'put', args: ['again', '1'] });
      stage.note('the first time', (await stage.send(endorsed)).outcome);
      await stage.attempt('the second time', async () => (await stage.send(endorsed)).outcome);
      const proposal = stage.proposal('twice', { name: 'put', args: ['again', '2'] });
      const first = { step: 'twice', call: { name: '' }, transaction: await proposal.endorse() };
      stage.note('of a proposal, the first time', (await stage.send(first)).outcome);
      await stage.attempt('of a proposal, endorsed again', async () => {
        await proposal.endorse();
        return 'endorsed';
      });
      await stage.attempt('of a proposal, evaluated again', async () => {
        await proposal.evaluate();
        return 'evaluated';
      });
    },
  },
];
