import { containerEpc } from '@passage/domain';
import { expect } from 'chai';

import { carrier, containerNumber } from '../alert-stage.js';
import type { AlertStory } from './story.js';

/** What went into and came out of containers. */
export const packingStories: readonly AlertStory[] = [
  {
    about: 'packed_while_sealed: goods came out through a closed seal',
    async tell({ stage, only, packed }) {
      const device = await stage.device();
      const journey = await packed(device);
      const { ucr, unit, container } = journey;
      await stage.does(carrier, 'FitSeal', { unit, ucr, seal: 'KR1', type: 'BLT' });
      await journey.records(journey.packs(device, { action: 'DELETE' }));
      const [alert] = await only(ucr, 'packed_while_sealed');
      expect(alert?.subject).to.equal(container);
      expect(alert?.path.map((step) => step.split(' ')[0])).to.deep.equal([
        'object',
        'object',
        'transaction',
        'seal',
        'transaction',
      ]);
      expect(alert?.path[3]).to.equal('seal KR1');
    },
  },
  {
    about: 'in_two_units: the whole of a consignment lies in each of two containers',
    async tell({ stage, only, packed }) {
      const device = await stage.device();
      const journey = await packed(device);
      const parentID = containerEpc(containerNumber(900));
      await journey.records(journey.packs(device, { parentID }));
      const [alert] = await only(journey.ucr, 'in_two_units');
      expect(alert?.subject).to.equal(journey.ucr);
      expect(alert?.path[2]).to.equal(`object ${journey.container}`);
    },
  },
  {
    about: 'over_packed: more packages are packed than the consignment has',
    async tell({ stage, only }) {
      const device = await stage.device();
      const journey = await stage.journey(40);
      await journey.records(journey.packs(device, { packages: 30 }));
      expect(await only(journey.ucr, 'over_packed')).to.deep.equal([]);
      const parentID = containerEpc(containerNumber(901));
      await journey.records(journey.packs(device, { packages: 11, parentID }));
      const [alert] = await only(journey.ucr, 'over_packed');
      expect(alert?.path[0]).to.equal(`object ${journey.ucr}`);
    },
  },
];
