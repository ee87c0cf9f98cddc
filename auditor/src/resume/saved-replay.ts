import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '@passage/ledger';
import { AuditError, messageOf } from '../errors.js';
import { levelOf, type ReplayOptions } from '../replay-options.js';
import type { ReplayRun } from '../replay-run.js';
import { programVersion } from '../version.js';
import { altered, atState, DigestWriter, linesOf, verifyDigest } from './digest-file.js';
import { type GivenLate, givenLate, missing, openingHashes } from './given.js';
import { signedHeader, type SignedHeader } from './signed-header.js';
import type { RawBlock } from '@passage/ledger';
import type { SavedLine, SavedTitle } from './saved-entries.js';

/** Name of the file in the folder of `--state`. */
const FILE = 'replay.jsonl';

/**
 * What one replay leaves for the next: a file with the signed header of every block, and the state behind the last. It is hashed
 * anew before it is used. The next one is written beside it while blocks are judged, and takes its place at the end, if nothing
 * differed.
 */
export class SavedReplay {
  readonly #path: string;
  readonly #writer: DigestWriter;
  #ended = false;
  #givenLate: GivenLate | undefined;

  private constructor(path: string, title: SavedTitle) {
    this.#path = path;
    this.#writer = new DigestWriter(path);
    this.#line({ title });
  }

  /**
   * Opens the folder, and restores what is there into the run.
   *
   * @throws AuditError STATE_ALTERED, STATE_OF_ANOTHER, STATE_UNWRITABLE
   */
  static open(
    { folder, expected }: NonNullable<ReplayOptions['state']>,
    options: ReplayOptions,
    run: ReplayRun,
  ): SavedReplay {
    atState(folder, () => mkdirSync(folder, { recursive: true }));
    const path = join(folder, FILE);
    const there = existsSync(path);
    if (!there && expected !== undefined) throw altered(path, 'it is not there');
    if (there) atState(path, () => verifyDigest(path, expected));
    const title = titleOf(options);
    const saved = new SavedReplay(path, title);
    if (there) saved.#restore(title, run);
    return saved;
  }

  /** What earlier runs would have needed, and was not given to them. */
  get givenLate(): GivenLate | undefined {
    return this.#givenLate;
  }

  /** The signed headers of the blocks that were judged before, from block 0 on. */
  *headers(): Generator<SignedHeader> {
    for (const line of linesOf(this.#path) as Generator<SavedLine>) if ('header' in line) yield line.header;
  }

  /** Notes a block that was judged. */
  keep(block: RawBlock): void {
    this.#line({ header: signedHeader(block) });
  }

  /** Puts what the run has come to in the place of what was there; gives its SHA-256. @throws AuditError STATE_UNWRITABLE */
  save(run: ReplayRun): string {
    for (const line of run.saved()) this.#line(line);
    const digest = this.#writer.finish();
    this.#ended = true;
    return digest;
  }

  /** Leaves what was there before, unless something new was saved. */
  abandon(): void {
    if (!this.#ended) this.#writer.abandon();
    this.#ended = true;
  }

  #restore(title: SavedTitle, run: ReplayRun): void {
    try {
      const before = this.#restoreLines(title, run);
      this.#givenLate = givenLate(before, title, (txId) => run.knows(txId));
    } catch (error) {
      this.abandon();
      if (error instanceof AuditError) throw error;
      // Its hash was right, so whoever wrote these lines was not this program, whatever it is that cannot be made of them.
      throw altered(this.#path, `it does not read as what a run has saved: ${messageOf(error)}`);
    }
  }

  /** Takes over the lines that were saved; gives their title. @throws Error of any kind where they are not what was saved */
  #restoreLines(title: SavedTitle, run: ReplayRun): SavedTitle {
    let before: SavedTitle | undefined;
    let last: SignedHeader | undefined;
    for (const line of linesOf(this.#path) as Generator<SavedLine>) {
      if ('title' in line) before = requireSame(this.#path, line.title, title);
      else if (before === undefined) throw new TypeError('it does not begin with its title');
      else if ('header' in line) this.#line({ header: (last = line.header) });
      else run.restore(line);
    }
    if (before === undefined || run.head === undefined) throw new TypeError('it ends before the state');
    if (last?.headerHash !== toHex(run.head.headerHash))
      throw new TypeError('its last header is of another block');
    return before;
  }

  #line(line: SavedLine): void {
    this.#writer.line(line);
  }
}

function titleOf(options: ReplayOptions): SavedTitle {
  const { genesisHash, chaincode = 'passage', rerun } = options;
  return {
    format: 'passage-replay-2',
    version: programVersion(),
    genesisHash,
    level: levelOf(options),
    chaincode,
    packages: [...(rerun?.packages.given ?? [])].sort(),
    openings: rerun?.openings === undefined ? [] : openingHashes(rerun.openings),
  };
}

/** Gives the saved title, if it is that of the same replay. @throws AuditError STATE_OF_ANOTHER */
function requireSame(path: string, saved: SavedTitle, asked: SavedTitle): SavedTitle {
  const members = (['format', 'version', 'genesisHash', 'level', 'chaincode'] as const).filter(
    (member) => saved[member] !== asked[member],
  );
  const words = [
    ...members.map((member) => `${member} ${saved[member]}, not ${asked[member]}`),
    ...(members.length > 0 ? [] : missing(saved, asked)),
  ];
  if (words.length === 0) return saved;
  throw new AuditError(
    'STATE_OF_ANOTHER',
    `the saved state ${path} is of another replay (${words.join('; ')}): give the same options, or another --state`,
  );
}
