import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { commandStage, run } from '../testing/command-stage.js';
import { submitCommand } from './submit-command.js';

describe('passage submit', () => {
  const stage = commandStage();

  const accept = () => {
    stage.answer = ({ variables }) => {
      const { statements } = (variables as unknown as { input: { statements: string[] } }).input;
      const good = statements.flatMap((s, index) =>
        s === 'bad' ? [] : [{ index, id: s, duplicate: false }],
      );
      const bad = statements.flatMap((s, index) =>
        s === 'bad'
          ? [{ index, code: 'KEY_UNKNOWN', pointer: '/header/kid', message: 'who', next: 'Register it.' }]
          : [],
      );
      return { data: { recordStatements: { accepted: good, refused: bad } } };
    };
  };
  const file = (text: string, name = 'statements'): string => {
    writeFileSync(join(stage.dir, name), text);
    return join(stage.dir, name);
  };

  it('sends one statement a line, in requests of a hundred, and exits 0', async () => {
    accept();
    const lines = Array.from({ length: 150 }, (_, i) => `s${String(i)}`);
    const ran = await run(
      submitCommand(),
      file(`${lines.join('\r\n')}\n\n`),
      '--url',
      stage.url,
      '--token',
      'T',
    );
    expect(ran).to.deep.equal({ out: '150 accepted, 0 refused\n', err: '', code: 0 });
    expect(stage.asked.map((a) => a.variables.input.statements.length)).to.deep.equal([100, 50]);
    expect(stage.asked.flatMap((a) => a.variables.input.statements)).to.deep.equal(lines);
    expect(stage.asked[0]?.authorization).to.equal('Bearer T');
  });

  it('names each refused statement with its line and what to do, and exits 1', async () => {
    accept();
    const ran = await run(submitCommand(), file('["a","bad"]'), '--url', stage.url, '--token', 'T');
    expect(ran.code).to.equal(1);
    expect(ran.out).to.contain('statement 2 refused: KEY_UNKNOWN at /header/kid: who\n  Register it.');
    const json = await run(
      submitCommand(),
      file('["a","bad"]'),
      '--url',
      stage.url,
      '--token',
      'T',
      '--json',
    );
    expect(JSON.parse(json.out)).to.have.nested.property('refused[0].index', 1);
  });

  it('says what is wrong with a file, and exits 3', async () => {
    accept();
    for (const [path, words] of [
      [join(stage.dir, 'none'), 'cannot be read'],
      [file('', 'empty'), 'holds no statement'],
      [file('[1]', 'numbers'), 'no JSON array'],
      [file('["a",', 'broken'), 'no JSON array'],
    ] as const) {
      const ran = await run(submitCommand(), path, '--url', stage.url, '--token', 'T');
      expect(ran.code, words).to.equal(3);
      expect(ran.err).to.contain(words);
    }
    expect(stage.asked).to.have.length(0);
  });

  it('asks who sends when no token is given', async () => {
    const ran = await run(submitCommand(), file('a'), '--url', stage.url);
    expect(ran).to.include({ code: 2 });
    expect(ran.err).to.contain('--party');
  });

  it('says that the gateway is down, and exits 3', async () => {
    const ran = await run(submitCommand(), file('a'), '--url', 'http://127.0.0.1:1/graphql', '--token', 'T');
    expect(ran.code).to.equal(3);
    expect(ran.err).to.match(/no answer from the gateway .*test-network\.sh up/);
  });

  it("hands on the gateway's own refusal", async () => {
    stage.answer = () => ({
      errors: [{ message: 'busy', extensions: { code: 'OVERLOADED', next: 'Later.' } }],
    });
    const ran = await run(submitCommand(), file('a'), '--url', stage.url, '--token', 'T');
    expect(ran).to.include({ code: 3, err: 'OVERLOADED: busy. Later.\n' });
  });
});
