import { LIFECYCLE_NAMESPACE } from '@passage/ledger';
import type { RawBlock, StateReader, VerifiedBlock } from '@passage/ledger';
import type { AuditDifference, RerunCounts } from '../report.js';
import { compareResults, type Unlike } from './compare-results.js';
import type { Openings } from './openings.js';
import type { Packages } from './packages.js';
import type { SavedEntry } from '../resume/saved-entries.js';
import { PrivateValues } from './private-values.js';
import { endorsersOf, type Recorded, recordedIn } from './recorded.js';
import { TransactionRun } from './transaction-run.js';

type Outcome =
  | { readonly kind: 'rerun'; readonly unlike: Unlike | undefined }
  | { readonly kind: 'byHashes' }
  | { readonly kind: 'notRerun'; readonly why: string };

const NO_INPUTS: ReadonlyMap<string, Uint8Array> = new Map();

/**
 * Runs the chaincode again: each valid transaction, in the order of the chain, over the state before its block, which is what it
 * read when it was endorsed, or it would not be valid. With its arguments, creator and timestamp it must come to the very
 * bytes that its endorsers signed. Endorsers who agree on something else than the chaincode does are found by nothing but this.
 */
export class Rerun {
  readonly #packages: Packages;
  readonly #openings: Openings;
  readonly #state: StateReader;
  readonly #private: PrivateValues;
  readonly #counts = { rerun: 0, byHashes: 0 };
  readonly #notRerun = new Map<string, number>();

  /** @param state the world state as replay derives it */
  constructor(state: StateReader, packages: Packages, openings: Openings = new Map()) {
    this.#state = state;
    this.#private = new PrivateValues(state);
    this.#packages = packages;
    this.#openings = openings;
  }

  get counts(): RerunCounts {
    return { ...this.#counts, notRerun: Object.fromEntries(this.#notRerun) };
  }

  /** The private values that were opened so far. */
  saved(): Iterable<SavedEntry> {
    return this.#private.saved();
  }

  restore(opened: SavedEntry): void {
    this.#private.restore(opened);
  }

  /** Goes on counting from here. */
  restoreCounts({ rerun, byHashes, notRerun }: RerunCounts): void {
    Object.assign(this.#counts, { rerun, byHashes });
    for (const [why, count] of Object.entries(notRerun)) this.#notRerun.set(why, count);
  }

  /** Runs what a block holds; to be called before its updates are applied. @throws AuditError PACKAGE_UNUSABLE */
  async take(block: RawBlock, { verdict, head }: VerifiedBlock): Promise<readonly AuditDifference[]> {
    const differences: AuditDifference[] = [];
    for (const recorded of recordedIn(block, verdict.transactions, head.config)) {
      const outcome = await this.#rerun(recorded);
      this.#count(outcome);
      if (outcome.kind === 'rerun' && outcome.unlike !== undefined)
        differences.push(differenceOf(recorded, outcome.unlike));
    }
    return differences;
  }

  #count(outcome: Outcome): void {
    if (outcome.kind === 'notRerun')
      this.#notRerun.set(outcome.why, (this.#notRerun.get(outcome.why) ?? 0) + 1);
    else this.#counts[outcome.kind] += 1;
  }

  async #rerun(recorded: Recorded): Promise<Outcome> {
    if (recorded.chaincode === LIFECYCLE_NAMESPACE)
      return { kind: 'notRerun', why: `${LIFECYCLE_NAMESPACE} is Fabric's own` };
    const ran = await new TransactionRun(recorded, {
      state: this.#state,
      privateState: this.#private,
      packages: this.#packages,
      inputs: this.#openings.get(recorded.txId) ?? NO_INPUTS,
    }).run();
    const lacksValue = this.#private.takeLack();
    if (typeof ran === 'string') return { kind: 'notRerun', why: ran };
    if (ran.lacksTransient || lacksValue) return { kind: 'byHashes' };
    const unlike = compareResults(recorded, ran.publicBytes, ran);
    if (unlike === undefined && ran.privateBytes !== undefined)
      this.#private.keep(ran.privateBytes, recorded.version);
    return { kind: 'rerun', unlike };
  }
}

function differenceOf(recorded: Recorded, { expected, found }: Unlike): AuditDifference {
  const { block, tx: transaction } = recorded.version;
  const endorsed = `${found}, endorsed by ${endorsersOf(recorded)}`;
  return { block, transaction, check: 'rerun', expected, found: endorsed };
}
