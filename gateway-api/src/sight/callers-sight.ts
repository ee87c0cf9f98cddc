import type { Caller } from '../auth/caller.js';
import type { PartyReader } from '../index/party-reader.js';
import { recordedLedger } from '../recorded-ledger.js';
import type { StateValues } from '../recorded-ledger.js';
import { sightOf } from './sight.js';
import type { Sight } from './sight.js';

/** Says what callers may see, by what the ledger has of their organisations and parties. */
export class CallersSight {
  readonly #mspIds: ReadonlyMap<string, string>;
  readonly #state: StateValues;
  readonly #parties: Pick<PartyReader, 'party'>;

  constructor(parts: {
    readonly organizations: readonly { readonly name: string; readonly mspId: string }[];
    readonly state: StateValues;
    readonly parties: Pick<PartyReader, 'party'>;
  }) {
    this.#mspIds = new Map(parts.organizations.map(({ name, mspId }) => [name, mspId]));
    this.#state = parts.state;
    this.#parties = parts.parties;
  }

  async of(caller: Caller): Promise<Sight> {
    const mspId = this.#mspIds.get(caller.org);
    const registered = caller.party === undefined ? undefined : await this.#parties.party(caller.party);
    return sightOf(caller, {
      ...(mspId !== undefined && { mspId }),
      ...(registered && { partyMspId: registered.msp_id }),
      roles: (await recordedLedger(this.#state))?.roles ?? {},
    });
  }
}
