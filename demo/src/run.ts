import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTrustFile } from '@passage/auditor';
import { simulate, type SimulationFiles, simulationFiles, writeSimulation } from '@passage/devices';
import { type Choice, type Layout, type NetworkKind, up } from '@passage/network-control';
import { auditUpTo, ledgerStatus } from './audit.js';
import { attemptForgeries, attemptOnStoredBlock } from './attempts.js';
import { type Callers, openCallers } from './callers.js';
import { control, scanOf } from './control.js';
import {
  collectParties,
  type Declaration,
  DeclarationError,
  readDeclarations,
  ucrOf,
} from './declarations/index.js';
import { inParallel } from './in-parallel.js';
import { deliver, discharge, open } from './journey.js';
import { type Directory, directoryOf, registerDevices, registerParties, width } from './register.js';
import { add, sendStatements } from './send-statements.js';
import type { Steps } from './steps.js';
import { readStory, tellStory } from './story.js';
import type { Summary } from './summary.js';
import { consignmentOf } from './voyage/index.js';

/** A dozen declarations that we wrote ourselves: every way of travelling, and the odd rows. */
const sample = fileURLToPath(new URL('../data/sample-declarations.csv', import.meta.url));

export interface DemoOptions {
  readonly dir: string;
  readonly basePort?: number;
  /** Which network; without it the one that the folder holds, else Fabric where its programs are found. */
  readonly network?: NetworkKind;
  /** Told which network it is, and why. */
  readonly onChoice?: (choice: Choice) => void;
  readonly declarations?: string;
  /** Read at most so many declarations. */
  readonly limit?: number;
}

/** What the demo leaves running, and what it has to say. */
export interface DemoResult {
  readonly layout: Layout;
  /** Whether this run started the network, and so stops it. */
  readonly startedNetwork: boolean;
  /** What the devices signed, and the openings of their commitments, which stay off the ledger. */
  readonly files: SimulationFiles;
  readonly summary: Summary;
}

/**
 * The simulator's seed follows from the declarations: the same file gives the same signed statements, which are then known
 * to the ledger already; another file gives other devices.
 */
function seedOf(declarations: readonly Declaration[]): string {
  return createHash('sha256').update(JSON.stringify(declarations)).digest('hex').slice(0, 16);
}

/** A shipment by sea shows the most devices; any other will do. */
function shown([first, ...others]: readonly [Declaration, ...Declaration[]]): Declaration {
  return [first, ...others].find(({ transportMode }) => transportMode === '1') ?? first;
}

/** @throws DeclarationError also when there is no declaration at all: the demo would have nothing to tell. */
async function readAll(path: string, limit?: number): Promise<[Declaration, ...Declaration[]]> {
  const read: Declaration[] = [];
  for await (const declaration of readDeclarations(path, limit)) read.push(declaration);
  const [first, ...others] = read;
  if (first === undefined) throw new DeclarationError('DECLARATIONS_NONE', `${path} holds no declaration.`);
  return [first, ...others];
}

/** The newest block that gateways of parties have verified: what they have acknowledged stands up to there. */
async function newestBlock(callers: Callers, directory: Directory): Promise<number> {
  const query = 'query { ledgerStatus { indexedBlock } }';
  const hosts = new Set([...directory.values()].map(({ host }) => host));
  const blocks = [...hosts].map(async (host) => {
    const { ledgerStatus } = await callers.admin(host)<{ ledgerStatus: { indexedBlock: number } }>(query);
    return ledgerStatus.indexedBlock;
  });
  return Math.max(...(await Promise.all(blocks)));
}

/** The whole story: start, register, travel, sign, trace, attempts, audit. */
export async function runDemo(options: DemoOptions, { step, tell, seconds }: Steps): Promise<DemoResult> {
  const declarations = await step('read the declarations', async (say) => {
    const read = await readAll(options.declarations ?? sample, options.limit);
    say(`${String(read.length)} of them, one shipment each`);
    return read;
  });
  const started = await step('start network, chaincode and gateways', async (say) => {
    const done = await up(options);
    say(done.started.length === 0 ? 'all of them run already' : done.started.join(', '));
    return done;
  });
  const ready = seconds();
  const at = started.layout;
  const genesisHash = readTrustFile(at.trust);
  const callers = await openCallers(at);

  const scratch = join(at.dir, 'demo');
  mkdirSync(scratch, { recursive: true });
  const files = simulationFiles(join(scratch, 'statements.jws'));
  const parties = collectParties(declarations);
  const directory = directoryOf(parties);
  await step('register the parties', async (say) => {
    say(`${String(await registerParties(callers, parties))} new of ${String(parties.length)}`);
  });
  const simulation = await step('send the devices on their way', async (say) => {
    const made = simulate(declarations.map(consignmentOf), { seed: seedOf(declarations), aud: genesisHash });
    writeSimulation(made, files);
    say(`${String(made.statements.length)} statements signed by ${String(made.devices.length)} devices`);
    return Promise.resolve(made);
  });
  await step('register the devices', async (say) => {
    say(
      `${String(await registerDevices(callers, directory, simulation.devices))} new, each with proof of its key`,
    );
  });
  const opened = await step('open the shipments', () =>
    inParallel(declarations, width, async (declaration) => ({
      declaration,
      block: await open(callers, declaration),
    })),
  );
  const [tally, landed] = await step(
    'bring them to the terminals, record what the devices signed',
    async (say) => {
      const done = await Promise.all([
        sendStatements(callers, directory, simulation),
        inParallel(opened, width, async ({ declaration, block }) => ({
          declaration,
          block: await discharge(callers, declaration, block),
        })),
      ]);
      say(`${String(done[0].accepted)} statements accepted`);
      return done;
    },
  );
  const chosen = shown(declarations);
  const ucr = ucrOf(chosen);
  const released = await step('customs looks into one of them: declared, scanned, released', async () =>
    control(callers, chosen, scanOf(simulation, ucr), await newestBlock(callers, directory)),
  );
  await step('hand them over to the importers', () =>
    inParallel(landed, width, ({ declaration, block }) =>
      deliver(callers, declaration, declaration === chosen ? released : block),
    ),
  );

  const story = await step('ask the customs gateway for one shipment', async () =>
    readStory(callers.admin('customs'), ucr, await newestBlock(callers, directory)),
  );
  const firstTrace = seconds();
  tell('');
  tellStory(story).forEach(tell);
  tell('');

  const forgeries = await attemptForgeries({ callers, directory, simulation });
  for (const { what, stoppedBy } of forgeries) tell(`  refused: ${what}: ${stoppedBy}`);
  const caught = await attemptOnStoredBlock({ blocks: started.blocks, scratch }, ucr, genesisHash);
  tell(`  caught:  a stored block edited on disk: ${caught}`);
  tell('');

  const newest = await newestBlock(callers, directory);
  const { network, height } = await ledgerStatus(callers.admin('customs'), newest);
  const report = await step('replay the ledger as the auditor', async (say) => {
    const done = await auditUpTo(height, at.profile, genesisHash);
    say(
      `${String(done.blocks)} blocks, ${String(done.transactions)} transactions, ${String(done.differences.length)} differences`,
    );
    return done;
  });

  return {
    layout: at,
    startedNetwork: started.alreadyRunning.length === 0,
    files,
    summary: {
      network,
      height,
      shipments: declarations.length,
      devices: simulation.devices.length,
      parties: parties.length,
      statements: add([tally, ...forgeries.map((forgery) => forgery.tally)]),
      trace: { ucr, events: story.totalCount, custodian: story.custody.custodian },
      verification: { checks: story.verification.checks, asOfBlock: story.verification.asOfBlock },
      attempts: [
        ...forgeries.map(({ what, stoppedBy }) => ({ what, stoppedBy })),
        { what: 'a stored block edited on disk', stoppedBy: caught },
      ],
      audit: {
        blocks: report.blocks,
        transactions: report.transactions,
        differences: report.differences.length,
      },
      seconds: { install: installSeconds(), ready, firstTrace, total: seconds() },
    },
  };
}

/** How long the bootstrap took to install what was missing; 0 when the demo was started without it. */
function installSeconds(): number {
  return Number(process.env.PASSAGE_INSTALL_SECONDS ?? '0');
}
