import type { Caller } from '../auth/caller.js';
import type { Answer } from './answer.js';
import { membersAt } from './read.js';
import type { Members } from './read.js';
import type { TestGateway } from './test-gateway.js';

/** One message of a stream, as GraphQL over server-sent events has it. */
export type Message = Omit<Answer, 'status'>;

/** A stream that is read one message after the other. */
export interface Following {
  /** The next message; undefined once the stream is complete. */
  next(): Promise<Message | undefined>;
  /** The item of the next message. Throws where it is an error, or none comes. */
  item(): Promise<Members>;
  /** Leaves. */
  leave(): Promise<void>;
}

const fields = `__typename cursor
  ... on FeedBegins { asOfBlock }
  ... on FeedEntry { ucrs units devices parties verification { block position checks asOfBlock } events { id __typename } }
  ... on ActRecorded { command act { party requestId } }
  ... on StatementRecorded { statementId }`;

/** Follows what a caller sees; the first message, from where on, is left for the test to read. */
export async function follow(
  gateway: TestGateway,
  caller: Caller,
  { filter, after }: { readonly filter?: object; readonly after?: string } = {},
): Promise<Following> {
  const query = `subscription ($filter: FeedFilter, $after: String) { feed(filter: $filter, after: $after) { ${fields} } }`;
  return followed(gateway, caller, query, { filter, after });
}

/** Follows what becomes of the alerts that a caller sees. */
export async function followAlerts(
  gateway: TestGateway,
  caller: Caller,
  { filter, after }: { readonly filter?: object; readonly after?: string } = {},
): Promise<Following> {
  const told = 'cursor step { step by assignedTo outcome } alert { id kind shipments life { state } }';
  const query = `subscription ($filter: AlertFilter, $after: String) { alerts(filter: $filter, after: $after) { ${told} } }`;
  return followed(gateway, caller, query, { filter, after });
}

async function followed(
  gateway: TestGateway,
  caller: Caller,
  query: string,
  variables: object,
): Promise<Following> {
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
  const body = JSON.stringify({ query, variables });
  return following(await gateway.fetch({ method: 'POST', headers, body }, caller));
}

/** Reads the messages of a response. */
export function following(response: Response): Following {
  const messages = messagesOf(response);
  const next = async (): Promise<Message | undefined> => (await messages.next()).value ?? undefined;
  return {
    next,
    async item() {
      const { data, errors } = (await next()) ?? {};
      if (!data || errors) throw new Error(`no item: ${JSON.stringify(errors ?? 'the stream is complete')}`);
      return membersAt(data, 'alerts' in data ? 'alerts' : 'feed');
    },
    async leave() {
      await messages.return(undefined);
    },
  };
}

async function* messagesOf(response: Response): AsyncGenerator<Message, undefined> {
  if (response.body === null) throw new Error('there is no body');
  const reader = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return undefined;
      text += decoder.decode(value, { stream: true });
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) {
        const data = /^event: next\ndata: (.*)$/m.exec(part)?.[1];
        if (data !== undefined) yield JSON.parse(data) as Message;
      }
    }
  } finally {
    await reader.cancel();
  }
}
