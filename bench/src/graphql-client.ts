import { Agent, request } from 'node:http';

/** Sends one operation to a gateway, which waits for a block where one is given, and returns its data. */
export type GraphQL = <T>(
  query: string,
  variables: Record<string, unknown>,
  afterBlock?: number,
) => Promise<T>;

interface Answer<T> {
  readonly data?: T | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** A client of one gateway for one token, over connections that stay open. Throws the gateway's first error. */
export function graphqlClient(url: string, token: string): GraphQL {
  const agent = new Agent({ keepAlive: true });
  return async <T>(query: string, variables: Record<string, unknown>, afterBlock?: number): Promise<T> => {
    const text = await post(url, token, agent, JSON.stringify({ query, variables }), afterBlock);
    const { data, errors } = JSON.parse(text) as Answer<T>;
    if (data === undefined || data === null)
      throw new Error(errors?.[0]?.message ?? 'an answer without data');
    return data;
  };
}

function post(url: string, token: string, agent: Agent, body: string, afterBlock?: number): Promise<string> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    authorization: `Bearer ${token}`,
    ...(afterBlock !== undefined && { 'passage-after-block': String(afterBlock) }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        resolve(Buffer.concat(parts).toString('utf8'));
      });
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
