import { AuditError } from '../errors.js';

/**
 * What reading a source fails with, in the auditor's words where the file system said it: a file may lack rights, or be gone by
 * the time that its blocks are wanted. Anything else comes back as it is.
 */
export function sourceFailure(description: string, error: unknown): unknown {
  const isOfFiles = error instanceof Error && !(error instanceof AuditError) && 'syscall' in error;
  if (!isOfFiles) return error;
  const next = 'check that it is there, whole, and that you may read it';
  return new AuditError('SOURCE_UNREADABLE', `${description} cannot be read (${error.message}): ${next}`, {
    cause: error,
  });
}
