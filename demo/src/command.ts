import { once } from 'node:events';
import { relative } from 'node:path';
import { down, type Layout, withWhere } from '@passage/network-control';
import { Command, InvalidArgumentError } from 'commander';
import { gatewayUrl } from './callers.js';
import { type DemoOptions, runDemo } from './run.js';
import { steps } from './steps.js';

interface Options extends DemoOptions {
  readonly once: boolean;
  readonly json: boolean;
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('say a whole number from 1 up.');
  return value;
}

/** Addresses to open and three commands to try, ready to be pasted. */
function suggestions(at: Layout, ucr: string): readonly string[] {
  const dir = relative(process.cwd(), at.dir) || '.';
  const url = gatewayUrl(at, 'customs');
  const query = `{ trace(ucr: \\"${ucr}\\") { custody { custodian } totalCount } }`;
  return [
    `GraphQL: customs ${url}, port ${gatewayUrl(at, 'port')}, business ${gatewayUrl(at, 'business')}`,
    'Try next:',
    `  curl -s ${url} -H 'content-type: application/json' -H "authorization: Bearer $(npx passage token --dir ${dir} --org customs --admin)" -d '{"query":"${query}"}'`,
    `  npx passage simulate --trust ${dir}/trust.json --shipments 1 --out strangers.jsonl && npx passage submit strangers.jsonl --url ${gatewayUrl(at, 'port')} --token "$(npx passage token --dir ${dir} --org port --admin)"`,
    `  npx passage replay --dir ${dir}`,
  ];
}

/** Waits for Ctrl-C or a plain kill. */
async function untilStopped(): Promise<void> {
  const keepAlive = setInterval(() => undefined, 1 << 30);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  clearInterval(keepAlive);
}

/** `passage demo`: the main job from nothing to a verified trace, as a story. */
export function demoCommand(): Command {
  return withWhere(new Command('demo'))
    .description('start everything, do the main job, show the result')
    .option(
      '--declarations <file>',
      'import declarations as CSV, also gzipped (default: a small sample of our own)',
    )
    .option('--limit <number>', 'read at most so many declarations', positive)
    .option('--once', 'end after the story', false)
    .option('--json', 'print one JSON object as the last line; the story goes to standard error', false)
    .action(async (options: Options) => {
      const write = (line: string): void =>
        void (options.json ? process.stderr : process.stdout).write(`${line}\n`);
      const began = performance.now() - Number(process.env.PASSAGE_BOOTSTRAP_SECONDS ?? '0') * 1000;
      write('Passage demo. Embedded development network: one process holds every organisation’s key.');
      const { layout: at, startedNetwork, summary } = await runDemo(options, steps(write, began));
      suggestions(at, summary.trace.ucr).forEach(write);
      if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
      if (!options.once) {
        write('It stays up until Ctrl-C.');
        await untilStopped();
      }
      if (startedNetwork) {
        const stopped = await down(at);
        write(
          `Stopped: ${stopped.join(', ')}. What was recorded stays in ${at.dir}; ./test-network.sh reset forgets it.`,
        );
      }
    });
}
