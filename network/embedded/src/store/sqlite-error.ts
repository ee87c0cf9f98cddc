/** Result codes of SQLite (sqlite.org/rescode.html), whose low byte is the primary code. */
export const SQLITE_BUSY = 5;
export const SQLITE_CORRUPT = 11;
export const SQLITE_FULL = 13;
export const SQLITE_NOTADB = 26;

/** Whether an error is SQLite's with this primary result code. */
export function isSqliteError(error: unknown, code: number): boolean {
  if (!(error instanceof Error) || !('errcode' in error)) return false;
  return typeof error.errcode === 'number' && (error.errcode & 0xff) === code;
}
