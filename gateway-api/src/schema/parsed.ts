/** What a column of JSON holds; undefined where it is empty. */
export function parsed(json: string | null): unknown {
  return json === null ? undefined : JSON.parse(json);
}
