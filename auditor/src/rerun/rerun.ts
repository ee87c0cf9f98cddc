import { LIFECYCLE_NAMESPACE, readDefinition } from '@passage/ledger';
import type { ChaincodeDefinition, RawBlock, StateReader, VerifiedBlock } from '@passage/ledger';
import { CollectionAccess, MessageType, messageTypeName, Simulation } from '@passage/ledger/simulation';
import type { AuditDifference, RerunCounts } from '../report.js';
import type { CallOutcome, ChaincodeProcess } from './chaincode-process.js';
import { compareResults, type Unlike } from './compare-results.js';
import type { Openings } from './openings.js';
import type { Packages } from './packages.js';
import type { SavedEntry } from '../resume/saved-entries.js';
import { PrivateValues } from './private-values.js';
import { callOf, endorsersOf, type Recorded, recordedIn } from './recorded.js';

type Outcome =
  | { readonly kind: 'rerun'; readonly unlike: Unlike | undefined }
  | { readonly kind: 'byHashes' }
  | { readonly kind: 'notRerun'; readonly why: string };

/** What the shim may ask of a peer, and a replay cannot answer. */
const UNANSWERED: readonly number[] = [MessageType.INVOKE_CHAINCODE, MessageType.GET_HISTORY_FOR_KEY];

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
    const { chaincode, config } = recorded;
    if (chaincode === LIFECYCLE_NAMESPACE) return notRerun(`${chaincode} is Fabric's own`);
    const definition = readDefinition(this.#state, chaincode);
    if (definition === undefined) return notRerun(`${chaincode} is no chaincode of a definition`);
    const running = this.#packages.find(this.#state, chaincode, definition, config.msps.mspIds);
    if (running === undefined) {
      const { sequence, version } = definition;
      return notRerun(`no package given for ${chaincode}, sequence ${String(sequence)}, version ${version}`);
    }
    return this.#runOn(await running, recorded, this.#simulation(recorded, definition));
  }

  async #runOn(running: ChaincodeProcess, recorded: Recorded, simulation: Simulation): Promise<Outcome> {
    const inputs = this.#openings.get(recorded.txId) ?? NO_INPUTS;
    let unanswered: string | undefined;
    const outcome: CallOutcome = await running.execute({
      ...callOf(recorded, inputs),
      answer: (type, payload) => {
        if (UNANSWERED.includes(type)) unanswered = messageTypeName(type);
        return simulation.answer(type, payload);
      },
    });
    const lacksValue = this.#private.takeLack();
    if (unanswered !== undefined) return notRerun(`the chaincode asks for ${unanswered}`);
    if (outcome.lacksTransient || lacksValue) return { kind: 'byHashes' };
    const results = simulation.results();
    const unlike = compareResults(recorded, results.publicBytes, outcome);
    if (unlike === undefined && results.privateBytes !== undefined)
      this.#private.keep(results.privateBytes, recorded.version);
    return { kind: 'rerun', unlike };
  }

  #simulation({ chaincode, txId, creator, config }: Recorded, definition: ChaincodeDefinition): Simulation {
    const { channelId: channel, msps } = config;
    const client = msps.findIdentity(creator) ?? { satisfies: () => false };
    const collections = new CollectionAccess({
      channel,
      chaincode,
      definition,
      client,
      mspIds: msps.mspIds,
    });
    const ledger = { state: this.#state, history: () => [] };
    return new Simulation({ ledger, privateState: this.#private, collections, channel, chaincode, txId });
  }
}

function notRerun(why: string): Outcome {
  return { kind: 'notRerun', why };
}

function differenceOf(recorded: Recorded, { expected, found }: Unlike): AuditDifference {
  const { block, tx: transaction } = recorded.version;
  const endorsed = `${found}, endorsed by ${endorsersOf(recorded)}`;
  return { block, transaction, check: 'rerun', expected, found: endorsed };
}
