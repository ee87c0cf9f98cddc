import { createHash } from 'node:crypto';

import type { NetworkUnderTest } from './network/under-test.js';

/** Longer values are told by their hash. */
const LONGEST_TEXT = 400;

/**
 * Takes out of an observation what must differ between two runs: transaction ids become the step that sent them, versions the
 * step whose transaction wrote them; addresses, the channel's name, times and the number of an attempt become words.
 */
export class Normalizer {
  readonly #channel: string;
  readonly #chaincode: string;
  readonly #steps = new Map<string, string>();
  readonly #envelopes = new Map<string, string>();
  readonly #writers = new Map<string, string>();

  constructor({ channel, chaincode }: Pick<NetworkUnderTest, 'channel' | 'chaincode'>) {
    this.#channel = channel;
    this.#chaincode = chaincode;
  }

  nameTransaction(txId: string, step: string): void {
    this.#steps.set(txId, step);
  }

  forgetTransactions(step: string): void {
    for (const [txId, named] of this.#steps) if (named === step) this.#steps.delete(txId);
  }

  nameVersion(block: number, tx: number, step: string): void {
    this.#writers.set(`${String(block)}:${String(tx)}`, step);
  }

  /** For envelopes in which no transaction id can be found. */
  nameEnvelope(envelope: Uint8Array, step: string): void {
    this.#envelopes.set(digestOf(envelope), step);
  }

  stepOfEnvelope(envelope: Uint8Array): string | undefined {
    return this.#envelopes.get(digestOf(envelope));
  }

  stepOf(txId: string): string | undefined {
    return this.#steps.get(txId);
  }

  text(raw: string): string {
    return (
      raw
        .replaceAll('\u00a0', ' ')
        .replaceAll(/\b[0-9a-f]{200,}\b/g, '<bytes>')
        .replaceAll(/[0-9a-f]{64}/g, (id) =>
          this.#steps.has(id) ? `<tx ${String(this.#steps.get(id))}>` : id,
        )
        .replaceAll(/\b(localhost|127\.0\.0\.1):\d+/g, '<address>')
        .replaceAll(this.#channel, this.#chaincode)
        .replaceAll(/\d{4}-\d\d-\d\d[ T][\d:.]+( [+-]\d{4} (UTC|[A-Z]+)( m=[+-][\d.]+)?|Z)/g, '<time>')
        .replaceAll(/BlockNum: \d+, TxNum: \d+/g, 'version')
        // Which of the two is read first is chance: Go shuffles its maps.
        .replaceAll(/channel (Application|Orderer) sub-group/g, 'channel <group> sub-group')
        .replaceAll(/@\d+@/g, '@')
    );
  }

  /** Bytes in words: as text where they are some, else in hex; long ones by their hash. */
  bytes(raw: Uint8Array): string {
    const text = Buffer.from(raw).toString();
    const isText = Buffer.from(text).equals(Buffer.from(raw)) && !/[\u0001-\u0008\u000e-\u001f]/.test(text);
    if (raw.length > LONGEST_TEXT) return `<${String(raw.length)} bytes, ${digestOf(raw)}>`;
    return isText ? this.text(text) : `0x${Buffer.from(raw).toString('hex')}`;
  }

  /** A whole structure; undefined members are left out. */
  value(raw: unknown): unknown {
    if (typeof raw === 'string') return this.text(raw);
    if (typeof raw === 'bigint') return Number(raw);
    if (raw instanceof Uint8Array) return this.bytes(raw);
    if (Array.isArray(raw)) return raw.map((one) => this.value(one));
    if (raw instanceof Map) return this.value(Object.fromEntries(raw));
    if (typeof raw !== 'object' || raw === null) return raw;
    if (isVersion(raw))
      return this.#writers.get(`${String(raw.block)}:${String(raw.tx)}`) ?? 'an earlier one';
    return Object.fromEntries(
      Object.entries(raw).flatMap(([name, one]) => (one === undefined ? [] : [[name, this.value(one)]])),
    );
  }
}

function isVersion(raw: object): raw is { block: number; tx: number } {
  return Object.keys(raw).length === 2 && 'block' in raw && 'tx' in raw;
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
