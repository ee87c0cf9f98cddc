import { setTimeout as sleep } from 'node:timers/promises';

import { parseKey } from '@passage/domain';
import { prologue, scenarios, scenesOf } from '@passage/domain/testing';
import type { Play, Scene } from '@passage/domain/testing';
import { expect } from 'chai';

import { fakeIdentity } from '../testing/fake-ledger.js';
import { at } from '../testing/read.js';
import { codeOf, fine } from '../testing/story.js';
import { TEST_LEDGER } from '../testing/test-device.js';
import { TestGateway, importer } from '../testing/test-gateway.js';
import { wholeAnswer } from '../testing/whole-answer.js';
import { gatewaySchema } from './gateway-schema.js';

type Arguments = Readonly<Record<string, string>>;

/** A question: a field of `Query` and its arguments. */
type Question = readonly [query: string, args: Arguments];

const schema = gatewaySchema();
const queries = Object.values(schema.getQueryType()?.getFields() ?? {});
const bitemporal = queries.filter(({ args }) => args.some(({ name }) => name === 'asKnownAt'));
const everything = new Map(bitemporal.map(({ name }) => [name, wholeAnswer(schema, name)]));
const journey = { from: '2026-01-01T00:00:00.000Z', to: '2036-01-01T00:00:00.000Z' };

const ofUnit = (unit = ''): readonly Question[] => [
  ['contents', { unit }],
  ['seals', { unit }],
  ['sealContinuity', { unit, ...journey }],
];

/** What can be asked about a key of the ledger. */
const about: Readonly<Record<string, (ids: readonly string[]) => readonly Question[]>> = {
  shipment: ([ucr = '']) => [
    ['shipment', { ucr }],
    ['trace', { ucr }],
  ],
  device: ([kid = '']) => [['device', { kid }]],
  party: ([id = '']) => [['party', { id }]],
  mandate: ([id = '']) => [['party', { id }]],
  aeo: ([id = '']) => [['party', { id }]],
  declaration: ([id = '']) => [['declaration', { id }]],
  dispute: ([ucr = '', disputant = '', dispute = '']) => [['dispute', { ucr, disputant, dispute }]],
  lot: ([id = '']) => [['lot', { id }]],
  certificate: ([id = '']) => [['certificate', { id }]],
  document: ([id = '']) => [['document', { id }]],
  master: ([id = '']) => [['master', { id }]],
  proposal: ([proposedBy = '', proposal = '']) => [['parameterProposal', { proposedBy, proposal }]],
  containment: ([unit]) => ofUnit(unit),
  seal: ([unit]) => ofUnit(unit),
};

const always: readonly Question[] = [
  ['forgeries', {}],
  ['holdsInForce', {}],
  ['openInspections', {}],
  ['parameters', {}],
  ['parameterHistory', {}],
  ['parameterProposals', {}],
];

/** The keys that a scene writes; a refused one writes none. */
function writtenBy({ expect: expected }: Scene): readonly string[] {
  return expected.refused === undefined ? expected.writes : [];
}

function questionsAbout(scenes: readonly Scene[]): readonly Question[] {
  const keys = scenes.flatMap(writtenBy);
  const files = JSON.stringify(scenes).matchAll(/"sha256":"([0-9a-f]{64})"/g);
  const asked = [
    ...always,
    ...keys.flatMap((key) => {
      const parsed = parseKey(key);
      return (parsed && about[parsed.kind]?.(parsed.ids)) ?? [];
    }),
    ...[...files].map(([, sha256 = '']): Question => ['checkDocument', { sha256 }]),
  ];
  return [...new Map(asked.map((question) => [JSON.stringify(question), question])).values()];
}

describe('what was known at a block', function () {
  this.timeout(20_000);
  let gateway: TestGateway;
  const asked = new Set<string>();

  const play = async ({ caller, name, input }: Play): Promise<void> => {
    const json = JSON.stringify(input);
    await gateway.ledger.broadcast(await gateway.ledger.endorse(name, json, fakeIdentity(caller)));
  };
  /** Waits until the index has the whole ledger; its newest block. */
  const indexed = async (): Promise<number> => {
    const newest = await gateway.ledger.newest();
    while ((await gateway.gateway.services.status.asOfBlock()) < newest) await sleep(1);
    return newest;
  };
  const answers = async (questions: readonly Question[], block: number | null = null): Promise<unknown> => {
    const fields = questions.map(([query, args], index) => {
      const given = Object.entries(args).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
      const all = [...given, 'asKnownAt: $block'].join(', ');
      return `q${String(index)}: ${query}(${all}) ${everything.get(query) ?? ''}`;
    });
    for (const [query] of questions) asked.add(query);
    const text = `query ($block: Natural) { ${fields.join('\n')} }`;
    return fine(await gateway.ask(text, importer, { block }));
  };

  before(async () => {
    const most = Number.MAX_SAFE_INTEGER;
    const limits = { depth: most, aliases: most, tokens: most, cost: most, milliseconds: 600_000 };
    gateway = await (await TestGateway.open({ limits, init: false })).start();
    for (const scene of prologue(TEST_LEDGER)) await play(scene);
  });
  after(() => gateway.remove());

  for (const scenario of scenarios) {
    it(`is what the gateway answered then: ${scenario.title}`, async () => {
      const scenes = scenesOf(scenario, TEST_LEDGER, new Date());
      const questions = questionsAbout(scenes);
      const then = new Map<number, unknown>();
      for (const scene of scenes) {
        if (writtenBy(scene).length === 0) continue;
        await play(scene);
        then.set(await indexed(), await answers(questions));
      }
      for (const [block, answer] of then) {
        expect(await answers(questions, block), `block ${String(block)}`).to.deep.equal(answer);
      }
    });
  }

  it('was asked in every way that can be asked', () => {
    expect([...asked].sort()).to.deep.equal([...everything.keys()].sort());
  });

  it('can be asked of everything that the ledger says', () => {
    const others = queries.map(({ name }) => name).filter((name) => !everything.has(name));
    expect(others.sort()).to.deep.equal(['ledgerStatus', 'opening', 'openingsDue', 'statement']);
  });

  it('is refused for a block that is not verified yet, and for what is no block', async () => {
    const newest = await indexed();
    const ask = (block: number) => gateway.ask(`{ forgeries(asKnownAt: ${String(block)}) { key } }`);
    expect(fine(await ask(newest))).to.deep.equal({ forgeries: [] });
    const beyond = await ask(newest + 1);
    expect(codeOf(beyond)).to.equal('BLOCK_NOT_INDEXED');
    expect(at(beyond.errors?.[0]?.extensions, 'details.indexed')).to.equal(newest);
    expect(codeOf(await ask(-1))).to.equal('BAD_ARGUMENT');
  });
});
