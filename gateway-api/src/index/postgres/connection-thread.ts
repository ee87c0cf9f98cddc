import { workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';

import pg from 'pg';

import { TAKE_WRITERS_LOCK, connectionTo } from './pool.js';

/** A statement, and the name under which the server keeps it prepared. Texts among its values are as `storedText` gives them. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** What is asked of a connection: to open it where it is not open (`url`), to carry out statements, or to close it. */
export interface ConnectionCall {
  readonly connection: number;
  readonly url?: string;
  readonly statements?: readonly Statement[];
  readonly close?: true;
}

/** The rows of the last statement, or what one of them failed with; `code` is an SQLSTATE, or a system's. */
export type ConnectionAnswer =
  | { readonly rows: readonly unknown[] }
  | { readonly error: { readonly message: string; readonly code?: string } };

/** How the asking thread and this one are joined: by a port, and by a number that grows with every answer. */
export interface ConnectionThreadData {
  readonly port: MessagePort;
  readonly answers: Int32Array<SharedArrayBuffer>;
}

const { port, answers } = workerData as ConnectionThreadData;
const clients = new Map<number, pg.Client>();

async function answer({
  connection,
  url,
  statements = [],
  close,
}: ConnectionCall): Promise<readonly unknown[]> {
  if (close) {
    await clients.get(connection)?.end();
    return [];
  }
  const client = clients.get(connection) ?? (await open(connection, url));
  let rows: readonly unknown[] = [];
  for (const { values = [], ...statement } of statements)
    ({ rows } = await client.query<object>({ ...statement, values: [...values] }));
  return rows;
}

/** Opens a connection that has the index to itself. One that is lost stays so until it is opened again: what was begun on it is not gone on with on another. */
async function open(connection: number, url: string | undefined): Promise<pg.Client> {
  if (url === undefined) throw new Error('the connection to the database was lost');
  const client = new pg.Client(connectionTo(url));
  const forget = (): void => {
    // It may end after another has taken its place.
    if (clients.get(connection) === client) clients.delete(connection);
  };
  client.on('error', forget).on('end', forget);
  await client.connect();
  const { rows } = await client.query<{ readonly isMine: boolean }>(TAKE_WRITERS_LOCK);
  if (rows[0]?.isMine !== true) {
    await client.end();
    throw Object.assign(new Error('another gateway writes this index'), { code: 'INDEX_IN_USE' });
  }
  clients.set(connection, client);
  return client;
}

async function attempt(call: ConnectionCall): Promise<ConnectionAnswer> {
  try {
    return { rows: await answer(call) };
  } catch (error) {
    const { message, code } = error as Error & { readonly code?: string };
    return { error: { message, ...(code !== undefined && { code }) } };
  }
}

port.on('message', (call: ConnectionCall) => {
  void attempt(call).then((found) => {
    port.postMessage(found);
    Atomics.add(answers, 0, 1);
    Atomics.notify(answers, 0);
  });
});
