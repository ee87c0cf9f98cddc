import { expect } from 'chai';
import { opened, splitInput } from '../../testing/division-stage.js';
import { partyCaller, testUcr, type TestWorld } from '../../testing/index.js';

const [importer, officer] = [partyCaller('IMPORTER1'), partyCaller('OFFICER1')];

describe('a consignment that customs inspects', () => {
  const order = {
    ucr: testUcr,
    kind: 'documents',
    to: 'TERMINAL1',
    deadline: '2026-02-01T00:00:00.000Z',
    legalBasis: 'art. 1',
  };
  const terminal = partyCaller('TERMINAL1');
  const inspected = (world: TestWorld, inspection: number): void => {
    const about = { ucr: testUcr, inspection };
    const opinion = { result: 'conforming', reason: 'in order' };
    world.play(officer, 'JudgeInspection', { requestId: `j-${String(inspection)}`, ...about, ...opinion });
    const disposition = 'release_recommended';
    world.play(officer, 'DisposeInspection', { requestId: `d-${String(inspection)}`, ...about, disposition });
  };

  it('is split once each inspection has its outcome, not only the newest', () => {
    const world = opened();
    for (const requestId of ['i-1', 'i-2']) world.play(officer, 'OrderInspection', { requestId, ...order });
    inspected(world, 2);
    const refusal = world.refusal(importer, 'SplitShipment', splitInput());
    expect([refusal.code, refusal.details['inspection']]).to.deep.equal(['UNDER_INSPECTION', 1]);
    inspected(world, 1);
    world.play(importer, 'SplitShipment', splitInput());
  });

  it('waits after a refused order for the one that customs gives in its place', () => {
    const world = opened();
    world.play(officer, 'OrderInspection', { requestId: 'i-1', ...order });
    const refused = { answer: 'refused', reason: 'no room' };
    world.play(terminal, 'AnswerInspection', { requestId: 'a-1', ucr: testUcr, inspection: 1, ...refused });
    expect(world.refusal(importer, 'SplitShipment', splitInput()).code).to.equal('UNDER_INSPECTION');
    world.play(officer, 'OrderInspection', { requestId: 'i-2', ...order });
    inspected(world, 2);
    world.play(importer, 'SplitShipment', splitInput());
  });
});
