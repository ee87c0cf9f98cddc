import { customsPolicy, encodeRecord, keys } from '@passage/domain';
import type { Play } from '@passage/domain/testing';
import { partyCaller } from '@passage/domain/testing';
import { encodeSignaturePolicy, parsePolicy } from '@passage/ledger';

import type { OrganizationName } from '../network/under-test.js';
import type { HandMade } from './by-hand.js';

/** The consignment that the others want to set free, and the unit that it lies in. */
export const coveted = '6KRIMPORTER1-COVETED';
const unit = 'container:CSQU3054383';

const [importer, officer] = [partyCaller('IMPORTER1'), partyCaller('OFFICER1')];
const { allOf, oneOf } = customsPolicy('CustomsMSP');
const peers = oneOf.map((mspId) => `'${mspId}.peer'`).join(', ');

/** Customs' policy, and one that leaves customs out. */
const kept = encodeSignaturePolicy(parsePolicy(`AND('${allOf}.peer', OR(${peers}))`));
const theirs = encodeSignaturePolicy(parsePolicy(`OR(${peers})`));

const standing = keys.customs(coveted);
const hold = keys.hold(coveted, 1);
const order = keys.inspection(coveted, 1);
const custody = keys.custody(coveted);
const containment = keys.containment(unit, coveted);

const at = '2026-01-01T00:00:00.000Z';
const free = encodeRecord({ v: 1, ucr: coveted, customs: 'CustomsMSP', holds: 0, inForce: [] });
const elsewhere = encodeRecord({ v: 1, ucr: coveted, custodian: 'IMPORTER1', since: at, handovers: 0 });
const nothing = new Uint8Array();

/** What customs has said before: the goods are held in their container, and a scan was ordered. */
export function heldByCustoms(packing: Play, deadline: string, opening: Play['input']): readonly Play[] {
  const about = { ucr: coveted, legalBasis: 'art. 188' };
  const scan = { kind: 'scan', to: 'TERMINAL1', deadline };
  return [
    { caller: importer, name: 'OpenShipment', input: { ...opening, requestId: 'w1', ucr: coveted } },
    packing,
    {
      caller: officer,
      name: 'PlaceHold',
      input: { requestId: 'w2', ...about, response: '5', carriedBy: [unit] },
    },
    { caller: officer, name: 'OrderInspection', input: { requestId: 'w3', ...about, ...scan } },
  ];
}

/** What the others may try with a key of customs, or of held goods, that is there. */
export const attempts: Readonly<Record<string, HandMade>> = {
  'change where the consignment stands': { values: { [standing]: free } },
  'delete where it stands': { values: { [standing]: null } },
  'delete the hold': { values: { [hold]: null } },
  'write over the hold': { values: { [hold]: Buffer.from('{}') } },
  'write over the order to inspect': { values: { [order]: Buffer.from('{}') } },
  'take over custody': { values: { [custody]: elsewhere } },
  'take the goods out of their container': { values: { [containment]: null } },
  'give the standing no policy': { policies: { [standing]: nothing } },
  'give custody no policy': { policies: { [custody]: nothing } },
  'give the standing a policy of their own': { policies: { [standing]: theirs } },
  'take all metadata off the standing': { bare: [standing] },
  'take all metadata off hold and container': { bare: [hold, containment] },
  'take the policy off and change the value at once': { values: { [standing]: free }, bare: [standing] },
  'delete the guard': { values: { [keys.guard('CustomsMSP')]: null } },
  'write one free key beside one of customs': { values: { 'party/X': nothing, [standing]: free } },
};

/** Who may try: port and business, with the auditor or without. */
export const together: readonly (readonly OrganizationName[])[] = [
  ['port', 'business'],
  ['port', 'business', 'auditor'],
];

const standingOf = (partyId: string): Uint8Array =>
  encodeRecord({ v: 1, partyId, status: 'given', decidedBy: 'OFFICER1', decidedAt: at, reason: 'x' });

/** Keys of customs that are not there yet, and that the others make: without customs' policy, or with it. */
export const forgeries: readonly HandMade[] = [
  { values: { [keys.aeo('CARRIER1')]: standingOf('CARRIER1') } },
  { values: { [keys.aeo('SELLER1')]: standingOf('SELLER1') }, policies: { [keys.aeo('SELLER1')]: theirs } },
  { values: { [keys.aeo('BROKER1')]: standingOf('BROKER1') }, policies: { [keys.aeo('BROKER1')]: kept } },
];

/** The parties whose standing the chaincode must not believe: no policy of customs is on it. */
export const disbelieved: readonly string[] = ['CARRIER1', 'SELLER1'];

/** The same by the chaincode itself, asked of the others' peers alone: each of these makes a key of customs. */
export const unplanned: readonly Play[] = [
  {
    caller: officer,
    name: 'DecideAeo',
    input: { requestId: 'w4', partyId: 'TERMINAL1', status: 'given', reason: 'x' },
  },
  {
    caller: officer,
    name: 'AssessRisk',
    input: { requestId: 'w5', ucr: coveted, rules: { name: 'r', version: '1' }, score: 0, contributions: [] },
  },
];
