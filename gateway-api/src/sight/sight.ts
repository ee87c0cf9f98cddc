import { customsRoles, mayHold } from '@passage/domain';
import type { Role, RoleTable } from '@passage/domain';

import type { Caller } from '../auth/caller.js';
import { customsViewer, organizationViewer, partyViewer } from './viewers.js';

/** What a caller may see of the ledger. */
export type Sight = 'everything' | PartOfLedger;

export interface PartOfLedger {
  /** Under which names the caller stands among those who see consignments and lots (viewers.ts). */
  readonly viewers: readonly string[];
  /** The party whose own devices, documents, masters and mandates are seen; absent for an organisation itself. */
  readonly party?: string;
  /** Customs sees every lot, mandate and proof against a device, and what was forged in its name. */
  readonly isCustoms: boolean;
  /** A certifying body sees every lot: any may be brought to it. */
  readonly certifies: boolean;
}

/** What the ledger says of a caller's token. */
export interface Standing {
  /** MSP id of the caller's organisation; absent for one that the connection profile does not know. */
  readonly mspId?: string;
  /** MSP id of the party as it is registered; absent where it is not. */
  readonly partyMspId?: string;
  readonly roles: RoleTable;
}

/**
 * What a caller may see: the auditor everything, customs its territory, a port what passed through it, a party what it is named
 * in. A token speaks for the organisation itself where it names no party, or one in a role of the organisation's own; a role
 * counts only where the ledger's table gives it to the organisation.
 */
export function sightOf(caller: Pick<Caller, 'party' | 'role'>, standing: Standing): Sight {
  const { mspId, partyMspId } = standing;
  if (mspId === undefined) return nothing;
  const word = wordOf(caller, mspId, standing.roles);
  if (word === 'auditor') return 'everything';
  const { party } = caller;
  const isRegistered = party !== undefined && partyMspId === mspId;
  return {
    viewers: [
      ...(isRegistered ? [partyViewer(party)] : []),
      ...(word === 'customs' ? [customsViewer(mspId)] : []),
      ...(word === 'port' ? [organizationViewer(mspId)] : []),
    ],
    ...(isRegistered && { party }),
    isCustoms: word === 'customs',
    certifies:
      isRegistered && mayHold(standing.roles, mspId, 'certifying_body') && caller.role === 'certifying_body',
  };
}

const nothing: Sight = { viewers: [], isCustoms: false, certifies: false };

type Word = 'auditor' | 'customs' | 'port';

/** The roles in which a party speaks for its whole organisation. */
const speakers: Readonly<Record<Word, readonly Role[]>> = {
  auditor: ['auditor'],
  customs: customsRoles,
  port: ['terminal_operator'],
};

/** As what a caller speaks for its organisation; undefined where it speaks for a party alone. */
function wordOf(
  { party, role }: Pick<Caller, 'party' | 'role'>,
  mspId: string,
  table: RoleTable,
): Word | undefined {
  const spoken = (Object.keys(speakers) as Word[]).filter((word) =>
    speakers[word].some((each) => mayHold(table, mspId, each) && (party === undefined || role === each)),
  );
  return spoken[0];
}
