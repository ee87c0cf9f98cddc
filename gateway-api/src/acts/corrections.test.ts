import { readStatement } from '@passage/domain';
import { expect } from 'chai';

import { at, membersAt, nodesOf } from '../testing/read.js';
import type { Members } from '../testing/read.js';
import { act, codeOf, fine, prepared, record, recordStatements, send } from '../testing/story.js';
import type { TestDevice } from '../testing/test-device.js';
import { TestGateway, UCR, carrier, importer } from '../testing/test-gateway.js';

const place = (unlocode: string) => ({
  readPoint: { id: `https://vocabulary.uncefact.org/unlocode#${unlocode}` },
});
const declarationTime = '2026-03-02T08:00:00Z';
const fields = 'declaration corrected correctiveEvents declarationTime reason act { party }';

describe('corrections over GraphQL', () => {
  let gateway: TestGateway;
  let device: TestDevice;
  let [first, wrong, right] = ['', '', ''];
  let ids: readonly string[];

  before(async () => {
    gateway = await (await TestGateway.open()).start();
    device = await prepared(gateway);
    first = device.statement(UCR, place('CNSHA'));
    wrong = device.statement(UCR, place('NLRTM'));
    right = device.statement(UCR, place('KRPUS'));
    ids = [...(await record(gateway, [first, wrong])), ...(await record(gateway, [right]))];
  });
  after(() => gateway.remove());

  /** The statement said again, in error. */
  const inError = (jws: string, reason: string, correctiveEventIDs: readonly string[]): string => {
    const { payload, statementId } = readStatement(jws);
    const errorDeclaration = { declarationTime, reason, correctiveEventIDs: [...correctiveEventIDs] };
    return device.statement(UCR, { ...payload, eventID: statementId, errorDeclaration });
  };
  const declare = async (input: object): Promise<unknown> =>
    at(await act(gateway, carrier, 'declareError', input, `correction { ${fields} }`), 'correction');
  const timeline = async (): Promise<{ readonly where: unknown; readonly nodes: readonly Members[] }> => {
    const query = `{ trace(ucr: "${UCR}") { where { unlocode } edges { node { __typename id place { unlocode }
      ... on Observation { corrected corrections { ${fields} } correctiveOf { declaration } }
      ... on ErrorDeclared { seq payload device { kid } correction { ${fields} } } } } } }`;
    const trace = at(fine(await gateway.ask(query)), 'trace');
    const nodes = nodesOf(trace).map((node) => membersAt({ node }, 'node'));
    return { where: at(trace, 'where'), nodes };
  };

  it('shows the original as corrected, with links both ways', async () => {
    const declaration = inError(wrong, 'incorrect_data', [ids[2] ?? '']);
    const { statementId, payload } = readStatement(declaration);
    const correction = {
      declaration: statementId,
      corrected: ids[1],
      correctiveEvents: [ids[2]],
      declarationTime,
      reason: 'incorrect_data',
      act: { party: 'CARRIER' },
    };
    expect(await declare({ declaration, corrects: wrong, correctives: [right] })).to.deep.equal(correction);
    const [, one, two, three, four] = (await timeline()).nodes;
    expect([one, two, three].map((node) => [node?.['id'], node?.['corrected']])).to.deep.equal([
      [ids[0], false],
      [ids[1], true],
      [ids[2], false],
    ]);
    expect(two?.['corrections']).to.deep.equal([correction]);
    expect(two?.['place']).to.deep.equal({ unlocode: 'NLRTM' });
    expect(three?.['correctiveOf']).to.deep.equal([{ declaration: statementId }]);
    expect(four).to.deep.equal({
      __typename: 'ErrorDeclared',
      id: statementId,
      place: null,
      seq: 4,
      payload,
      device: { kid: device.kid },
      correction,
    });
  });

  it('sees the goods no more where they were in error, and not where the declaration repeats it', async () => {
    expect((await timeline()).where).to.deep.equal({ unlocode: 'KRPUS' });
    await declare({ declaration: inError(right, 'did_not_occur', []), corrects: right });
    expect((await timeline()).where).to.deep.equal({ unlocode: 'CNSHA' });
  });

  it('hands refusals on, and takes no declaration as a statement by itself', async () => {
    const declaration = inError(first, 'did_not_occur', []);
    const input = { declaration, corrects: first };
    expect(codeOf(await send(gateway, importer, 'declareError', input))).to.equal('NOT_OWNER');
    const answer = await recordStatements(gateway, [declaration]);
    expect(at(answer, 'refused.0')).to.include({
      code: 'ERROR_DECLARATION',
      pointer: '/payload/errorDeclaration',
    });
  });

  it('raises no alert for the repeated time and place', async () => {
    const query = `{ shipment(ucr: "${UCR}") { alerts { nodes { kind path { id } } } } }`;
    const told = JSON.stringify(fine(await gateway.ask(query)));
    expect(told).to.include(ids[1]);
    const { nodes } = await timeline();
    const declared = nodes.filter(({ __typename }) => __typename === 'ErrorDeclared');
    expect(declared).to.have.length(2);
    for (const { id } of declared) expect(told).to.not.include(id);
  });
});
