import { keys } from '@passage/domain';
import type { Told } from '@passage/evidence/testing';
import {
  accepts,
  carrier,
  change,
  law,
  now,
  offers,
  officer,
  opens,
  seller,
  terminal,
  told,
  ucr,
} from './story.js';
import type { Lie } from './lie.js';

export const custody: readonly Lie[] = [
  {
    what: 'goods are in other hands, and nobody offered them',
    story: () => {
      const custody = { v: 1, ucr, custodian: 'TERMINAL1', since: now, handovers: 0 };
      return [opens(), accepts(terminal, { byHand: true, forge: change(keys.custody(ucr), custody) })];
    },
    check: 'custody',
    expected: /in the custody of CARRIER1: nothing was offered/,
    found: /^TERMINAL1/,
  },
  {
    what: 'an offer is accepted by somebody else',
    story: () => [
      opens(),
      offers,
      accepts(seller, {
        believing: { [keys.handover(ucr, 1)]: { to: 'SELLER1' } },
        forge: change(keys.handover(ucr, 1), { to: 'TERMINAL1' }),
      }),
    ],
    check: 'custody',
    expected: /in the custody of TERMINAL1: offered to TERMINAL1/,
    found: /^SELLER1/,
  },
];

/** What no rule forbids, and somebody should look at: an officer takes goods over that he has released himself. */
export const releasedAndTaken: readonly Told[] = [
  opens(),
  told(officer, 'ReleaseGoods', law),
  told(carrier, 'OfferHandover', { ucr, to: 'OFFICER1', place: 'KRPUS' }),
  accepts(officer),
];
