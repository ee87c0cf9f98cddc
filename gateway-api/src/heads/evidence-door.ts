import { PassageError } from '@passage/domain';
import type { ShipmentStatement } from '@passage/evidence';

import type { BlockWait } from '../index/block-wait.js';
import { gatewayError } from '../errors.js';
import { readStatement } from './evidence-formats.js';
import type { HeadAnswer, StatementAnswer } from './evidence-formats.js';
import { RateLimit } from './rate-limit.js';
import type { ShipmentStatements } from './shipment-statements.js';
import type { TreeHeads } from './tree-heads.js';

/** Requests a second that are answered, and how many at once: other gateways need few. */
const RATE = { perSecond: 20, burst: 40 };

/**
 * What other organisations' gateways ask of this one, without a token: it tells nothing of goods. A head is a number and a hash;
 * a statement has to be known already, whole, and is only found equal or not.
 */
export class EvidenceDoor {
  readonly #heads: TreeHeads;
  readonly #statements: ShipmentStatements;
  readonly #blocks: Pick<BlockWait, 'until'>;
  readonly #limit: RateLimit;

  constructor(
    parts: {
      readonly heads: TreeHeads;
      readonly statements: ShipmentStatements;
      readonly blocks: Pick<BlockWait, 'until'>;
    },
    limit = new RateLimit(RATE),
  ) {
    this.#heads = parts.heads;
    this.#statements = parts.statements;
    this.#blocks = parts.blocks;
    this.#limit = limit;
  }

  /** `GET /tree-head?height=…&from=…`. Throws a Refusal. */
  async head(query: URLSearchParams): Promise<HeadAnswer> {
    this.#limit.take();
    const height = numberIn(query, 'height') ?? (await this.#heads.height());
    const from = numberIn(query, 'from');
    const { head, signatures } = await this.#heads.signed(height);
    const answer = { head, signatures: [...signatures] };
    if (from === undefined || from < 1 || from > head.size) return answer;
    return { ...answer, consistency: { from, proof: [...(await this.#heads.consistency(from, head.size))] } };
  }

  /** `POST /shipment-statement`. Waits for the block that the statement goes up to. Throws a Refusal. */
  async statement(body: Uint8Array): Promise<StatementAnswer> {
    this.#limit.take();
    const statement = statementIn(body);
    await this.#blocks.until(statement.height - 1);
    const signature = await this.#statements.countersign(statement);
    return signature === undefined ? { equal: false } : { equal: true, signature };
  }
}

function statementIn(body: Uint8Array): ShipmentStatement {
  try {
    return readStatement(body);
  } catch (error) {
    if (!(error instanceof PassageError)) throw error;
    throw gatewayError('BAD_ARGUMENT', error.message, { status: 400, details: error.details });
  }
}

function numberIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw gatewayError('BAD_ARGUMENT', `\`${name}\` is no number`, { status: 400 });
}
