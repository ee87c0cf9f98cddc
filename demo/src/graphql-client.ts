/** What a gateway answers to a refused or failed operation: the first error's code, sentence and next step. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';

  readonly code: string;

  readonly next: string | undefined;

  constructor(code: string, message: string, next?: string) {
    super(message);
    this.code = code;
    this.next = next;
  }
}

interface GraphQLAnswer<T> {
  readonly data?: T;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string; readonly next?: string };
  }[];
}

/** Sends one operation as one caller and returns its data; the gateway first reads up to `afterBlock`, where it is given. */
export interface GraphQLClient {
  <T>(query: string, variables?: Record<string, unknown>, afterBlock?: number): Promise<T>;
}

const deadlineMilliseconds = 120_000;

/**
 * A client of one gateway for one caller's token.
 *
 * @throws RefusedError with the code of the gateway's first error, or GATEWAY_UNREACHABLE
 */
export function graphqlClient(url: string, token: string): GraphQLClient {
  return async <T>(
    query: string,
    variables: Record<string, unknown> = {},
    afterBlock?: number,
  ): Promise<T> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        ...(afterBlock !== undefined && { 'passage-after-block': String(afterBlock) }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(deadlineMilliseconds),
    }).catch((error: unknown) => {
      const cause = error instanceof Error ? error.message : String(error);
      throw new RefusedError(
        'GATEWAY_UNREACHABLE',
        `${url} does not answer: ${cause}`,
        './test-network.sh status',
      );
    });
    const { data, errors } = (await response.json()) as GraphQLAnswer<T>;
    const first = errors?.[0];
    if (first !== undefined)
      throw new RefusedError(first.extensions?.code ?? 'UNKNOWN', first.message, first.extensions?.next);
    if (data === undefined)
      throw new RefusedError('UNKNOWN', `${url} answered ${String(response.status)} without data`);
    return data;
  };
}
