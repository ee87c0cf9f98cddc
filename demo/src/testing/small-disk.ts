import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { platform } from 'node:process';

/** A small disk in memory, mounted where a test wants it to run full. */
export class SmallDisk {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Mounts one; undefined where this machine or user may not mount. */
  static mount(folder: string, megabytes: number): SmallDisk | undefined {
    if (platform !== 'linux' || process.getuid?.() !== 0) return undefined;
    mkdirSync(folder, { recursive: true });
    try {
      const options = `size=${String(megabytes)}m,mode=0700`;
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' });
    } catch {
      return undefined;
    }
    return new SmallDisk(folder);
  }

  /** Leaves room for so many bytes and no more. */
  leave(bytes: number): void {
    const { bavail, bsize } = statfsSync(this.#folder);
    writeFileSync(join(this.#folder, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - bytes), 1));
  }

  /** Makes it larger while it is in use, as a volume is. */
  grow(megabytes: number): void {
    execFileSync('mount', ['-o', `remount,size=${String(megabytes)}m`, this.#folder]);
  }

  /** Takes it away with all that is on it, also while files are open. */
  unmount(): void {
    execFileSync('umount', ['--lazy', this.#folder]);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
