import type { Migration } from '../migrate.js';
import { questionMigrations } from './questions.js';
import { recordMigrations } from './records.js';

/** The tables of the index, in the order in which they came; what was released is never changed here. */
export const indexMigrations: readonly Migration[] = [...recordMigrations, ...questionMigrations];
