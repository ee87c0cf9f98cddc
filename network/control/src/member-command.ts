import { Command } from 'commander';

import { askMember } from './fabric.js';
import { type Layout, layout } from './layout.js';
import { hasGenesis, memberInit, memberUp } from './member-up.js';
import { firstPort } from './options.js';
import { needOwnOrganization } from './own-organization.js';
import type { StartedProcesses } from './start-missing.js';

interface Where {
  readonly dir: string;
}

interface CardSummary {
  readonly organization: string;
  readonly identityRoot: string;
  readonly tlsRoot: string;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

function printCards(cards: readonly CardSummary[]): void {
  for (const { organization, identityRoot, tlsRoot } of cards)
    print(`${organization}\n  identities ${identityRoot}\n  TLS        ${tlsRoot}`);
}

function withFolder(name: string): Command {
  return new Command(name).requiredOption('--dir <folder>', "the organisation's own folder");
}

function initCommand(): Command {
  return withFolder('init')
    .description('found the folder of one organisation: CA, identities, card')
    .requiredOption('--org <name>', 'customs, port, business or auditor')
    .requiredOption('--host <address>', 'IPv4 address or name at which its programs listen')
    .option('--base-port <number>', 'first of its ten ports', firstPort, 7400)
    .option('--second-host <address>', 'address of a second peer')
    .action(async ({ dir, ...founding }: Where & Parameters<typeof memberInit>[1]) => {
      print(`Card for the others: ${await memberInit(dir, founding)}`);
      printCards((await askMember(layout(dir, 0), 'member-cards')) as CardSummary[]);
    });
}

function addCommand(): Command {
  return withFolder('add')
    .description("take the others' cards; compare the fingerprints with them by another way")
    .argument('<card...>', "files that the others' init has written")
    .action(async (files: readonly string[], { dir }: Where) => {
      printCards((await askMember(layout(dir, 0), 'member-add', files)) as CardSummary[]);
    });
}

function genesisCommand(): Command {
  return withFolder('genesis')
    .description("make the channel's genesis block, or take another's if it says what we would say")
    .option('--from <file>', "another organisation's genesis.block")
    .action(async ({ dir, from }: Where & { from?: string }) => {
      const args = from === undefined ? [] : ['--from', from];
      const { genesisHash, file } = (await askMember(layout(dir, 0), 'member-genesis', args)) as {
        readonly genesisHash: string;
        readonly file: string;
      };
      print(`${file}\n  hash ${genesisHash}`);
    });
}

/** What came of `up`, in one sentence. */
function outcome(at: Layout, { started }: StartedProcesses): string {
  const { name } = needOwnOrganization(at);
  if (!hasGenesis(at)) return `The CA of ${name} runs; the channel has no genesis block here yet.`;
  return started.length === 0 ? `All of ${name} runs already.` : `${name} is ready.`;
}

function upCommand(): Command {
  return withFolder('up')
    .description('start what does not run of the organisation; join, approve, and at customs commit')
    .option('--json', 'print one JSON object', false)
    .action(async ({ dir, json }: Where & { json: boolean }) => {
      const done = await memberUp(dir, (name) => {
        if (!json) print(`  ${name.padEnd(20)} ready`);
      });
      if (json) print(JSON.stringify(done));
      else print(outcome(layout(dir, 0), done));
    });
}

/** `passage network member …`: what one organisation does with its own keys (docs/operations.md). */
export function memberCommand(): Command {
  const command = new Command('member').description(
    "one organisation's own part of a network on Fabric's programs",
  );
  for (const one of [initCommand(), addCommand(), genesisCommand(), upCommand()]) command.addCommand(one);
  return command;
}
