import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A compressed CSV without quotes, read the plainest way, apart from the code under test. */
export function simpleCsv(folder: string, file: string): Record<string, string>[] {
  const [header = '', ...lines] = gunzipSync(readFileSync(join(folder, file)))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
}

/** The two files of the Korean data set. */
export const kcsFiles = ['df_syn_train_eng.csv.gz', 'df_syn_valid_eng.csv.gz'] as const;
