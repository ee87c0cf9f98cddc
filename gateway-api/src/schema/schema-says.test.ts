import { expect } from 'chai';
import {
  buildSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import type {
  GraphQLField,
  GraphQLInputField,
  GraphQLNamedType,
  GraphQLObjectType,
  GraphQLSchema,
} from 'graphql';

import { gatewaySchema } from './gateway-schema.js';

/** Something that a schema says, under its coordinate: `Type`, `Type.field`, `Type.field(argument)`, `Enum.value`. */
interface Said {
  readonly at: string;
  readonly description: string | undefined | null;
  readonly deprecated?: string | null | undefined;
}

type Field = GraphQLField<unknown, unknown> | GraphQLInputField;

function saidByField(type: string, field: Field): readonly Said[] {
  const at = `${type}.${field.name}`;
  const { description, deprecationReason: deprecated } = field;
  const args = 'args' in field ? field.args : [];
  return [
    { at, description, deprecated },
    ...args.map((arg) => ({
      at: `${at}(${arg.name})`,
      description: arg.description,
      deprecated: arg.deprecationReason,
    })),
  ];
}

function saidByType(type: GraphQLNamedType): readonly Said[] {
  const { name, description } = type;
  const own = { at: name, description };
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
    return [own, ...Object.values(type.getFields()).flatMap((field: Field) => saidByField(name, field))];
  }
  const values = isEnumType(type) ? type.getValues() : [];
  return [
    own,
    ...values.map((value) => ({
      at: `${name}.${value.name}`,
      description: value.description,
      deprecated: value.deprecationReason,
    })),
  ];
}

/** Everything that a schema of our own says, GraphQL's own types left out. */
function saidBy(schema: GraphQLSchema): readonly Said[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type))
    .flatMap(saidByType);
}

const undescribed = (schema: GraphQLSchema): readonly string[] =>
  saidBy(schema)
    .filter(({ description }) => (description ?? '').trim() === '')
    .map(({ at }) => at);

/** What docs/gateway.md asks of a deprecation: what takes its place, and the day from which it may be gone. */
const DEPRECATION = /`[^`]+`.*\b\d{4}-\d{2}-\d{2}\b/;

const unpolitely = (schema: GraphQLSchema): readonly string[] =>
  saidBy(schema).flatMap(({ at, deprecated }) =>
    typeof deprecated === 'string' && !DEPRECATION.test(deprecated) ? [at] : [],
  );

/**
 * The object types that are reached from a root without coming through one that has `verification`: nothing says of them how they
 * were verified. What stands inside a node that has it rests on that node's.
 */
function withoutVerification(schema: GraphQLSchema): readonly string[] {
  const reached = new Set<string>();
  const look = (type: GraphQLNamedType): void => {
    if (reached.has(type.name)) return;
    if (isAbstractType(type)) schema.getPossibleTypes(type).forEach(look);
    if (!isObjectType(type) || 'verification' in type.getFields()) return;
    reached.add(type.name);
    for (const field of Object.values(type.getFields())) look(getNamedType(field.type));
  };
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  roots.filter((type): type is GraphQLObjectType => type instanceof Object).forEach(look);
  return [...reached].filter((name) => !/(Connection|Edge|Result)$/.test(name)).sort();
}

/** Why an answer that no `verification` covers needs none. */
const needsNone = {
  'is the root, or the frame of a list or stream': [
    'FeedBegins',
    'Mutation',
    'PageInfo',
    'Query',
    'Subscription',
  ],
  'says what was checked, and by whom': ['LedgerSource', 'LedgerStatus', 'RefusedBlock'],
  'proves itself: it is signed, or leads to what is': [
    'ConsistencyProof',
    'EvidenceBundle',
    'InclusionProof',
    'NotSigned',
    'OrganisationSignature',
    'ShipmentStatement',
    'TreeHead',
  ],
  "is the gateway's own book, and no fact of the ledger": [
    'AccessRecord',
    'AlertLifeStep',
    'AlertMessage',
    'LedgerAlert',
    'Webhook',
    'WebhookSecret',
  ],
  'names the verified block, or waits for one': [
    'AcceptedStatement',
    'EndorsedAct',
    'ProposedAct',
    'Receipt',
    'RefusedStatement',
    'SubmittedAct',
  ],
  'comes from a private collection, and proves itself by its commitment': ['Opening'],
};

describe('what the schema says', () => {
  const schema = gatewaySchema();

  it('is said of every type, field, argument, enum value and input', () => {
    expect(undescribed(schema)).to.deep.equal([]);
  });

  it('would be missed where it is not said', () => {
    const silent = buildSchema('"T" type Query { a("x" x: I): Int } input I { b: E } "E" enum E { c }');
    expect(undescribed(silent)).to.deep.equal(['Query.a', 'I', 'I.b', 'E.c']);
  });

  it('covers every fact of the ledger by how it was verified', () => {
    const none = Object.values(needsNone).flat();
    expect(withoutVerification(schema)).to.deep.equal([...none].sort());
  });

  it('would miss a fact that no verification covers', () => {
    const text = `type Query { seen: Seen bare: Bare } type V { a: Int }
      type Seen { verification: V part: Part } type Part { b: Int } type Bare { c: Int }`;
    expect(withoutVerification(buildSchema(text))).to.deep.equal(['Bare', 'Query']);
  });

  it('names of whatever is deprecated what takes its place, and the day from which it may be gone', () => {
    expect(unpolitely(schema)).to.deep.equal([]);
    const deprecated = (reason: string) =>
      buildSchema(`type Query { a: Int @deprecated(reason: "${reason}") }`);
    expect(unpolitely(deprecated('no longer needed'))).to.deep.equal(['Query.a']);
    expect(unpolitely(deprecated('use `b`'))).to.deep.equal(['Query.a']);
    expect(unpolitely(deprecated('`b` takes its place; gone from 2027-06-30 on'))).to.deep.equal([]);
  });
});
