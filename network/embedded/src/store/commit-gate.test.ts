import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from 'chai';

import { CommitGate } from './commit-gate.js';

describe('CommitGate', () => {
  it('lets readers in together and a commit only after they have left', async () => {
    const gate = new CommitGate(60_000);
    const steps: string[] = [];
    const finish = Promise.withResolvers<undefined>();
    const readers = ['a', 'b'].map((name) =>
      gate.read(async () => {
        steps.push(`${name} in`);
        await finish.promise;
        steps.push(`${name} out`);
      }),
    );
    const commit = gate.write(() => {
      steps.push('commit');
    });
    await sleep(5);
    finish.resolve(undefined);
    await Promise.all([...readers, commit]);
    expect(steps).to.deep.equal(['a in', 'b in', 'a out', 'b out', 'commit']);
  });

  it('lets readers that come while a commit waits in behind it', async () => {
    const gate = new CommitGate(60_000);
    const steps: string[] = [];
    const finish = Promise.withResolvers<undefined>();
    const first = gate.read(() => finish.promise);
    const commit = gate.write(() => {
      steps.push('commit');
    });
    const second = gate.read(() => {
      steps.push('second');
      return Promise.resolve();
    });
    await sleep(5);
    expect(steps).to.deep.equal([]);
    finish.resolve(undefined);
    await Promise.all([first, commit, second]);
    expect(steps).to.deep.equal(['commit', 'second']);
  });

  it('commits all the same when a reader does not leave', async () => {
    const gate = new CommitGate(10);
    const finish = Promise.withResolvers<undefined>();
    const reader = gate.read(() => finish.promise);
    let committed = false;
    await gate.write(() => {
      committed = true;
    });
    expect(committed).to.equal(true);
    finish.resolve(undefined);
    await reader;
  });

  it('goes on after a reader or a commit that failed', async () => {
    const gate = new CommitGate(60_000);
    const failed = await gate
      .read(() => Promise.reject(new Error('reader')))
      .catch((error: unknown) => error);
    expect(failed).to.be.an('error');
    const refused = await gate
      .write(() => {
        throw new Error('commit');
      })
      .catch((error: unknown) => error);
    expect(refused).to.be.an('error');
    expect(await gate.read(() => Promise.resolve('again'))).to.equal('again');
  });
});
