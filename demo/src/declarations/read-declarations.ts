import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';
import type { Declaration } from './declaration.js';
import { DeclarationError } from './declaration-error.js';
import { type Column, columns, readRow, type Row } from './read-row.js';

/** A line longer than this is none of this format. */
const longestLine = 65_536;

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads import declarations in the format of the Korean data set, CSV or CSV in gzip, one after another: a file of any
 * size takes little memory.
 *
 * @param limit stop after so many.
 * @throws DeclarationError DECLARATIONS_NOT_FOUND, DECLARATIONS_UNREADABLE, DECLARATIONS_HEADER, DECLARATION_MALFORMED
 *   (also for an id that comes twice).
 */
export async function* readDeclarations(path: string, limit = Infinity): AsyncGenerator<Declaration> {
  const file = await openFile(path);
  try {
    yield* take(declarationsOf(await textOf(file)), limit);
  } catch (error) {
    throw readingFailed(path, error);
  } finally {
    await file.close();
  }
}

/** All of {@link readDeclarations} in one list. */
export async function loadDeclarations(path: string, limit?: number): Promise<Declaration[]> {
  const declarations: Declaration[] = [];
  for await (const declaration of readDeclarations(path, limit)) declarations.push(declaration);
  return declarations;
}

async function* declarationsOf(text: Readable): AsyncGenerator<Declaration> {
  const parser = parse({ bom: true, info: true, relax_column_count: true, max_record_size: longestLine });
  text.on('error', (error) => parser.destroy(error));
  const seen = new Map<string, number>();
  let order: ColumnOrder | undefined;
  try {
    for await (const { record, info } of text.pipe(parser) as AsyncIterable<CsvRecord>) {
      if (order === undefined) {
        order = columnOrder(record);
        continue;
      }
      const declaration = readRow({ line: info.lines, fields: inOrder(record, order, info.lines) });
      refuseTwin(declaration.id, info.lines, seen);
      yield declaration;
    }
  } finally {
    text.destroy();
  }
  if (order === undefined) throw new DeclarationError('DECLARATIONS_HEADER', 'The file is empty.');
}

/** The place of each column in a record, and how many fields a record has. */
interface ColumnOrder {
  readonly places: readonly (readonly [Column, number])[];
  readonly width: number;
}

function columnOrder(header: readonly string[]): ColumnOrder {
  const places = (Object.keys(columns) as Column[]).map(
    (column) => [column, header.indexOf(columns[column])] as const,
  );
  const missing = places.filter(([, index]) => index < 0).map(([column]) => columns[column]);
  if (missing.length > 0) {
    throw new DeclarationError('DECLARATIONS_HEADER', `The header lacks ${missing.join(', ')}.`);
  }
  return { places, width: header.length };
}

function inOrder(record: readonly string[], { places, width }: ColumnOrder, line: number): Row['fields'] {
  if (record.length !== width) {
    const sentence = `Line ${line} has ${record.length} fields, the header ${width}.`;
    throw new DeclarationError('DECLARATION_MALFORMED', sentence);
  }
  return Object.fromEntries(places.map(([column, index]) => [column, record[index]])) as Row['fields'];
}

function refuseTwin(id: string, line: number, seen: Map<string, number>): void {
  const first = seen.get(id);
  if (first !== undefined) {
    const sentence = `Line ${line}: ${columns.id} ${id} stands on line ${first} already.`;
    throw new DeclarationError('DECLARATION_MALFORMED', sentence);
  }
  seen.set(id, line);
}

async function* take<T>(items: AsyncIterable<T>, limit: number): AsyncGenerator<T> {
  let taken = 0;
  if (limit <= 0) return;
  for await (const item of items) {
    yield item;
    taken += 1;
    if (taken >= limit) return;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new DeclarationError('DECLARATIONS_NOT_FOUND', `There is no file ${path}.`);
    }
    throw readingFailed(path, error);
  }
}

/** The file's text; gzip is known by its first two bytes (RFC 1952 section 2.3.1), whatever the name says. */
async function textOf(file: FileHandle): Promise<Readable> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
  const bytes = file.createReadStream({ start: 0, autoClose: false });
  const zipped = bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  if (!zipped) return bytes;
  const gunzip = createGunzip();
  bytes.on('error', (error) => gunzip.destroy(error));
  return bytes.pipe(gunzip);
}

function readingFailed(path: string, error: unknown): unknown {
  if (error instanceof DeclarationError) return error;
  if (error instanceof CsvError) {
    return new DeclarationError('DECLARATION_MALFORMED', `${path}: ${error.message}.`);
  }
  const why = error instanceof Error ? error.message : String(error);
  return new DeclarationError('DECLARATIONS_UNREADABLE', `${path} cannot be read: ${why}.`);
}
