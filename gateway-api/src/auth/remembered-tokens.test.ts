import { expect } from 'chai';

import type { Caller } from './caller.js';
import { rememberedTokens } from './remembered-tokens.js';

describe('rememberedTokens', () => {
  let now = 0;
  let asked: string[] = [];
  let accepts = true;
  const caller = (expires?: number): Caller => ({
    subject: 's',
    org: 'port',
    admin: false,
    ...(expires !== undefined && { expires }),
  });
  const verifier = (expires?: number) =>
    rememberedTokens(
      (token) => {
        asked.push(token);
        return accepts ? Promise.resolve(caller(expires)) : Promise.reject(new Error('refused'));
      },
      () => now,
    );
  beforeEach(() => {
    [now, asked, accepts] = [0, [], true];
  });

  it('verifies a token once, and anew after five seconds', async () => {
    const verify = verifier(60_000);
    expect(await verify('a')).to.deep.equal(caller(60_000));
    await verify('b');
    now = 4_999;
    expect(await verify('a')).to.deep.equal(caller(60_000));
    expect(asked).to.deep.equal(['a', 'b']);
    now = 5_000;
    accepts = false;
    expect(await verify('a').catch((error: unknown) => String(error))).to.equal('Error: refused');
  });

  it('takes no token from memory that has expired, or does not say when it will', async () => {
    const soon = verifier(1_000);
    await soon('a');
    now = 1_000;
    await soon('a');
    const never = verifier();
    await never('b');
    await never('b');
    expect(asked).to.deep.equal(['a', 'a', 'b', 'b']);
  });

  it('looks at what it refuses every time', async () => {
    const verify = verifier(60_000);
    accepts = false;
    await verify('a').catch(() => undefined);
    accepts = true;
    await verify('a');
    expect(asked).to.deep.equal(['a', 'a']);
  });
});
