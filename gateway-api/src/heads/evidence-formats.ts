import { readJson } from '@passage/domain';
import { flag, integer, list, object, readShape, sha256Hex } from '@passage/domain/shapes';
import type { Shape } from '@passage/domain/shapes';
import { shipmentStatementShape, signatureShape, signaturesShape, treeHeadShape } from '@passage/evidence';
import type { OrganisationSignature, ShipmentStatement, SignedTreeHead } from '@passage/evidence';

/** The most bytes of an answer: a head with its signatures, and a proof, take a few thousand. */
export const MOST_ANSWER_BYTES = 65_536;

/** A shipment statement has a few hundred bytes. */
export const MOST_STATEMENT_BYTES = 4096;

/** That the tree of `from` events is a beginning of the head's. */
interface Consistency {
  readonly from: number;
  /** RFC 9162 section 2.1.4.1, hex. */
  readonly proof: readonly string[];
}

/** What a gateway answers at `/tree-head`: its head, signed; and what `from` asked for. */
export type HeadAnswer = SignedTreeHead & { readonly consistency?: Consistency };

/** What it answers at `/shipment-statement`: a signature where its own index says the same, and nothing else where it does not. */
export interface StatementAnswer {
  readonly equal: boolean;
  readonly signature?: OrganisationSignature;
}

const consistency = object<Consistency>(
  { from: integer(1), proof: list(sha256Hex, { min: 0, max: 64 }) },
  {},
);
const headAnswer = object<HeadAnswer>({ head: treeHeadShape, signatures: signaturesShape }, { consistency });
const statementAnswer = object<StatementAnswer>({ equal: flag }, { signature: signatureShape });

/** @throws PassageError the first fault of what another gateway has answered */
export const readHeadAnswer = reader('The answer', headAnswer, MOST_ANSWER_BYTES);

/** @throws PassageError the same */
export const readStatementAnswer = reader('The answer', statementAnswer, MOST_ANSWER_BYTES);

/** @throws PassageError the first fault of what another gateway asks */
export const readStatement: (bytes: Uint8Array) => ShipmentStatement = reader(
  'The shipment statement',
  shipmentStatementShape,
  MOST_STATEMENT_BYTES,
);

function reader<T>(what: string, shape: Shape<T>, maxBytes: number): (bytes: Uint8Array) => T {
  return (bytes) => readShape(what, shape, readJson(bytes, { what, maxBytes }));
}
