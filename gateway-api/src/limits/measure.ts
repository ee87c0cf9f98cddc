import { MOST_OF_A_PAGE, USUAL_PAGE } from '../paging/page.js';
import { Kind, getNamedType, isListType, isNonNullType, isObjectType, isInterfaceType } from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLNamedOutputType,
  GraphQLSchema,
  SelectionSetNode,
} from 'graphql';

/** What a request asks for: fields inside one another, renamed fields, and fields that its answer may have. */
export interface Measure {
  readonly depth: number;
  readonly aliases: number;
  readonly cost: number;
}

/** Elements that a list is counted with where the request does not say how many it wants. */
const LIST = 10;

/** Fields that cost more than a look at a row: each has a block read again. */
const costly: ReadonlyMap<string, number> = new Map([['Verification.recheck', 200]]);

const NOTHING: Measure = { depth: 0, aliases: 0, cost: 0 };

/**
 * Measures a request, the largest of its operations for each measure. A field costs 1 (a few say more), and what is selected below it as
 * often as it may stand in the answer: as often as its page is long below the `edges` and `nodes` of a connection, and once
 * beside them; 10 times below any other list. Introspection costs nothing: it reads no data. Each fragment is measured once,
 * so that fragments that name one another many times cost no more time than they have text; circles are refused elsewhere.
 */
export function measure(schema: GraphQLSchema, document: DocumentNode): Measure {
  const measured = new Measuring(schema, document);
  const operations = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? measured.selections(definition.selectionSet, schema.getRootType(definition.operation) ?? undefined, 0)
      : [],
  );
  return operations.reduce(most, NOTHING);
}

class Measuring {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #known = new Map<string, Measure>();

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    this.#schema = schema;
    this.#fragments = new Map(
      document.definitions.flatMap((one) =>
        one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [],
      ),
    );
  }

  /** `page`: how long the page is that the parent was asked for; 0 where it is no connection. */
  selections(set: SelectionSetNode, parent: GraphQLNamedOutputType | undefined, page: number): Measure {
    return set.selections
      .map((selection) => {
        if (selection.kind === Kind.FIELD) return this.#field(selection, parent, page);
        if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#fragment(selection.name.value, page);
        const type = selection.typeCondition ? this.#type(selection.typeCondition.name.value) : parent;
        return this.selections(selection.selectionSet, type, page);
      })
      .reduce(together, NOTHING);
  }

  #field(node: FieldNode, parent: GraphQLNamedOutputType | undefined, page: number): Measure {
    const name = node.name.value;
    const aliases = node.alias === undefined ? 0 : 1;
    if (name.startsWith('__')) return { depth: 1, aliases, cost: 0 };
    const field = fieldOf(parent, name);
    const type = field && getNamedType(field.type);
    const own = hasFirst(field) ? pageOf(node) : 0;
    const below = node.selectionSet ? this.selections(node.selectionSet, type, own) : NOTHING;
    const times = page > 0 && (name === 'edges' || name === 'nodes') ? page : elements(field, own);
    const itself = costly.get(`${parent?.name ?? ''}.${name}`) ?? 1;
    return { depth: 1 + below.depth, aliases: aliases + below.aliases, cost: itself + times * below.cost };
  }

  #fragment(name: string, page: number): Measure {
    const key = `${name} ${String(page)}`;
    const known = this.#known.get(key);
    if (known) return known;
    this.#known.set(key, NOTHING);
    const fragment = this.#fragments.get(name);
    if (!fragment) return NOTHING;
    const found = this.selections(fragment.selectionSet, this.#type(fragment.typeCondition.name.value), page);
    this.#known.set(key, found);
    return found;
  }

  #type(name: string): GraphQLNamedOutputType | undefined {
    const type = this.#schema.getType(name);
    return isObjectType(type) || isInterfaceType(type) ? type : undefined;
  }
}

type Field = GraphQLField<unknown, unknown>;

function fieldOf(parent: GraphQLNamedOutputType | undefined, name: string): Field | undefined {
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}

function hasFirst(field: Field | undefined): boolean {
  return field?.args.some(({ name }) => name === 'first') ?? false;
}

/** How often what is selected below a field may stand in the answer; `page` is how many it was asked for, 0 where nobody may ask. */
function elements(field: Field | undefined, page: number): number {
  if (!field || !isListType(isNonNullType(field.type) ? field.type.ofType : field.type)) return 1;
  return page > 0 ? page : LIST;
}

/** How long the page is that a connection is asked for; the longest, where a variable says. */
function pageOf({ arguments: given = [] }: FieldNode): number {
  const sizes = given
    .filter(({ name }) => name.value === 'first' || name.value === 'last')
    .map(({ value }) => value)
    .filter(({ kind }) => kind !== Kind.NULL);
  const [size] = sizes;
  if (size === undefined) return USUAL_PAGE;
  return size.kind === Kind.INT ? Math.max(1, Number(size.value)) : MOST_OF_A_PAGE;
}

function together(a: Measure, b: Measure): Measure {
  return { depth: Math.max(a.depth, b.depth), aliases: a.aliases + b.aliases, cost: a.cost + b.cost };
}

function most(a: Measure, b: Measure): Measure {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: Math.max(a.aliases, b.aliases),
    cost: Math.max(a.cost, b.cost),
  };
}
