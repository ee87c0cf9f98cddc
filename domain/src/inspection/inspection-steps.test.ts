import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { InspectionStage, testUcr } from '../testing/index.js';
import { keys } from '../state/keys.js';
import { inspectionKinds } from './inspection-record.js';
import { inspectionSteps, inspectionStatuses, type InspectionStep } from './inspection-steps.js';
import { turnaround } from './turnaround.js';

const page = readFileSync(new URL('../../../docs/inspection.md', import.meta.url), 'utf8');

describe('docs/inspection.md', () => {
  it('has the table of steps', () => {
    const rows = page
      .split('\n')
      .filter((line) => /^\| `[A-Z]/.test(line))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    const names: Readonly<Record<InspectionStep, string>> = {
      answer: 'AnswerInspection',
      choose: 'ChooseUnits',
      anchor: 'AnchorImage',
      read: 'RecordReading',
      judge: 'JudgeInspection',
      review: 'ReviewInspection',
      dispose: 'DisposeInspection',
    };
    const table = Object.entries(inspectionSteps).map(([step, from]) => [
      `\`${names[step as InspectionStep]}\``,
      ...inspectionKinds.map((kind) => from[kind].join(', ') || '–'),
    ]);
    expect(rows.map((cells) => cells.slice(1, 5))).to.deep.equal(table);
  });

  it('draws every status', () => {
    const drawn = new Set([...page.matchAll(/--> (\w+)/g)].map(([, status]) => status));
    for (const status of inspectionStatuses) expect(drawn.has(status), status).to.equal(true);
  });
});

describe('turnaround', () => {
  it('goes by the time of the steps, whichever came first', () => {
    const stage = new InspectionStage();
    stage.order('scan');
    stage.play(stage.officer, 'ChooseUnits', { units: ['container:CSQU3054383'] });
    stage.play(stage.terminal, 'AnswerInspection', { answer: 'acknowledged' });
    const record = stage.world.get(keys.inspection(testUcr, 1));
    const answer = stage.world.get(keys.acknowledgement(testUcr, 1));
    const steps = record ? turnaround(record, answer) : [];
    expect(steps.map(({ step, seconds, sinceOrder }) => [step, seconds, sinceOrder])).to.deep.equal([
      ['ordered', 0, 0],
      ['chosen', 60, 60],
      ['acknowledged', 60, 120],
    ]);
  });

  it('gives each step with who took it, and the seconds that it took', () => {
    const stage = new InspectionStage();
    stage.order('scan');
    stage.play(stage.terminal, 'AnswerInspection', { answer: 'acknowledged' });
    stage.world.wait(1);
    stage.play(stage.officer, 'ChooseUnits', { units: ['container:CSQU3054383'] });
    stage.play(stage.terminal, 'AnchorImage', { unit: 'container:CSQU3054383', statement: stage.record() });
    stage.read('non_conforming');
    stage.judge('conforming');
    stage.judge('non_conforming', stage.colleague, 'ReviewInspection');
    stage.play(stage.officer, 'DisposeInspection', { disposition: 'release_recommended' });
    const record = stage.world.get(keys.inspection(testUcr, 1));
    const answer = stage.world.get(keys.acknowledgement(testUcr, 1));
    const steps = record ? turnaround(record, answer) : [];
    const day = 86_400;
    expect(steps.map(({ step, by, seconds, sinceOrder }) => [step, by, seconds, sinceOrder])).to.deep.equal([
      ['ordered', 'OFFICER1', 0, 0],
      ['acknowledged', 'TERMINAL1', 60, 60],
      ['chosen', 'OFFICER1', day + 60, day + 120],
      ['imaged', 'TERMINAL1', 120, day + 240],
      ['read', 'OFFICER1', 60, day + 300],
      ['judged', 'OFFICER1', 60, day + 360],
      ['reviewed', 'OFFICER2', 60, day + 420],
      ['disposed', 'OFFICER1', 60, day + 480],
    ]);
  });
});
