import type { Caller } from '../auth/caller.js';
import type { PartyReader } from '../index/party-reader.js';
import { recordedLedger } from '../recorded-ledger.js';
import type { StateValues } from '../recorded-ledger.js';
import { sightOf } from './sight.js';
import type { Sight } from './sight.js';

/** How many callers are remembered from one block to the next. */
const MOST_CALLERS = 1_000;

/** Says what callers may see, by what the ledger has of their organisations and parties. */
export class CallersSight {
  readonly #mspIds: ReadonlyMap<string, string>;
  readonly #state: StateValues;
  readonly #parties: Pick<PartyReader, 'party'>;
  #known: { readonly block: number; readonly sights: Map<string, Sight> } = { block: -1, sights: new Map() };

  constructor(parts: {
    readonly organizations: readonly { readonly name: string; readonly mspId: string }[];
    readonly state: StateValues;
    readonly parties: Pick<PartyReader, 'party'>;
  }) {
    this.#mspIds = new Map(parts.organizations.map(({ name, mspId }) => [name, mspId]));
    this.#state = parts.state;
    this.#parties = parts.parties;
  }

  /** What the index says now; at a block that it has, it is asked once for each caller. */
  async of(caller: Caller, block?: number): Promise<Sight> {
    if (block === undefined) return this.#read(caller);
    if (block !== this.#known.block) this.#known = { block, sights: new Map() };
    const { sights } = this.#known;
    const { org, party, role } = caller;
    const name = JSON.stringify([org, party, role]);
    const known = sights.get(name);
    if (known !== undefined) return known;
    const sight = await this.#read(caller);
    if (sights.size < MOST_CALLERS) sights.set(name, sight);
    return sight;
  }

  async #read(caller: Caller): Promise<Sight> {
    const mspId = this.#mspIds.get(caller.org);
    const registered = caller.party === undefined ? undefined : await this.#parties.party(caller.party);
    return sightOf(caller, {
      ...(mspId !== undefined && { mspId }),
      ...(registered && { partyMspId: registered.msp_id }),
      roles: (await recordedLedger(this.#state))?.roles ?? {},
    });
  }
}
