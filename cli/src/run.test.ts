import { expect } from 'chai';

import { run, subcommands } from './run.js';

describe('passage', () => {
  it('finds each subcommand under the name that it gives itself', async () => {
    for (const [name, bring] of subcommands) expect((await bring()).name()).to.equal(name);
  });

  it('ends with 2 for what is no subcommand', async () => {
    expect(await run(['nonsense'])).to.equal(2);
  });
});
