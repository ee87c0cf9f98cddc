import { InvalidArgumentError } from 'commander';

/** Reads the first of an organisation's ports, or of a network's. */
export function firstPort(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1024 || value > 65_400) {
    throw new InvalidArgumentError('a port is a whole number from 1024 to 65400.');
  }
  return value;
}
