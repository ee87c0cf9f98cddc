import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { declarationStatuses } from '../declaration/declaration.js';
import { deviceStatuses } from '../device/device-record.js';
import { handoverStatuses } from '../handover/handover-record.js';
import { pickupStatuses } from '../handover/pickup-record.js';
import { inspectionStatuses } from '../inspection/inspection-steps.js';
import { certificateStatuses } from '../origin/certificate/certificate-record.js';
import { sealStatuses } from '../seal/seal-record.js';
import { commands } from './commands.js';

const docs = new URL('../../../docs/', import.meta.url);

/** The arrows of each state diagram of a page: from, to, and what is written at it. */
function diagramsOf(page: string): readonly (readonly Arrow[])[] {
  const text = readFileSync(new URL(page, docs), 'utf8');
  return [...text.matchAll(/stateDiagram-v2\n([\s\S]*?)```/g)].map(([, body = '']) =>
    [...body.matchAll(/^ *(\S+) --> (\S+?)(?:: (.*))?$/gm)].map(([, from = '', to = '', label = '']) => ({
      states: [from, to],
      label,
    })),
  );
}

interface Arrow {
  readonly states: readonly string[];
  readonly label: string;
}

/** Which diagram of which page shows which statuses of records. */
const shown: readonly (readonly [string, number, readonly string[]])[] = [
  ['handover.md', 0, handoverStatuses],
  ['handover.md', 1, pickupStatuses],
  ['declaration.md', 0, declarationStatuses],
  ['inspection.md', 0, inspectionStatuses],
  ['rules.md', 0, deviceStatuses],
  ['origin.md', 1, certificateStatuses],
  ['seals.md', 0, sealStatuses],
];

describe('the state diagrams of docs/', () => {
  for (const [page, index, statuses] of shown) {
    it(`have exactly the states of the records: ${page}, diagram ${String(index + 1)}`, () => {
      const states = new Set(diagramsOf(page)[index]?.flatMap((arrow) => arrow.states));
      states.delete('[*]');
      expect([...states]).to.have.members([...statuses]);
    });
  }

  it('name no act that there is not', () => {
    const names = new Set(commands.map(({ name }) => name));
    for (const page of readdirSync(docs).filter((name) => name.endsWith('.md'))) {
      const labels = diagramsOf(page).flatMap((diagram) => diagram.map(({ label }) => label));
      const words = labels.flatMap((label) => label.match(/\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b/g) ?? []);
      // Statements do what an act does, too: EPCIS' types of events end so.
      for (const act of words.filter((word) => !word.endsWith('Event')))
        expect(names, `${page}: ${act}`).to.include(act);
    }
  });
});
