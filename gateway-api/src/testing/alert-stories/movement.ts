import { expect } from 'chai';

import { HOUR, MINUTE, port } from '../alert-stage.js';
import { idOf, shanghai } from './story.js';
import type { AlertStory } from './story.js';

/** A container where it cannot be. */
export const movementStories: readonly AlertStory[] = [
  {
    about: 'two_places: the container was seen in two ports at once',
    async tell({ stage, only, packed }) {
      const [packer, other] = [await stage.device(), await stage.device(port)];
      const journey = await packed(packer);
      stage.wait(HOUR);
      const [here, there] = [
        journey.sees(packer, { eventTime: stage.time(-MINUTE) }),
        journey.sees(other, shanghai),
      ];
      await journey.records(here, there);
      const alerts = await only(journey.ucr, 'two_places');
      expect(alerts.at(-1)).to.deep.equal({
        subject: journey.container,
        path: [`object ${journey.container}`, `statement ${idOf(there)}`, `statement ${idOf(here)}`],
      });
    },
  },
  {
    about: 'impossible_speed: the container was too far away too soon',
    async tell({ stage, only, packed }) {
      const device = await stage.device();
      const journey = await packed(device);
      stage.wait(HOUR);
      const here = journey.sees(device, { readPoint: { id: 'geo:35.1,129.04' } });
      await journey.records(here);
      stage.wait(30 * MINUTE);
      const there = journey.sees(device, { readPoint: { id: 'geo:51.95,4.14' } });
      await journey.records(there);
      expect(await only(journey.ucr, 'impossible_speed')).to.deep.equal([
        {
          subject: journey.container,
          path: [`object ${journey.container}`, `statement ${idOf(there)}`, `statement ${idOf(here)}`],
        },
      ]);
    },
  },
];
