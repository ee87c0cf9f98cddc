import { expect } from 'chai';

import { HOUR, MINUTE, carrier } from '../alert-stage.js';
import { idOf } from './story.js';
import type { AlertStory } from './story.js';

/** Statements that come late, early, never, or from a device whose calibration has run out. */
export const clockStories: readonly AlertStory[] = [
  {
    about: 'late_capture: a statement came long after the time it bears',
    async tell({ stage, only, packed }) {
      const [packer, device] = [await stage.device(), await stage.device()];
      const journey = await packed(packer);
      const late = journey.sees(device, { eventTime: stage.time(-25 * HOUR) });
      await journey.records(late);
      expect(await only(journey.ucr, 'late_capture')).to.deep.equal([
        { subject: device.kid, path: [`device ${device.kid}`, `statement ${idOf(late)}`] },
      ]);
    },
  },
  {
    about: 'clock_drift: a statement bears a time that is still to come',
    async tell({ stage, only, packed }) {
      const [packer, device] = [await stage.device(), await stage.device()];
      const journey = await packed(packer);
      const early = journey.sees(device, { eventTime: stage.time(6 * MINUTE) });
      await journey.records(early);
      expect(await only(journey.ucr, 'clock_drift')).to.deep.equal([
        { subject: device.kid, path: [`device ${device.kid}`, `statement ${idOf(early)}`] },
      ]);
    },
  },
  {
    about: 'silent_device: the seal on the container said nothing for two days',
    async tell({ stage, only, packed }) {
      const [packer, seal] = [await stage.device(), await stage.device(carrier, 'gps_eseal')];
      const journey = await packed(packer);
      const before = journey.sees(seal);
      await journey.records(before);
      stage.wait(49 * HOUR);
      await journey.records(journey.sees(seal));
      expect(await only(journey.ucr, 'silent_device')).to.deep.equal([
        { subject: seal.kid, path: [`device ${seal.kid}`, `statement ${idOf(before)}`] },
      ]);
    },
  },
  {
    about: 'out_of_calibration: the device measured after its calibration had run out',
    async tell({ stage, only, packed }) {
      const device = await stage.device();
      const journey = await packed(device);
      const calibration = { calibratedAt: stage.time(-HOUR), calibratedUntil: stage.time(MINUTE) };
      await stage.does(carrier, 'RecordCalibration', { kid: device.kid, ...calibration });
      await journey.records(journey.sees(device));
      stage.wait(HOUR);
      const word = journey.sees(device);
      await journey.records(word);
      expect(await only(journey.ucr, 'out_of_calibration')).to.deep.equal([
        { subject: device.kid, path: [`device ${device.kid}`, `statement ${idOf(word)}`] },
      ]);
    },
  },
];
