import { parseKey } from '@passage/domain';
import type { Scene } from '@passage/domain/testing';

import { gatewaySchema } from '../schema/gateway-schema.js';
import { wholeAnswer } from './whole-answer.js';

type Arguments = Readonly<Record<string, string>>;

/** A question: a field of `Query` and its arguments. */
export type Question = readonly [query: string, args: Arguments];

const schema = gatewaySchema();
/** The fields of `Query`. */
export const queries = Object.values(schema.getQueryType()?.getFields() ?? {});
const bitemporal = queries.filter(({ args }) => args.some(({ name }) => name === 'asKnownAt'));
/** The selection of all that a field which takes `asKnownAt` can tell. */
export const everything = new Map(bitemporal.map(({ name }) => [name, wholeAnswer(schema, name)]));
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
    ['custody', { ucr }],
    ['trace', { ucr }],
    ['traceUpstream', { ucr }],
    ['traceDownstream', { ucr }],
  ],
  device: ([kid = '']) => [['device', { kid }]],
  party: ([id = '']) => [['party', { id }]],
  mandate: ([id = '']) => [['party', { id }]],
  aeo: ([id = '']) => [['party', { id }]],
  declaration: ([id = '']) => [['declaration', { id }]],
  dispute: ([ucr = '', disputant = '', dispute = '']) => [['dispute', { ucr, disputant, dispute }]],
  lot: ([id = '']) => [
    ['lot', { id }],
    ['traceUpstream', { lot: id }],
    ['traceDownstream', { lot: id }],
  ],
  certificate: ([id = '']) => [['certificate', { id }]],
  document: ([id = '']) => [['document', { id }]],
  master: ([id = '']) => [['master', { id }]],
  proposal: ([proposedBy = '', proposal = '']) => [['parameterProposal', { proposedBy, proposal }]],
  containment: ([unit]) => ofUnit(unit),
  seal: ([unit]) => ofUnit(unit),
};

const always: readonly Question[] = [
  ['events', {}],
  ['forgeries', {}],
  ['holdsInForce', {}],
  ['openInspections', {}],
  ['inspectionTurnaround', {}],
  ['parameters', {}],
  ['parameterHistory', {}],
  ['parameterProposals', {}],
];

/** The keys that a scene writes; a refused one writes none. */
export function writtenBy({ expect: expected }: Scene): readonly string[] {
  return expected.refused === undefined ? expected.writes : [];
}

/** Everything that can be asked about what scenes write. */
export function questionsAbout(scenes: readonly Scene[]): readonly Question[] {
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

/** The text of a request that asks questions, `q0` and so on, as the ledger was known at `$block`. */
export function textOf(questions: readonly Question[]): string {
  const fields = questions.map(([query, args], index) => {
    const given = Object.entries(args).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    const all = [...given, 'asKnownAt: $block'].join(', ');
    return `q${String(index)}: ${query}(${all}) ${everything.get(query) ?? ''}`;
  });
  return `query ($block: Natural) { ${fields.join('\n')} }`;
}
