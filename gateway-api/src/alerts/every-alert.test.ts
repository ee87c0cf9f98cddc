import { alertKinds, containerEpc, readStatement } from '@passage/domain';
import { expect } from 'chai';

import {
  AlertStage,
  HOUR,
  MINUTE,
  carrier,
  containerNumber,
  importer,
  officer,
  port,
} from '../testing/alert-stage.js';
import type { SeenAlert } from '../testing/alert-stage.js';
import type { TestDevice } from '../testing/test-device.js';

const shanghai = { readPoint: { id: 'https://vocabulary.uncefact.org/unlocode#CNSHA' } };

const idOf = (jws: string): string => readStatement(jws).statementId;

describe('every alert, from what the ledger has of a consignment and of what it lies in', () => {
  let stage: AlertStage;
  const raised = new Set<string>();

  /** The alerts of one kind; whatever came was raised. */
  const only = async (ucr: string, kind: string): Promise<readonly Omit<SeenAlert, 'kind'>[]> => {
    const alerts = await stage.alerts(ucr);
    for (const alert of alerts) raised.add(alert.kind);
    return alerts.filter((alert) => alert.kind === kind).map(({ subject, path }) => ({ subject, path }));
  };
  /** A journey whose goods lie in its container, packed by this device. */
  const packed = async (device: TestDevice) => {
    const journey = await stage.journey();
    const packing = journey.packs(device);
    await journey.records(packing);
    return { journey, packing };
  };

  before(async () => {
    stage = await AlertStage.open();
  });
  after(() => stage.close());

  it('tainted: a stolen key has spoken about the container, and nobody else before it was revoked', async () => {
    const [device, stolen, witness] = [await stage.device(), await stage.device(), await stage.device(port)];
    const { journey } = await packed(device);
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
  });

  it('tainted: not where an independent device saw the container, whatever consignment it knew of', async () => {
    const [device, stolen, witness] = [await stage.device(), await stage.device(), await stage.device(port)];
    const { journey } = await packed(device);
    const since = await journey.records(journey.sees(stolen));
    await journey.records(journey.sees(witness));
    await stage.stolen(stolen, since);
    expect(await only(journey.ucr, 'tainted')).to.deep.equal([]);
  });

  it('tainted: a stolen key has spoken about what the goods were made of', async () => {
    const [device, stolen] = [await stage.device(), await stage.device()];
    const { journey } = await packed(device);
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
  });

  it('tainted: a stolen key has spoken about the container of the consignment that this one was split from', async () => {
    const [device, stolen] = [await stage.device(), await stage.device()];
    const { journey } = await packed(device);
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
  });

  it('unproven: the owner filed what its revoked key had said of the container', async () => {
    const [device, revoked] = [await stage.device(), await stage.device()];
    const { journey } = await packed(device);
    const word = journey.sees(revoked);
    await stage.does(carrier, 'RevokeDevice', { kid: revoked.kid, reason: 'broken' });
    await stage.does(carrier, 'FileLateEvidence', { statements: [word] });
    expect(await only(journey.ucr, 'unproven')).to.deep.equal([
      {
        subject: journey.container,
        path: [`object ${journey.container}`, `statement ${idOf(word)}`, `device ${revoked.kid}`],
      },
    ]);
  });

  it('gap: a statement is missing for longer than it may be on its way', async () => {
    const device = await stage.device();
    const { journey } = await packed(device);
    journey.sees(device);
    const next = journey.sees(device);
    await journey.records(next);
    expect(await only(journey.ucr, 'gap')).to.deep.equal([]);
    stage.wait(25 * HOUR);
    await stage.device();
    expect(await only(journey.ucr, 'gap')).to.deep.equal([
      { subject: device.kid, path: [`device ${device.kid}`, `statement ${idOf(next)}`] },
    ]);
  });

  it('broken_chain: a statement names another one before it than the ledger has', async () => {
    const device = await stage.device();
    const { journey } = await packed(device);
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
  });

  it('equivocation: the key was proven to have signed two things under one number', async () => {
    const device = await stage.device();
    const { journey } = await packed(device);
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
  });

  it('reordered: a statement came after its successor', async () => {
    const device = await stage.device();
    const { journey } = await packed(device);
    const [first, second] = [journey.sees(device), journey.sees(device)];
    await journey.records(second);
    await journey.records(first);
    expect(await only(journey.ucr, 'reordered')).to.deep.equal([
      {
        subject: device.kid,
        path: [`device ${device.kid}`, `statement ${idOf(first)}`, `statement ${idOf(second)}`],
      },
    ]);
  });

  it('late_capture: a statement came long after the time it bears', async () => {
    const [packer, device] = [await stage.device(), await stage.device()];
    const { journey } = await packed(packer);
    const late = journey.sees(device, { eventTime: stage.time(-25 * HOUR) });
    await journey.records(late);
    expect(await only(journey.ucr, 'late_capture')).to.deep.equal([
      { subject: device.kid, path: [`device ${device.kid}`, `statement ${idOf(late)}`] },
    ]);
  });

  it('clock_drift: a statement bears a time that is still to come', async () => {
    const [packer, device] = [await stage.device(), await stage.device()];
    const { journey } = await packed(packer);
    const early = journey.sees(device, { eventTime: stage.time(6 * MINUTE) });
    await journey.records(early);
    expect(await only(journey.ucr, 'clock_drift')).to.deep.equal([
      { subject: device.kid, path: [`device ${device.kid}`, `statement ${idOf(early)}`] },
    ]);
  });

  it('silent_device: the seal on the container said nothing for two days', async () => {
    const [packer, seal] = [await stage.device(), await stage.device(carrier, 'gps_eseal')];
    const { journey } = await packed(packer);
    const before = journey.sees(seal);
    await journey.records(before);
    stage.wait(49 * HOUR);
    await journey.records(journey.sees(seal));
    expect(await only(journey.ucr, 'silent_device')).to.deep.equal([
      { subject: seal.kid, path: [`device ${seal.kid}`, `statement ${idOf(before)}`] },
    ]);
  });

  it('out_of_calibration: the device measured after its calibration had run out', async () => {
    const device = await stage.device();
    const { journey } = await packed(device);
    const calibration = { calibratedAt: stage.time(-HOUR), calibratedUntil: stage.time(MINUTE) };
    await stage.does(carrier, 'RecordCalibration', { kid: device.kid, ...calibration });
    await journey.records(journey.sees(device));
    stage.wait(HOUR);
    const word = journey.sees(device);
    await journey.records(word);
    expect(await only(journey.ucr, 'out_of_calibration')).to.deep.equal([
      { subject: device.kid, path: [`device ${device.kid}`, `statement ${idOf(word)}`] },
    ]);
  });

  it('two_places: the container was seen in two ports at once', async () => {
    const [packer, other] = [await stage.device(), await stage.device(port)];
    const { journey } = await packed(packer);
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
  });

  it('impossible_speed: the container was too far away too soon', async () => {
    const device = await stage.device();
    const { journey } = await packed(device);
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
  });

  it('held_goods_moved: the container left while what is in it was held', async () => {
    const device = await stage.device();
    const { journey } = await packed(device);
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
  });

  it('seal_opened: a device saw the container open before the release', async () => {
    const [device, seal] = [await stage.device(), await stage.device(carrier, 'gps_eseal')];
    const { journey } = await packed(device);
    const open = journey.sees(seal, { disposition: 'container_open' });
    await journey.records(open);
    expect(await only(journey.ucr, 'seal_opened')).to.deep.equal([
      {
        subject: journey.container,
        path: [`object ${journey.container}`, `statement ${idOf(open)}`, `device ${seal.kid}`],
      },
    ]);
  });

  it('custody_gap: the container was seen elsewhere while a handover waited for its answer', async () => {
    const device = await stage.device();
    const { journey } = await packed(device);
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
  });

  it('packed_while_sealed: goods came out through a closed seal', async () => {
    const device = await stage.device();
    const { journey } = await packed(device);
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
  });

  it('in_two_units: the whole of a consignment lies in each of two containers', async () => {
    const device = await stage.device();
    const { journey } = await packed(device);
    const parentID = containerEpc(containerNumber(900));
    await journey.records(journey.packs(device, { parentID }));
    const [alert] = await only(journey.ucr, 'in_two_units');
    expect(alert?.subject).to.equal(journey.ucr);
    expect(alert?.path[2]).to.equal(`object ${journey.container}`);
  });

  it('over_packed: more packages are packed than the consignment has', async () => {
    const device = await stage.device();
    const journey = await stage.journey(40);
    await journey.records(journey.packs(device, { packages: 30 }));
    expect(await only(journey.ucr, 'over_packed')).to.deep.equal([]);
    const parentID = containerEpc(containerNumber(901));
    await journey.records(journey.packs(device, { packages: 11, parentID }));
    const [alert] = await only(journey.ucr, 'over_packed');
    expect(alert?.path[0]).to.equal(`object ${journey.ucr}`);
  });

  it('is each of them', () => {
    expect([...raised].sort()).to.deep.equal([...alertKinds].sort());
  });
});
