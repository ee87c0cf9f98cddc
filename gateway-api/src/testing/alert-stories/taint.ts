import { expect } from 'chai';

import { carrier, importer, officer, port } from '../alert-stage.js';
import { idOf } from './story.js';
import type { AlertStory } from './story.js';

/** What a stolen or revoked key has said, and what rests on it. */
export const taintStories: readonly AlertStory[] = [
  {
    about: 'tainted: a stolen key has spoken about the container, and nobody else before it was revoked',
    async tell({ stage, only, packed }) {
      const [device, stolen, witness] = [
        await stage.device(),
        await stage.device(),
        await stage.device(port),
      ];
      const journey = await packed(device);
      const { ucr, container } = journey;
      const word = journey.sees(stolen);
      const since = await journey.records(word);
      await stage.does(carrier, 'RevokeDevice', {
        kid: stolen.kid,
        reason: 'stolen',
        compromisedSince: { block: since },
      });
      expect(await only(ucr, 'tainted')).to.deep.equal([]);
      await stage.does(officer, 'ConfirmCompromise', { kid: stolen.kid, compromisedSince: { block: since } });
      const alerts = await only(ucr, 'tainted');
      const cause = [`object ${container}`, `statement ${idOf(word)}`, `device ${stolen.kid}`];
      expect(alerts.map(({ subject }) => subject)).to.have.members([ucr, container]);
      const ofGoods = alerts.find(({ subject }) => subject === ucr)?.path ?? [];
      expect(ofGoods).to.deep.equal([`object ${ucr}`, ofGoods[1], ...cause]);
      expect(ofGoods[1]).to.match(/^transaction [0-9a-f]{64}$/);
      expect(alerts.find(({ subject }) => subject === container)?.path).to.deep.equal(cause);
      await journey.records(journey.sees(witness));
      expect(await only(ucr, 'tainted'), 'after the revocation').to.have.length(2);
    },
  },
  {
    about: 'tainted: not where an independent device saw the container, whatever consignment it knew of',
    async tell({ stage, only, packed }) {
      const [device, stolen, witness] = [
        await stage.device(),
        await stage.device(),
        await stage.device(port),
      ];
      const journey = await packed(device);
      const since = await journey.records(journey.sees(stolen));
      await journey.records(journey.sees(witness));
      await stage.stolen(stolen, since);
      expect(await only(journey.ucr, 'tainted')).to.deep.equal([]);
    },
  },
  {
    about: 'tainted: a stolen key has spoken about what the goods were made of',
    async tell({ stage, only, packed }) {
      const [device, stolen] = [await stage.device(), await stage.device()];
      const journey = await packed(device);
      const other = await stage.journey();
      const word = stolen.statement(other.ucr, { eventTime: stage.time() });
      const since = await journey.records(word);
      const goods = { hs: '850760', hsEdition: '2022', unit: { uom: 'KGM', decimals: 0 } };
      const lot = (number: string) => `${String(importer.partyId)}:${number}`;
      const witnesses = [{ kid: stolen.kid, seq: 1 }];
      const shares = [{ origin: 'CN', quantity: 300 }];
      await stage.does(importer, 'RegisterLot', { lot: lot('A'), ...goods, shares, witnesses });
      await stage.does(importer, 'TransformLots', {
        transformation: lot('T'),
        measure: 'KGM',
        inputs: [{ lot: lot('A'), quantity: 300 }],
        outputs: [{ lot: lot('B'), ...goods, quantity: 200 }],
      });
      await stage.does(importer, 'ShipLot', { lot: lot('B'), ucr: journey.ucr, quantity: 100 });
      await stage.stolen(stolen, since);
      const [alert, ...others] = await only(journey.ucr, 'tainted');
      expect(others).to.deep.equal([]);
      const [, shipped, , made] = alert?.path ?? [];
      expect(alert).to.deep.equal({
        subject: journey.ucr,
        path: [
          `object ${journey.ucr}`,
          shipped,
          `object ${lot('B')}`,
          made,
          `object ${lot('A')}`,
          `statement ${idOf(word)}`,
          `device ${stolen.kid}`,
        ],
      });
    },
  },
  {
    about:
      'tainted: a stolen key has spoken about the container of the consignment that this one was split from',
    async tell({ stage, only, packed }) {
      const [device, stolen] = [await stage.device(), await stage.device()];
      const journey = await packed(device);
      const { ucr, container } = journey;
      const word = journey.sees(stolen);
      const since = await journey.records(word);
      await journey.records(journey.packs(device, { action: 'DELETE' }));
      const parts = await stage.splits(journey);
      await stage.stolen(stolen, since);
      for (const part of parts) {
        const [alert, ...others] = await only(part, 'tainted');
        expect(others).to.deep.equal([]);
        expect(alert?.path.filter((step) => !step.startsWith('transaction'))).to.deep.equal([
          `object ${part}`,
          `object ${ucr}`,
          `object ${container}`,
          `statement ${idOf(word)}`,
          `device ${stolen.kid}`,
        ]);
      }
    },
  },
  {
    about: 'unproven: the owner filed what its revoked key had said of the container',
    async tell({ stage, only, packed }) {
      const [device, revoked] = [await stage.device(), await stage.device()];
      const journey = await packed(device);
      const word = journey.sees(revoked);
      await stage.does(carrier, 'RevokeDevice', { kid: revoked.kid, reason: 'broken' });
      await stage.does(carrier, 'FileLateEvidence', { statements: [word] });
      expect(await only(journey.ucr, 'unproven')).to.deep.equal([
        {
          subject: journey.container,
          path: [`object ${journey.container}`, `statement ${idOf(word)}`, `device ${revoked.kid}`],
        },
      ]);
    },
  },
];
