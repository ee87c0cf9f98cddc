import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';
import type { Command } from 'commander';
import { decodeJwt } from 'jose';

import { tokenCommand } from '../auth/token-command.js';
import { checkDocumentCommand } from './check-document-command.js';
import { submitCommand } from './submit-command.js';
import { traceCommand } from './trace-command.js';

/** What a command said, and its exit code. */
interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

/** Runs a subcommand in this process, with its output kept. */
async function run(command: Command, ...args: string[]): Promise<Ran> {
  const said = { out: '', err: '' };
  const { stdout, stderr } = process;
  const [writeOut, writeErr] = [stdout.write.bind(stdout), stderr.write.bind(stderr)];
  stdout.write = (text) => ((said.out += String(text)), true);
  stderr.write = (text) => ((said.err += String(text)), true);
  process.exitCode = 0;
  try {
    await command.parseAsync(args, { from: 'user' });
    return { ...said, code: process.exitCode };
  } finally {
    stdout.write = writeOut;
    stderr.write = writeErr;
    process.exitCode = 0;
  }
}

describe('the commands', () => {
  let dir: string;
  let server: Server;
  let url: string;
  let answer: (body: { query: string; variables: Record<string, never> }) => unknown;
  const asked: { authorization: string | undefined; variables: { input: { statements: string[] } } }[] = [];

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'passage-commands-'));
    asked.length = 0;
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(parts).toString()) as {
          query: string;
          variables: Record<string, never>;
        };
        asked.push({ authorization: request.headers.authorization, variables: body.variables as never });
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(answer(body)));
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/graphql`;
  });
  afterEach(() => {
    server.close();
    rmSync(dir, { recursive: true, force: true });
  });

  describe('passage check-document', () => {
    const anchored = (standing: string): object => ({
      version: 1,
      standing,
      anchoredAt: '2026-01-01T00:00:00.000Z',
      document: { id: 'P:1', type: '705', issuer: 'P', number: '1', anchoredBy: 'P', ucr: null, reason: 'x' },
      verification: { asOfBlock: 9 },
    });

    it('hashes the file itself, and says whether its version holds', async () => {
      const file = join(dir, 'bill.pdf');
      writeFileSync(file, 'abc');
      const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
      for (const [standing, words, exit] of [
        ['current', 'P:1 version 1, the newest version (type 705', 0],
        ['superseded', 'not the newest version', 1],
        ['withdrawn', 'withdrawn: x', 1],
      ] as const) {
        answer = () => ({ data: { checkDocument: { nodes: [anchored(standing)] } } });
        const { out, code } = await run(checkDocumentCommand(), file, '--url', url, '--token', 't');
        expect(out).to.contain(words);
        expect(code).to.equal(exit);
        expect(asked.pop()?.variables).to.deep.equal({ sha256 });
      }
    });

    it('tells a file that the ledger does not know from one that cannot be read', async () => {
      const file = join(dir, 'bill.pdf');
      writeFileSync(file, '');
      answer = () => ({ data: { checkDocument: { nodes: [] } } });
      const unknown = await run(checkDocumentCommand(), file, '--url', url, '--token', 't', '--json');
      expect(JSON.parse(unknown.out)).to.deep.include({ file, current: false, found: [] });
      expect(unknown.code).to.equal(1);
      const missing = await run(checkDocumentCommand(), join(dir, 'none'), '--url', url, '--token', 't');
      expect(missing.code).to.equal(3);
      expect(missing.err).to.contain('cannot be read');
    });
  });

  describe('passage submit', () => {
    const accept = () => {
      answer = ({ variables }) => {
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
      writeFileSync(join(dir, name), text);
      return join(dir, name);
    };

    it('sends one statement a line, in requests of a hundred, and exits 0', async () => {
      accept();
      const lines = Array.from({ length: 150 }, (_, i) => `s${String(i)}`);
      const ran = await run(submitCommand(), file(`${lines.join('\r\n')}\n\n`), '--url', url, '--token', 'T');
      expect(ran).to.deep.equal({ out: '150 accepted, 0 refused\n', err: '', code: 0 });
      expect(asked.map((a) => a.variables.input.statements.length)).to.deep.equal([100, 50]);
      expect(asked.flatMap((a) => a.variables.input.statements)).to.deep.equal(lines);
      expect(asked[0]?.authorization).to.equal('Bearer T');
    });

    it('names each refused statement with its line and what to do, and exits 1', async () => {
      accept();
      const ran = await run(submitCommand(), file('["a","bad"]'), '--url', url, '--token', 'T');
      expect(ran.code).to.equal(1);
      expect(ran.out).to.contain('statement 2 refused: KEY_UNKNOWN at /header/kid: who\n  Register it.');
      const json = await run(submitCommand(), file('["a","bad"]'), '--url', url, '--token', 'T', '--json');
      expect(JSON.parse(json.out)).to.have.nested.property('refused[0].index', 1);
    });

    it('says what is wrong with a file, and exits 3', async () => {
      accept();
      for (const [path, words] of [
        [join(dir, 'none'), 'cannot be read'],
        [file('', 'empty'), 'holds no statement'],
        [file('[1]', 'numbers'), 'no JSON array'],
        [file('["a",', 'broken'), 'no JSON array'],
      ] as const) {
        const ran = await run(submitCommand(), path, '--url', url, '--token', 'T');
        expect(ran.code, words).to.equal(3);
        expect(ran.err).to.contain(words);
      }
      expect(asked).to.have.length(0);
    });

    it('asks who sends when no token is given', async () => {
      const ran = await run(submitCommand(), file('a'), '--url', url);
      expect(ran).to.include({ code: 2 });
      expect(ran.err).to.contain('--party');
    });

    it('says that the gateway is down, and exits 3', async () => {
      const ran = await run(
        submitCommand(),
        file('a'),
        '--url',
        'http://127.0.0.1:1/graphql',
        '--token',
        'T',
      );
      expect(ran.code).to.equal(3);
      expect(ran.err).to.match(/no answer from the gateway .*test-network\.sh up/);
    });

    it("hands on the gateway's own refusal", async () => {
      answer = () => ({ errors: [{ message: 'busy', extensions: { code: 'OVERLOADED', next: 'Later.' } }] });
      const ran = await run(submitCommand(), file('a'), '--url', url, '--token', 'T');
      expect(ran).to.include({ code: 3, err: 'OVERLOADED: busy. Later.\n' });
    });
  });

  describe('passage trace', () => {
    const verification = {
      checks: ['data-hash', 'versions'],
      notChecked: ['a second source'],
      asOfBlock: 9,
      block: 4,
      position: 0,
      transactionId: 't',
      embedded: true,
    };
    const act = { party: 'IMP', role: 'importer', mspId: 'BusinessMSP', keyHeldBy: 'gateway' };
    const opened = {
      __typename: 'ShipmentOpened',
      id: 't/0',
      recordedAt: '2026-01-01T00:00:00.000Z',
      place: null,
      verification,
      custodian: 'CAR',
      act,
    };
    const seen = {
      ...opened,
      __typename: 'Observation',
      statementId: 's',
      seq: 1,
      eventTime: '2026-01-02T00:00:00.000Z',
      bizStep: 'vehicle_inspecting',
      place: { id: 'x#KRPUS', unlocode: 'KRPUS' },
      device: { kid: 'abcdefghijkl', kind: 'xray_scanner', owner: 'TER' },
      verification: {
        ...verification,
        checks: [...verification.checks, 'device signature of the statement'],
      },
    };
    const handed = {
      ...opened,
      __typename: 'HandoverStep',
      step: 'rejected',
      handover: { number: 1, from: 'CAR', to: 'IMP', place: 'KRPUS', reason: 'broken seal' },
    };
    const page = (nodes: object[], next: string | null) => ({
      shipment: {
        ucr: '6KRIMP-1',
        opener: 'IMP',
        importer: 'IMP',
        declarant: null,
        seller: null,
        origin: 'CN',
        departure: 'CN',
        transportMode: '1',
        openedAt: opened.recordedAt,
        goods: [{ hs: '850760', hsEdition: '2022' }],
        verification,
      },
      custody: { custodian: 'CAR', since: opened.recordedAt, verification },
      where: { id: 'x#KRPUS', unlocode: 'KRPUS' },
      seenBy: {
        nodes: [{ kid: 'abcdefghijkl', kind: 'xray_scanner', owner: 'TER', status: 'active' }],
      },
      totalCount: 3,
      pageInfo: { hasNextPage: next !== null, endCursor: next },
      edges: nodes.map((node) => ({ node })),
    });
    const pages = () => {
      answer = ({ variables }) => ({
        data: { trace: 'after' in variables ? page([handed], null) : page([opened, seen], 'c1') },
      });
    };

    it('tells the story of all pages, and claims only checks that hold for all of it', async () => {
      pages();
      const ran = await run(traceCommand(), '6KRIMP-1', '--url', url, '--token', 'T');
      expect(ran.code).to.equal(0);
      for (const words of [
        'HS 850760 (2022) from CN, departed CN by sea',
        'opened by IMP (importer, key held by gateway); CAR has the goods',
        'vehicle inspecting: xray_scanner abcdefgh… at KRPUS',
        'does not take the goods from CAR: broken seal',
        'Now with CAR',
        'Checked of every transaction above, as of block 9: data-hash; versions\n',
        'Not checked: a second source',
        'one machine holds every key',
      ]) {
        expect(ran.out).to.contain(words);
      }
    });

    it('asks for the story as known at a block', async () => {
      const asked: unknown[] = [];
      answer = ({ variables }) => {
        asked.push((variables as { asKnownAt?: number }).asKnownAt);
        return { data: { trace: page([opened, seen], null) } };
      };
      const args = ['6KRIMP-1', '--url', url, '--token', 'T'];
      expect(await run(traceCommand(), ...args, '--as-known-at', '7')).to.include({ code: 0 });
      expect(await run(traceCommand(), ...args)).to.include({ code: 0 });
      expect(asked).to.deep.equal([7, undefined]);
      expect(await run(traceCommand(), ...args, '--as-known-at', 'x')).to.include({ code: 2 });
    });

    it('prints one JSON object on demand', async () => {
      pages();
      const ran = await run(traceCommand(), '6KRIMP-1', '--url', url, '--token', 'T', '--json');
      expect(JSON.parse(ran.out)).to.have.property('events').with.length(3);
    });

    it('exits 1 when no block holds the shipment, and 2 when the UCR is none', async () => {
      answer = () => ({ data: { trace: null } });
      expect(await run(traceCommand(), '6KRIMP-1', '--url', url, '--token', 'T')).to.include({ code: 1 });
      answer = () => ({ errors: [{ message: 'no UCR', extensions: { code: 'BAD_ARGUMENT' } }] });
      expect(await run(traceCommand(), 'x', '--url', url, '--token', 'T')).to.include({ code: 2 });
    });

    it('takes the address from the profile, and a token from the local issuer', async () => {
      pages();
      const profile = { organizations: [{ name: 'customs', gateway: { url } }] };
      writeFileSync(join(dir, 'profile.json'), JSON.stringify(profile));
      expect(await run(traceCommand(), '6KRIMP-1', '--dir', dir)).to.include({ code: 0 });
      expect(decodeJwt(asked[0]?.authorization?.slice('Bearer '.length) ?? '')).to.include({
        org: 'customs',
        admin: false,
      });
      const none = await run(traceCommand(), '6KRIMP-1', '--dir', join(dir, 'none'));
      expect(none.code).to.equal(3);
      expect(none.err).to.contain('profile.json cannot be read');
    });
  });

  describe('passage token', () => {
    it('prints a token of the local issuer for the caller', async () => {
      mkdirSync(join(dir, 'state'));
      const args = ['--party', 'P', '--role', 'carrier', '--org', 'port', '--dir', join(dir, 'state')];
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
      expect(await run(tokenCommand(), '--party', 'P', '--dir', dir)).to.include({ code: 2 });
      const lost = await run(tokenCommand(), '--admin', '--dir', join(dir, 'none'));
      expect(lost.code).to.equal(2);
      expect(lost.err).to.contain('there is no folder');
    });
  });
});
