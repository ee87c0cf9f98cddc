import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Command } from 'commander';

/** What a command said, and its exit code. */
interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

/** Runs a subcommand in this process, with its output kept. */
export async function run(command: Command, ...args: string[]): Promise<Ran> {
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
/** What a test of a command has: a folder, and a gateway that answers as the test says and keeps what it was asked. */
interface CommandStage {
  readonly dir: string;
  readonly url: string;
  readonly asked: { authorization: string | undefined; variables: { input: { statements: string[] } } }[];
  answer: (body: { query: string; variables: Record<string, never> }) => unknown;
}

/** A stage of its own for each test of the suite that calls this. */
export function commandStage(): CommandStage {
  const asked: CommandStage['asked'] = [];
  const stage = { dir: '', url: '', asked, answer: (): unknown => undefined } as {
    -readonly [Member in keyof CommandStage]: CommandStage[Member];
  };
  let server: Server;

  beforeEach(async () => {
    stage.dir = mkdtempSync(join(tmpdir(), 'passage-commands-'));
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
        response.end(JSON.stringify(stage.answer(body)));
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    stage.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/graphql`;
  });
  afterEach(() => {
    server.close();
    rmSync(stage.dir, { recursive: true, force: true });
  });
  return stage;
}
