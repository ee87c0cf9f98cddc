import type { Role } from '../party/roles.js';
import type { PartyRecord } from '../party/party-record.js';

/** Who asks, as the creator's certificate says it. Nothing here counts before the registry on the ledger agrees. */
export interface Caller {
  /** The organisation whose certificate authority issued the certificate. */
  readonly mspId: string;
  /** True if the node OU of the certificate is `admin`. */
  readonly admin: boolean;
  /** Attribute `passage.party`. */
  readonly partyId?: string;
  /** Attribute `passage.role`. */
  readonly role?: string;
  /** Attribute `passage.keyHeldBy`: whether the party keeps its key itself or a gateway keeps it for the party. */
  readonly keyHeldBy?: 'gateway' | 'party';
}

/** A caller whom the registry knows: a party that holds the role it acts in. */
export interface PartyActor {
  readonly party: PartyRecord;
  readonly role: Role;
}

/** An admin of an organisation. */
export interface AdminActor {
  readonly mspId: string;
}
