import { expect } from 'chai';

import { HOUR, carrier, importer, officer } from '../alert-stage.js';
import { idOf, shanghai } from './story.js';
import type { AlertStory } from './story.js';

/** Goods that leave under a hold, through a seal, or while nobody answers for them. */
export const custodyStories: readonly AlertStory[] = [
  {
    about: 'held_goods_moved: the container left while what is in it was held',
    async tell({ stage, only, packed }) {
      const device = await stage.device();
      const journey = await packed(device);
      const { ucr, container } = journey;
      await stage.does(officer, 'PlaceHold', { ucr, legalBasis: 'art. 188', response: '5' });
      stage.wait(HOUR);
      const left = journey.sees(device, { bizStep: 'departing' });
      await journey.records(left);
      const [alert, ...others] = await only(ucr, 'held_goods_moved');
      expect(others).to.deep.equal([]);
      const hold = [`hold hold/${ucr}/1`, alert?.path.at(-1)];
      expect(alert).to.deep.equal({
        subject: container,
        path: [`object ${container}`, `statement ${idOf(left)}`, ...hold],
      });
      expect(hold[1]).to.match(/^transaction [0-9a-f]{64}$/);
    },
  },
  {
    about: 'seal_opened: a device saw the container open before the release',
    async tell({ stage, only, packed }) {
      const [device, seal] = [await stage.device(), await stage.device(carrier, 'gps_eseal')];
      const journey = await packed(device);
      const open = journey.sees(seal, { disposition: 'container_open' });
      await journey.records(open);
      expect(await only(journey.ucr, 'seal_opened')).to.deep.equal([
        {
          subject: journey.container,
          path: [`object ${journey.container}`, `statement ${idOf(open)}`, `device ${seal.kid}`],
        },
      ]);
    },
  },
  {
    about: 'custody_gap: the container was seen elsewhere while a handover waited for its answer',
    async tell({ stage, only, packed }) {
      const device = await stage.device();
      const journey = await packed(device);
      const { ucr, container } = journey;
      await stage.does(carrier, 'OfferHandover', { ucr, to: importer.partyId, place: 'KRPUS' });
      stage.wait(40 * HOUR);
      const away = journey.sees(device, shanghai);
      await journey.records(away);
      const [alert, ...others] = await only(ucr, 'custody_gap');
      expect(others).to.deep.equal([]);
      expect(alert?.subject).to.equal(ucr);
      const [packing, offer] = [alert?.path[1], alert?.path.at(-1)];
      expect(alert?.path).to.deep.equal([
        `object ${ucr}`,
        packing,
        `object ${container}`,
        `statement ${idOf(away)}`,
        `handover ${ucr}/1`,
        offer,
      ]);
    },
  },
];
