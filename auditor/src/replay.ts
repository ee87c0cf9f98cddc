import { AuditError } from './errors.js';
import { ReplayRun } from './replay-run.js';
import { SeveralSources } from './compare/several-sources.js';
import { lookForPartings } from './resume/parting.js';
import { SavedReplay } from './resume/saved-replay.js';
import { readAhead, type ReadAhead } from './source/read-ahead.js';
import { sourceFailure } from './source/source-failure.js';
import type { ChannelConfig, RawBlock } from '@passage/ledger';
import type { ReplayReport } from './report.js';
import type { Ending } from './replay-run.js';
import { chaincodeOf, isLookedAhead, levelOf, type ReplayOptions } from './replay-options.js';
import type { BlockSource } from './source/block-source.js';

/**
 * Judges a chain from its first block on, or from where a saved state has come to, trusting nothing but the genesis hash: no
 * flag and no hash that a peer wrote enters the result, they are only compared with it. Other sources (`beside`) are held against
 * the first as it is read.
 *
 * @throws AuditError where no source can be read to its end and nothing differed before (a chain that differs does so
 *   whatever the rest may hold); SOURCE_NOT_FOUND if it holds no block at all; STATE_* where the saved state is not what was
 *   saved, or cannot be.
 */
export async function replay(source: BlockSource, options: ReplayOptions): Promise<ReplayReport> {
  const { beside = [] } = options;
  const run = new ReplayRun(options);
  const saved = options.state && SavedReplay.open(options.state, options, run);
  const { signatures = 'together' } = options;
  const ahead = isLookedAhead(options)
    ? readAhead(source, options.threads, levelOf(options), { chaincode: chaincodeOf(options), signatures })
    : undefined;
  try {
    return await judge([source, ...beside], options, { run, saved, ahead });
  } finally {
    saved?.abandon();
    await ahead?.close();
  }
}

/** What one replay works with. */
interface Work {
  readonly run: ReplayRun;
  /** Where the state is kept. */
  readonly saved: SavedReplay | undefined;
  /** The first source, where threads look at its blocks ahead. */
  readonly ahead: ReadAhead | undefined;
}

async function judge(
  sources: readonly [BlockSource, ...BlockSource[]],
  options: ReplayOptions,
  { run, saved, ahead }: Work,
): Promise<ReplayReport> {
  const start = run.blocks;
  const [first, ...beside] = sources;
  const main = ahead?.source ?? first;
  const several = beside.length > 0 ? new SeveralSources([main, ...beside]) : undefined;
  const source = several ?? main;
  const report = (ending: Ending): ReplayReport =>
    run.report(source.description, {
      ...ending,
      ...(start > 0 && { resumedFrom: start }),
      ...(saved?.givenLate && { givenLate: saved.givenLate }),
      ...(several && { sources: several.standings }),
    });
  const parting = saved && run.head && (await lookForPartings(sources, saved, run.head));
  if (parting) {
    run.differences.push(parting.difference);
    return report({ complete: false, parting });
  }
  inform(ahead, run);
  const ending = await takeAll(source, options, run, (block, config) => {
    inform(ahead, run);
    saved?.keep(block);
    if (several) run.takeSources(several.holders.length, several.compare(config));
  });
  if (run.blocks === 0) {
    throw new AuditError(
      'SOURCE_NOT_FOUND',
      `${source.description} holds no block: give --from a file that does`,
    );
  }
  const digest = run.differences.length === 0 ? saved?.save(run) : undefined;
  return report({ ...ending, ...(digest !== undefined && { stateDigest: digest }) });
}

/** Tells the threads whose signatures to look for from here on. */
function inform(ahead: ReadAhead | undefined, run: ReplayRun): void {
  if (ahead === undefined) return;
  if (run.head) ahead.look(run.head.config.consenters);
  ahead.know(run.newDevices());
}

/**
 * Takes one block after another, to the end of the source, or to the first difference where not all are asked for.
 *
 * @param taken is told each block, with the configuration in force before it
 */
async function takeAll(
  source: BlockSource,
  { all, onProgress, rerun }: ReplayOptions,
  run: ReplayRun,
  taken: (block: RawBlock, config: ChannelConfig | undefined) => void,
): Promise<Ending> {
  try {
    for await (const { block, progress, facts, free } of source.blocks(run.blocks)) {
      const config = run.head?.config;
      await run.take(block, facts);
      taken(block, config);
      if (free !== undefined && isDoneWith(config, run, rerun)) free();
      onProgress?.({ blocks: run.blocks, transactions: run.transactions, done: progress });
      const goesOn = run.differences.length === 0 || (all === true && run.head !== undefined);
      if (!goesOn) return { complete: false };
    }
    return { complete: true };
  } catch (error) {
    const failure = sourceFailure(source.description, error);
    if (!(failure instanceof AuditError) || run.differences.length === 0) throw failure;
    return { complete: false, brokenOff: `${failure.code}: ${failure.message}` };
  }
}

/** Whether nobody needs the bytes of the last block: a configuration stays as it stands there, and what runs again may keep what it got. */
function isDoneWith(
  before: ChannelConfig | undefined,
  { head }: ReplayRun,
  rerun: ReplayOptions['rerun'],
): boolean {
  return rerun === undefined && head?.config === before;
}
