import { parameterTable } from '@passage/domain';
import { expect } from 'chai';
import { isInputObjectType, isObjectType } from 'graphql';
import type { GraphQLFieldMap, GraphQLInputFieldMap } from 'graphql';

import { gatewaySchema } from '../schema/gateway-schema.js';
import { fakeIdentity } from '../testing/fake-ledger.js';
import { at, listAt, membersAt } from '../testing/read.js';
import { act, codeOf, fine, prepared, record, send } from '../testing/story.js';
import { admin, importer, TestGateway, UCR } from '../testing/test-gateway.js';

describe('parameters at a gateway', () => {
  let gateway: TestGateway;

  beforeEach(async () => {
    gateway = await (await TestGateway.open()).start();
  });

  afterEach(async () => {
    await gateway.remove();
  });

  /** What the administrator of another organisation does, at its own gateway. */
  const elsewhere = async (mspId: string, name: string, input: object): Promise<void> => {
    const identity = fakeIdentity({ mspId, admin: true });
    await gateway.ledger.broadcast(await gateway.ledger.endorse(name, JSON.stringify(input), identity));
  };

  const fields = 'proposal { proposal status version words { by word } } receipt { block }';

  const agree = async (changes: object, id: string): Promise<void> => {
    const proposal = { requestId: id, changes, reason: 'as agreed' };
    await act(gateway, admin, 'proposeParameters', proposal, fields);
    const word = { requestId: `approve-${id}`, proposedBy: 'BusinessMSP', proposal: id };
    for (const mspId of ['CustomsMSP', 'PortMSP']) await elsewhere(mspId, 'ApproveParameters', word);
    const approved = await act(gateway, admin, 'approveParameters', word, fields);
    expect(at(approved, 'proposal.status')).to.equal('in_force');
  };

  it('shows the defaults, then what is in force, and who said what of it', async () => {
    const query = `{ parameters { version approvedBy since values { offerHours batchLimit silences { kind hours } }
      proposal { proposedBy proposal reason status words { by word act { mspId } } } } }`;
    const before = membersAt(fine(await gateway.ask(query)), 'parameters');
    expect(before).to.deep.include({ version: 0, approvedBy: [], since: null, proposal: null });
    expect(before['values']).to.deep.equal({
      offerHours: 72,
      batchLimit: 100,
      silences: parameterTable.silences.byDefault,
    });
    await agree({ offerHours: 24 }, 'p-1');
    const after = membersAt(fine(await gateway.ask(query)), 'parameters');
    const approvedBy = ['BusinessMSP', 'CustomsMSP', 'PortMSP'];
    expect(after).to.deep.include({ version: 1, approvedBy });
    expect(at(after, 'values.offerHours')).to.equal(24);
    expect(membersAt(after, 'proposal')).to.deep.equal({
      proposedBy: 'BusinessMSP',
      proposal: 'p-1',
      reason: 'as agreed',
      status: 'in_force',
      words: approvedBy.map((by) => ({ by, word: 'approved', act: { mspId: by } })),
    });
  });

  it('keeps every version, and every proposal with what became of it', async () => {
    const propose = (requestId: string, topSpeed: number) =>
      act(gateway, admin, 'proposeParameters', { requestId, changes: { topSpeed }, reason: 'r' });
    await propose('p-0', 900);
    await propose('p-9', 800);
    await act(gateway, admin, 'withdrawParameters', { proposal: 'p-9' });
    await agree({ offerHours: 24 }, 'p-1');
    await agree({ offerHours: 12 }, 'p-2');
    const query = `{ parameterHistory { nodes { version values { offerHours } } }
      first: parameters(version: 1) { values { offerHours } verification { checks } }
      defaults: parameters(version: 0) { verification { checks } } none: parameters(version: 9) { version }
      parameterProposals { nodes { proposal status } }
      parameterProposal(proposedBy: "BusinessMSP", proposal: "p-0") { changes { topSpeed offerHours } base } }`;
    const answer = fine(await gateway.ask(query));
    expect(at(answer, 'parameterHistory.nodes')).to.deep.equal([
      { version: 2, values: { offerHours: 12 } },
      { version: 1, values: { offerHours: 24 } },
      { version: 0, values: { offerHours: 72 } },
    ]);
    expect(at(answer, 'first.values')).to.deep.equal({ offerHours: 24 });
    expect(listAt(answer, 'first.verification.checks')).not.to.deep.equal([]);
    expect(answer['defaults']).to.deep.equal({ verification: null });
    expect(answer['none']).to.equal(null);
    expect(at(answer, 'parameterProposals.nodes')).to.have.deep.members([
      { proposal: 'p-0', status: 'outdated' },
      { proposal: 'p-9', status: 'withdrawn' },
      { proposal: 'p-1', status: 'in_force' },
      { proposal: 'p-2', status: 'in_force' },
    ]);
    expect(answer['parameterProposal']).to.deep.equal({
      changes: { topSpeed: 900, offerHours: null },
      base: 0,
    });
  });

  it('takes acts from administrators alone, and passes the rules’ refusals on', async () => {
    const input = { changes: { topSpeed: 900 }, reason: 'r' };
    expect(codeOf(await send(gateway, importer, 'proposeParameters', input))).to.equal('FORBIDDEN');
    const nothing = await send(gateway, admin, 'proposeParameters', { ...input, changes: {} });
    expect(codeOf(nothing)).to.equal('INVALID_FIELD');
    const unknown = { proposedBy: 'PortMSP', proposal: 'p' };
    expect(codeOf(await send(gateway, admin, 'approveParameters', unknown))).to.equal('PROPOSAL_UNKNOWN');
    const rejected = await send(gateway, admin, 'rejectParameters', { ...unknown, reason: 'r' });
    expect(codeOf(rejected)).to.equal('PROPOSAL_UNKNOWN');
  });

  it('sends no more statements in one transaction than was agreed on', async () => {
    const device = await prepared(gateway);
    await agree({ batchLimit: 2 }, 'p-1');
    await record(
      gateway,
      [1, 2, 3, 4, 5].map(() => device.statement(UCR)),
    );
    const batches = gateway.ledger.chain
      .flatMap(({ transactions }) => transactions)
      .filter(({ command }) => command === 'RecordStatements')
      .map(({ argument }) => (JSON.parse(argument) as { statements: string[] }).statements.length);
    expect(batches).to.deep.equal([2, 2, 1]);
  });
});

/** What a field of a type and one of an input have in common. */
interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

describe('the parameters of schema.graphql', () => {
  it('are those of the table, with its words', () => {
    const schema = gatewaySchema();
    const meanings = Object.entries(parameterTable).map(([name, { meaning }]) => [name, meaning]);
    for (const name of ['ParameterValues', 'ParameterChanges', 'ParameterChangesInput']) {
      const type = schema.getType(name);
      const has = isObjectType(type) || isInputObjectType(type);
      const members: GraphQLFieldMap<unknown, unknown> | GraphQLInputFieldMap = has ? type.getFields() : {};
      const described = Object.values(members).map((member: Described) => [member.name, member.description]);
      expect(described, name).to.deep.equal(meanings);
    }
  });
});
