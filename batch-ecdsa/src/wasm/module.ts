import { range } from '../at.js';
import { unsigned } from './leb128.js';
import type { Code } from './instructions.js';

/** A function that takes i32s and returns nothing. Its variables follow its parameters: first the i32s, then the v128s. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: number;
  readonly scalars: number;
  readonly vectors: number;
  readonly body: Code;
}

const I32 = 0x7f;
const V128 = 0x7b;
const FUNCTION = 0x00;
const MEMORY = 0x02;
const END = 0x0b;

/**
 * A module (WebAssembly Core Specification 2.0, section 5.5) that exports its functions, and a memory that does not grow.
 *
 * @param pages of 64 KiB; an engine brings them up when they are first written.
 */
export function encodeModule(functions: readonly WasmFunction[], pages: number): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [0x60, list(range(parameters).map(() => I32)), 0]);
  const indexes = functions.map((_, index) => unsigned(index));
  const exported = functions.map(({ name }, index) => [text(name), FUNCTION, unsigned(index)]);
  const bodies = functions.map(({ scalars, vectors, body }) => {
    const variables = list([
      [unsigned(scalars), I32],
      [unsigned(vectors), V128],
    ]);
    return sized([variables, body, END]);
  });
  return new Uint8Array(
    flat([
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, types),
      section(3, indexes),
      section(5, [[1, unsigned(pages), unsigned(pages)]]),
      section(7, [...exported, [text('memory'), MEMORY, 0]]),
      section(10, bodies),
    ]),
  );
}

const section = (id: number, entries: readonly Code[]): Code => [id, sized(list(entries))];
const list = (entries: readonly Code[]): Code => [unsigned(entries.length), entries];
const text = (name: string): Code => list([...Buffer.from(name)]);

function sized(code: Code): Code {
  const bytes = flat(code);
  return [unsigned(bytes.length), bytes];
}

function flat(code: Code, into: number[] = []): number[] {
  if (typeof code === 'number') into.push(code);
  else for (const part of code) flat(part, into);
  return into;
}
