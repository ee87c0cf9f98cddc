import type { Caller } from '../command/caller.js';
import type { JsonObject, JsonValue } from '../json/value.js';
import { defaultRoles, type Role } from '../party/roles.js';

/** The genesis hash of the ledger that tests play on. */
export const testLedger = 'ab'.repeat(32);

/** A UCR whose trader is the importer of the cast. */
export const testUcr = '6KRIMPORTER1-DECL1';

/** Who plays in the tests: party ids, the organisation of each and its role. */
export const cast = {
  IMPORTER1: { mspId: 'BusinessMSP', role: 'importer' },
  SELLER1: { mspId: 'BusinessMSP', role: 'exporter' },
  BROKER1: { mspId: 'BusinessMSP', role: 'broker' },
  CARRIER1: { mspId: 'BusinessMSP', role: 'carrier' },
  OFFICER1: { mspId: 'CustomsMSP', role: 'customs_officer' },
  TERMINAL1: { mspId: 'PortMSP', role: 'terminal_operator' },
} as const satisfies Record<string, { readonly mspId: string; readonly role: Role }>;

export type CastMember = keyof typeof cast;

export const castMembers = Object.keys(cast) as readonly CastMember[];

/** The caller that a certificate of this party makes. */
export function partyCaller(partyId: CastMember): Caller {
  return {
    mspId: cast[partyId].mspId,
    admin: false,
    partyId,
    role: cast[partyId].role,
    keyHeldBy: 'gateway',
  };
}

export function adminCaller(mspId: string): Caller {
  return { mspId, admin: true };
}

/** One transaction to play: who, what, with which input. */
export interface Play {
  readonly caller: Caller;
  readonly name: string;
  readonly input: JsonObject;
  /** What travels as transient data under `openings`. */
  readonly openings?: JsonValue;
  /** The only MSPs whose peers may see the openings; the caller's own is among them. */
  readonly seenBy?: readonly string[];
}

/** The transactions that start a ledger and register the whole cast. */
export function opening(ledger = testLedger): readonly Play[] {
  return [
    {
      caller: adminCaller('CustomsMSP'),
      name: 'Init',
      input: { ledger, roles: defaultRoles },
    },
    ...castMembers.map((partyId) => ({
      caller: adminCaller(cast[partyId].mspId),
      name: 'RegisterParty',
      input: {
        requestId: `register-${partyId}`,
        partyId,
        name: `Company ${partyId}`,
        roles: [cast[partyId].role],
      },
    })),
  ];
}

/** A body that certifies origin. It is none of the cast, so a story registers it first. */
export const certifier: Caller = {
  mspId: 'BusinessMSP',
  admin: false,
  partyId: 'CERTIFIER1',
  role: 'certifying_body',
};

export const registerCertifier: Play = {
  caller: adminCaller('BusinessMSP'),
  name: 'RegisterParty',
  input: {
    requestId: 'register-CERTIFIER1',
    partyId: 'CERTIFIER1',
    name: 'Chamber of commerce',
    roles: ['certifying_body'],
  },
};

/** The input that opens the test shipment; `changes` replace members of it. */
export function shipmentInput(changes: JsonObject = {}): JsonObject {
  return {
    requestId: 'open-1',
    ucr: testUcr,
    goods: [{ hs: '847130', hsEdition: '2017' }],
    origin: 'CN',
    departure: 'VN',
    transportMode: '1',
    parties: { importer: 'IMPORTER1', declarant: 'BROKER1', seller: 'SELLER1' },
    custodian: 'CARRIER1',
    ...changes,
  };
}
