import { openingKey } from '../../private/opening-record.js';
import { object } from '../../shape/composites.js';
import { sha256Base64url } from '../../shape/fields.js';
import { readInput } from '../define.js';
import type { Operation } from '../operation.js';
import { copyOf } from './private-act.js';
import { actingParty, actingPartyReads } from '../registry.js';

type GetOpeningInput = { readonly commitment: string };

const input = object<GetOpeningInput>({ commitment: sha256Base64url }, {});

/**
 * A party reads its own copy of an opening, at a peer of its own organisation. The collection is the organisation's; that the
 * copy is the party's is judged here.
 */
export const getOpening: Operation = {
  name: 'GetOpening',
  by: 'party',
  writes: [],
  prepare(argument, caller) {
    const { commitment } = readInput('GetOpening', input, argument);
    const holder = { mspId: caller.mspId, partyId: caller.partyId ?? '' };
    return {
      reads: actingPartyReads(caller),
      privateReads: [openingKey(holder, commitment)],
      decide(view, _, kept) {
        const { party } = actingParty(caller, view);
        return { writes: [], response: copyOf(party, commitment, kept) };
      },
    };
  },
};
