import { expect } from 'chai';
import { pino } from 'pino';

import { redacted } from './log.js';

describe('the log', () => {
  const lines = (...entries: readonly object[]): string => {
    let text = '';
    const log = pino({ level: 'trace', redact: redacted }, { write: (line: string) => (text += line) });
    for (const entry of entries) log.info(entry, 'something');
    return text;
  };

  it('leaves out what could be a secret, wherever an entry has it', () => {
    const canary = 'whsec_canary';
    const names = ['token', 'authorization', 'secret', 'previous_secret', 'key', 'opening', 'salt'];
    const entries = names.flatMap((name) => [{ [name]: canary }, { inside: { [name]: canary } }]);
    const text = lines(...entries, { headers: { authorization: canary } });
    expect(text).not.to.contain(canary);
    expect(lines({ reason: 'kept' })).to.contain('kept');
  });
});
