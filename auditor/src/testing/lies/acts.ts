import { keys } from '@passage/domain';
import { carrier, change, holds, importer, now, offers, opens, told, ucr } from './story.js';
import type { Lie } from './lie.js';

export const acts: readonly Lie[] = [
  {
    what: 'nobody has called an act that wrote',
    story: () => [
      told(importer, 'Forge', { ucr }, { byHand: true, forge: change(keys.custody(ucr), { v: 1 }) }),
    ],
    check: 'act',
    expected: /an act that the ledger knows/,
    found: /^Forge$/,
  },
  {
    what: 'a party acts in a role that it does not hold',
    story: () => [
      opens(),
      {
        ...holds,
        caller: { ...carrier, role: 'customs_officer' },
        byHand: true,
        forge: change(keys.hold(ucr, 1), { v: 1 }),
      },
    ],
    check: 'act',
    expected: /a party that may send PlaceHold/,
    found: /ROLE_NOT_HELD/,
    finding: { kind: 'open-customs-key', because: 'hold/6KRIMPORTER1-F/1 carries no policy' },
  },
  {
    what: 'an act changes what is none of its business',
    story: () => [
      opens(),
      {
        ...offers,
        forge: change(keys.party('TERMINAL1'), {
          v: 1,
          partyId: 'TERMINAL1',
          mspId: 'BusinessMSP',
          name: 'Mine',
          roles: ['carrier'],
          registeredAt: now,
        }),
      },
    ],
    check: 'act',
    expected: /OfferHandover leaves every party alone/,
    found: /party\/TERMINAL1 was written/,
  },
  {
    what: 'a record is deleted',
    story: () => [
      opens(),
      { ...offers, forge: ({ records: all }) => all.set(keys.shipment(ucr), undefined) },
    ],
    check: 'act',
    expected: /a record under shipment/,
    found: /it was deleted/,
  },
];
