import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';
import { decodeJwt } from 'jose';

import { commandStage, run } from '../testing/command-stage.js';
import { tokenCommand } from './token-command.js';

describe('passage token', () => {
  const stage = commandStage();

  it('prints a token of the local issuer for the caller', async () => {
    mkdirSync(join(stage.dir, 'state'));
    const args = ['--party', 'P', '--role', 'carrier', '--org', 'port', '--dir', join(stage.dir, 'state')];
    const ran = await run(tokenCommand(), ...args);
    expect(ran.code).to.equal(0);
    expect(decodeJwt(ran.out.trim())).to.include({
      org: 'port',
      party: 'P',
      role: 'carrier',
      admin: false,
    });
  });

  it('asks for what is missing', async () => {
    expect(await run(tokenCommand(), '--party', 'P', '--dir', stage.dir)).to.include({ code: 2 });
    const lost = await run(tokenCommand(), '--admin', '--dir', join(stage.dir, 'none'));
    expect(lost.code).to.equal(2);
    expect(lost.err).to.contain('there is no folder');
  });
});
