import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumLaunch } from '../scripts/chromium.ts';
import type { Serving } from './server.ts';

/** One browser with a fresh profile on disk, in which contenders take turns. */
export interface Arena {
  /**
   * A page of a contender, opened and ready.
   *
   * @param origin  names the origin; the contender's own when left out
   */
  enter(contender: string, size: number, origin?: string): Promise<Page>;
  /** Ends the browser and starts it again on the same profile: nothing is left in any memory of it. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openArena(serving: Serving): Promise<Arena> {
  const profile = mkdtempSync(join(tmpdir(), 'bench-'));
  const launch = (): Promise<BrowserContext> =>
    chromium.launchPersistentContext(profile, { ...chromiumLaunch(), headless: true });
  let context = await launch();
  return {
    async enter(contender, size, origin = contender) {
      const page = await context.newPage();
      const failed = new Promise<never>((_, reject) => page.once('pageerror', reject));
      failed.catch(() => {});
      const query = new URLSearchParams({ contender, size: `${size}` });
      await page.goto(`${await serving.originOf(origin)}/?${query}`);
      await Promise.race([page.waitForFunction(() => document.title === 'ready'), failed]);
      return page;
    },
    async restart() {
      await context.close();
      context = await launch();
    },
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
