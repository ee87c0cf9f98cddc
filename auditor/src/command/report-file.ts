import { accessSync, constants, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AuditError, messageOf } from '../errors.js';
import { reportHtml } from '../report-html.js';
import { programVersion } from '../version.js';
import { type FullReport, reportJson, type ReplayReport } from '../report.js';

/** Forms of a report, by the end of the file's name. */
const FORMS: Readonly<Record<string, (report: FullReport) => string>> = {
  '.html': reportHtml,
  '.json': (report) => `${JSON.stringify(reportJson(report), null, 2)}\n`,
};

/** Whether the name of a file says in what form its report is. */
export function isReportFile(path: string): boolean {
  return Object.keys(FORMS).some((end) => path.endsWith(end));
}

/** Whether a report could be written there as things are now: better asked before hours of work than behind them. @throws AuditError REPORT_UNWRITABLE */
export function checkReportPlace(path: string): void {
  try {
    accessSync(dirname(path), constants.W_OK | constants.X_OK);
    if (existsSync(path)) accessSync(path, constants.W_OK);
  } catch (error) {
    throw unwritable(error);
  }
}

/**
 * Writes a report for people (`.html`) or programs (`.json`), whole or not at all: one of an earlier run stays where this one cannot be
 * written.
 *
 * @throws AuditError REPORT_UNWRITABLE
 */
export function writeReport(path: string, report: ReplayReport): void {
  const [, form] = Object.entries(FORMS).find(([end]) => path.endsWith(end)) ?? [];
  if (form === undefined) throw new TypeError(`${path} is no name of a report`);
  const scratch = `${path}.${String(process.pid)}.new`;
  try {
    writeFileSync(scratch, form({ ...report, version: programVersion(), madeAt: new Date().toISOString() }));
    renameSync(scratch, path);
  } catch (error) {
    rmSync(scratch, { force: true });
    throw unwritable(error);
  }
}

function unwritable(error: unknown): AuditError {
  return new AuditError(
    'REPORT_UNWRITABLE',
    `the report cannot be written (${messageOf(error)}): choose another --report`,
    { cause: error },
  );
}
