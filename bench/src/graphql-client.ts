/** Sends one operation to a gateway and returns its data. */
export type GraphQL = <T>(query: string, variables: Record<string, unknown>) => Promise<T>;

interface Answer<T> {
  readonly data?: T | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** A client of one gateway for one token. Throws the gateway's first error. */
export function graphqlClient(url: string, token: string): GraphQL {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return async <T>(query: string, variables: Record<string, unknown>): Promise<T> => {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as Answer<T>;
    if (data === undefined || data === null)
      throw new Error(errors?.[0]?.message ?? 'an answer without data');
    return data;
  };
}
