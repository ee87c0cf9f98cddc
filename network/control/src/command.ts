import { createInterface } from 'node:readline/promises';
import { Command, Option } from 'commander';
import { type Added, addOrganization } from './add-organization.js';
import { doctor } from './doctor.js';
import { down } from './down.js';
import { type Choice, heldBasePort, type NetworkKind } from './held-network.js';
import { defaultBasePort, layout, type Layout } from './layout.js';
import { memberCommand } from './member-command.js';
import { firstPort } from './options.js';
import { reset } from './reset.js';
import { gatewayHealth, status } from './status.js';
import { up } from './up.js';
import { upgrade } from './upgrade.js';

interface Where {
  readonly dir: string;
  readonly basePort?: number;
  readonly json?: boolean;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Options that say which network is meant; `demo` takes the same. */
export function withWhere(command: Command): Command {
  return command
    .option('--dir <folder>', 'folder of the running state', '.passage')
    .option(
      '--base-port <number>',
      `first of the ports (default: as the folder was started, else ${String(defaultBasePort)})`,
      firstPort,
    );
}

/** Which network was asked for on the command line. */
export interface AskedNetwork {
  readonly fabric?: boolean;
  readonly embedded?: boolean;
}

/** Options that say which network to start; `demo` takes the same. */
export function withNetwork(command: Command): Command {
  return command
    .addOption(new Option('--fabric', "start Fabric's own programs").conflicts('embedded'))
    .addOption(new Option('--embedded', 'start the embedded development network').conflicts('fabric'));
}

/** The network that {@link withNetwork}'s options name; undefined leaves the choice to `up`. */
export function askedNetwork({ fabric, embedded }: AskedNetwork): NetworkKind | undefined {
  if (fabric === true) return 'fabric';
  return embedded === true ? 'embedded' : undefined;
}

/** What kind of network it is, in one sentence, and why it was chosen. */
export function describeChoice({ network, why }: Choice): string {
  const what =
    network === 'fabric'
      ? "Fabric's own programs: four organisations on one machine, which therefore holds every organisation's key"
      : "Embedded development network: one process holds every organisation's key";
  return `${what} (${why}).`;
}

/** What was started with ports of its own choice is found there, whatever is said now. */
function found({ dir, basePort = defaultBasePort }: Where): Layout {
  return layout(dir, heldBasePort(layout(dir, basePort)) ?? basePort);
}

function upCommand(): Command {
  return withNetwork(withWhere(new Command('up')))
    .description('start what does not run; repair what died')
    .option('--faithful', 'one chaincode process for each organisation (as Fabric has anyway)')
    .option('--no-faithful', 'one chaincode process for all again')
    .option('--json', 'print one JSON object', false)
    .action(async (options: Where & AskedNetwork & { faithful?: boolean }) => {
      const say = (text: string): void => {
        if (options.json !== true) print(text);
      };
      const tell = (name: string, seconds: number): void => {
        say(`  ${name.padEnd(18)} ready after ${seconds.toFixed(1)} s`);
      };
      const network = askedNetwork(options);
      const done = await up({
        ...options,
        ...(network !== undefined && { network }),
        onChoice: (choice) => say(describeChoice(choice)),
        onReady: tell,
      });
      if (options.json === true)
        print(
          JSON.stringify({
            network: done.network,
            started: done.started,
            running: done.alreadyRunning,
            seconds: done.seconds,
          }),
        );
      else if (done.started.length === 0) print('Everything runs already.');
      else
        print(
          `Ready after ${done.seconds.toFixed(1)} s. GraphQL: http://127.0.0.1:${String(done.layout.port('customs', 'gateway'))}/graphql`,
        );
    });
}

function statusCommand(): Command {
  return withWhere(new Command('status'))
    .description('what runs, what does not')
    .option('--json', 'print one JSON object', false)
    .action(async (options: Where) => {
      const at = found(options);
      const processes = status(at);
      const gateways = await gatewayHealth(at);
      if (options.json === true) print(JSON.stringify({ processes, gateways }));
      else {
        for (const one of processes)
          print(
            `  ${one.name.padEnd(18)} ${one.state}${one.pid === undefined ? '' : ` (pid ${String(one.pid)})`}`,
          );
        for (const one of gateways)
          print(
            `  ${`${one.organization} gateway`.padEnd(18)} ${one.ready ? 'ready' : 'not ready'}: ${one.says}`,
          );
        if (processes.some((one) => one.state === 'dead'))
          print('Something died: ./test-network.sh up repairs it.');
      }
      process.exitCode =
        processes.every((one) => one.state === 'running') && gateways.every((one) => one.ready) ? 0 : 1;
    });
}

async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(question);
  terminal.close();
  return answer.trim() === 'yes';
}

function resetCommand(): Command {
  return withWhere(new Command('reset'))
    .description('stop and forget everything that was recorded')
    .option('--yes', 'do not ask', false)
    .action(async (options: Where & { yes: boolean }) => {
      const at = found(options);
      if (!options.yes && !(await confirmed(`Forget everything below ${at.dir}? Type yes: `))) {
        process.stderr.write('Nothing was removed. Say --yes where nobody can answer.\n');
        process.exitCode = 1;
        return;
      }
      await reset(at);
      print('Forgotten.');
    });
}

function upgradeCommand(): Command {
  return withWhere(new Command('upgrade'))
    .description('bring the network to the chaincode that is built: install, approve, commit, prove')
    .option(
      '--collections <file>',
      "its private collections, in place of the chaincode's own collections.json",
    )
    .option('--json', 'print one JSON object', false)
    .action(async ({ dir, json, collections }: Where & { collections?: string }) => {
      const done = await upgrade({ dir, ...(collections !== undefined && { collections }) });
      if (json === true) print(JSON.stringify(done));
      else if (done.from === done.to) print(`The network runs version ${done.to} already.`);
      else print(`Upgraded from version ${done.from} to ${done.to}.`);
    });
}

/** How many of so many BFT orderers may be faulty, and how many must sign a block (`bftQuorum` in ledger/). */
function describeOrderers(count: number): string {
  const faulty = Math.floor((count - 1) / 3);
  const quorum = Math.ceil((count + faulty + 1) / 2);
  return `${String(count)} orderers: ${String(quorum)} must sign each block, ${String(count - quorum)} may be down (${String(faulty)} may lie)`;
}

function describeAdded({ layout: at, member, mspId, orderers }: Added): string {
  const ordering =
    orderers.before === orderers.after
      ? `Ordering stays as it is: ${describeOrderers(orderers.after)}.`
      : `Ordering: before, ${describeOrderers(orderers.before)}; now, ${describeOrderers(orderers.after)}.`;
  return [
    `${member.name} (${mspId}) belongs to the channel. GraphQL: http://127.0.0.1:${String(at.port(member, 'gateway'))}/graphql`,
    'Its peer received every block from block 0 on: it reads all that is public, and of private collections the hashes only,',
    'until a collection names it as a member (docs/joining.md).',
    ordering,
  ].join('\n');
}

function addOrganizationCommand(): Command {
  return withWhere(new Command('add-organization'))
    .description('let one more organisation join the channel, such as a second customs administration')
    .argument('[name]', 'what it is called in folders and settings', 'customs2')
    .option('--msp <id>', 'its MSP id (default: from the name, as customs2 and Customs2MSP)')
    .option('--orderer', 'let it run an orderer, too; the answer says what that means for the quorum', false)
    .option('--json', 'print one JSON object', false)
    .action(async (name: string, { dir, msp, orderer, json }: Where & { msp?: string; orderer: boolean }) => {
      const tell = (process: string, seconds: number): void => {
        if (json !== true) print(`  ${process.padEnd(18)} ready after ${seconds.toFixed(1)} s`);
      };
      const added = await addOrganization({
        dir,
        name,
        ...(msp !== undefined && { mspId: msp }),
        orders: orderer,
        onReady: tell,
      });
      const { mspId, orderers, started } = added;
      print(json === true ? JSON.stringify({ name, mspId, orderers, started }) : describeAdded(added));
    });
}

function doctorCommand(): Command {
  return withWhere(new Command('doctor'))
    .description('examine everything in turn; name the first thing that is wrong')
    .action(async (options: Where) => {
      for await (const finding of doctor(found(options))) {
        print(`  ${finding.ok ? 'ok   ' : 'WRONG'} ${finding.check.padEnd(10)} ${finding.says}`);
        if (finding.mend !== undefined) {
          print(`  mend it with: ${finding.mend}`);
          process.exitCode = 1;
        }
      }
    });
}

/** `passage network …`: up, down, status, upgrade, add-organization, reset, doctor, member. `./test-network.sh` calls it. */
export function networkCommand(): Command {
  const command = new Command('network').description('start, stop and examine a network with its gateways');
  command.addCommand(upCommand());
  command.addCommand(
    withWhere(new Command('down'))
      .description('stop everything; what was recorded stays')
      .action(async (options: Where) => {
        const stopped = await down(found(options));
        print(stopped.length === 0 ? 'Nothing ran.' : `Stopped: ${stopped.join(', ')}`);
      }),
  );
  command.addCommand(statusCommand());
  command.addCommand(upgradeCommand());
  command.addCommand(addOrganizationCommand());
  command.addCommand(resetCommand());
  command.addCommand(doctorCommand());
  command.addCommand(memberCommand());
  return command;
}
