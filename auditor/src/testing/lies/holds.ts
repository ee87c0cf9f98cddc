import { keys } from '@passage/domain';
import type { Caller } from '@passage/domain';
import type { Told } from '@passage/evidence/testing';
import { accepts, change, holds, law, offers, officer, opens, terminal, told, ucr } from './story.js';
import type { Lying } from './story.js';
import type { Lie } from './lie.js';

const lifts = (by: Caller, lying?: Lying): Told =>
  told(by, 'ReleaseHold', { ...law, hold: 1, response: '4' }, lying);

export const heldGoods: readonly Lie[] = [
  {
    what: 'held goods are handed over',
    story: () => [
      opens(),
      offers,
      holds,
      accepts(terminal, { believing: { [keys.customs(ucr)]: { inForce: [] } } }),
    ],
    check: 'holds',
    expected: /stays while it is held/,
    found: /GOODS_HELD/,
  },
  {
    what: 'a hold is gone, and nobody has lifted it',
    story: () => [
      opens(),
      holds,
      told(officer, 'DetainGoods', law, {
        forge: change(keys.customs(ucr), { inForce: [{ hold: 2, kind: 'detention', released: [] }] }),
      }),
    ],
    check: 'holds',
    expected: /holds in force on .*: 1, 2/,
    found: /^2$/,
  },
  {
    what: 'an officer releases goods that he has himself',
    story: () => [
      opens({}, { custodian: 'OFFICER1' }),
      holds,
      lifts(officer, { believing: { [keys.custody(ucr)]: { custodian: 'CARRIER1' } } }),
    ],
    check: 'holds',
    expected: /OFFICER1 is no party to/,
    found: /OWN_CONSIGNMENT/,
    finding: { kind: 'own-goods', because: 'OFFICER1 released 6KRIMPORTER1-F, to which he is a party' },
  },
  {
    what: 'goods are released while they are held',
    story: () => [
      opens(),
      holds,
      told(officer, 'ReleaseGoods', law, {
        believing: { [keys.customs(ucr)]: { inForce: [] } },
        forge: change(keys.customs(ucr), { inForce: [{ hold: 1, kind: 'hold', released: [] }] }),
      }),
    ],
    check: 'holds',
    expected: /no release of .* while it is held/,
    found: /OFFICER1 released it/,
  },
];
