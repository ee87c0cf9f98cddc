import { once } from 'node:events';
import { relative } from 'node:path';
import {
  askedNetwork,
  type AskedNetwork,
  describeChoice,
  down,
  withNetwork,
  withWhere,
} from '@passage/network-control';
import { Command, InvalidArgumentError } from 'commander';
import { gatewayUrl } from './callers.js';
import { type DemoOptions, type DemoResult, runDemo } from './run.js';
import { steps } from './steps.js';

interface Options extends DemoOptions, AskedNetwork {
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
function suggestions({ layout: at, files, summary }: DemoResult): readonly string[] {
  const here = (path: string): string => relative(process.cwd(), path) || '.';
  const dir = `--dir ${here(at.dir)}`;
  const url = gatewayUrl(at, 'customs');
  const query = `{ trace(ucr: \\"${summary.trace.ucr}\\") { custody { custodian } totalCount } }`;
  return [
    `GraphQL: customs ${url}, port ${gatewayUrl(at, 'port')}, business ${gatewayUrl(at, 'business')}`,
    'Try next:',
    `  curl -s ${url} -H 'content-type: application/json' -H "authorization: Bearer $(npx passage token ${dir} --org customs --admin)" -d '{"query":"${query}"}'`,
    `  npx passage submit ${here(files.statements)} ${dir} --party CARRIER-SEA --role carrier   # the same again: every one is a duplicate`,
    `  npx passage replay ${dir}`,
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
  return withNetwork(withWhere(new Command('demo')))
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
      const network = askedNetwork(options);
      const result = await runDemo(
        {
          ...options,
          ...(network !== undefined && { network }),
          onChoice: (choice) => write(`Passage demo. ${describeChoice(choice)}`),
        },
        steps(write, began),
      );
      const { layout: at, startedNetwork, summary } = result;
      suggestions(result).forEach(write);
      if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
      if (!options.once) {
        // Listen first: whoever reads the line may press the keys at once.
        const stopping = untilStopped();
        write('It stays up until Ctrl-C.');
        await stopping;
      }
      if (startedNetwork) {
        const stopped = await down(at);
        write(
          `Stopped: ${stopped.join(', ')}. What was recorded stays in ${at.dir}; ./test-network.sh reset forgets it.`,
        );
      }
    });
}
