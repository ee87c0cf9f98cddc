import { expect } from 'chai';

import { HOUR, importer } from '../alert-stage.js';
import { idOf } from './story.js';
import type { AlertStory } from './story.js';

/** The numbers of a device's statements: one is missing, out of order, or there twice. */
export const sequenceStories: readonly AlertStory[] = [
  {
    about: 'gap: a statement is missing for longer than it may be on its way',
    async tell({ stage, only, packed }) {
      const device = await stage.device();
      const journey = await packed(device);
      journey.sees(device);
      const next = journey.sees(device);
      await journey.records(next);
      expect(await only(journey.ucr, 'gap')).to.deep.equal([]);
      stage.wait(25 * HOUR);
      await stage.device();
      expect(await only(journey.ucr, 'gap')).to.deep.equal([
        { subject: device.kid, path: [`device ${device.kid}`, `statement ${idOf(next)}`] },
      ]);
    },
  },
  {
    about: 'broken_chain: a statement names another one before it than the ledger has',
    async tell({ stage, only, packed }) {
      const device = await stage.device();
      const journey = await packed(device);
      const mark = device.mark();
      const first = journey.sees(device);
      device.returnTo(mark);
      journey.sees(device, { bizStep: 'departing' });
      const second = journey.sees(device);
      await journey.records(first, second);
      expect(await only(journey.ucr, 'broken_chain')).to.deep.equal([
        {
          subject: device.kid,
          path: [`device ${device.kid}`, `statement ${idOf(second)}`, `statement ${idOf(first)}`],
        },
      ]);
    },
  },
  {
    about: 'equivocation: the key was proven to have signed two things under one number',
    async tell({ stage, only, packed }) {
      const device = await stage.device();
      const journey = await packed(device);
      const mark = device.mark();
      const first = journey.sees(device);
      device.returnTo(mark);
      const second = journey.sees(device, { bizStep: 'departing' });
      await journey.records(first);
      await stage.does(importer, 'FileEquivocation', { statements: [first, second] });
      const [alert, ...others] = await only(journey.ucr, 'equivocation');
      expect(others).to.deep.equal([]);
      expect(alert?.subject).to.equal(device.kid);
      const [cause, one, other, filed] = alert?.path ?? [];
      expect(cause).to.equal(`device ${device.kid}`);
      expect([one, other]).to.have.members([first, second].map((jws) => `statement ${idOf(jws)}`));
      expect(filed).to.match(/^transaction [0-9a-f]{64}$/);
    },
  },
  {
    about: 'reordered: a statement came after its successor',
    async tell({ stage, only, packed }) {
      const device = await stage.device();
      const journey = await packed(device);
      const [first, second] = [journey.sees(device), journey.sees(device)];
      await journey.records(second);
      await journey.records(first);
      expect(await only(journey.ucr, 'reordered')).to.deep.equal([
        {
          subject: device.kid,
          path: [`device ${device.kid}`, `statement ${idOf(first)}`, `statement ${idOf(second)}`],
        },
      ]);
    },
  },
];
