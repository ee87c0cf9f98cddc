import { writeFileSync } from 'node:fs';
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

/** Writes a report for people (`.html`) or programs (`.json`). @throws AuditError REPORT_UNWRITABLE */
export function writeReport(path: string, report: ReplayReport): void {
  const [, form] = Object.entries(FORMS).find(([end]) => path.endsWith(end)) ?? [];
  if (form === undefined) throw new TypeError(`${path} is no name of a report`);
  try {
    writeFileSync(path, form({ ...report, version: programVersion(), madeAt: new Date().toISOString() }));
  } catch (error) {
    throw new AuditError(
      'REPORT_UNWRITABLE',
      `the report could not be written (${messageOf(error)}): choose another --report`,
      {
        cause: error,
      },
    );
  }
}
