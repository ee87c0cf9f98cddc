/** Whether the place of an index is a database's URL, and no file. */
export function isPostgres(place: string): boolean {
  return /^postgres(ql)?:\/\//.test(place) && URL.canParse(place);
}

/** The place of an index as it may be told and logged: without user and password. */
export function shownPlace(place: string): string {
  if (!isPostgres(place)) return place;
  const url = new URL(place);
  return `${url.protocol}//${url.host}${url.pathname}`;
}
