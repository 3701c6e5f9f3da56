import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumLaunch } from '../../../scripts/chromium.ts';

/** What a visit must never cause; every journey ends by asserting that both lists are empty. */
export interface Offences {
  console: string[];
  requests: string[];
}

export interface Visit {
  page: Page;
  context: BrowserContext;
  offences: Offences;
  close(): Promise<void>;
}

/** A browser profile on disk, so that closing the browser and coming back is the real thing. */
export class Profile {
  readonly folder = mkdtempSync(join(tmpdir(), 'profile-'));
  #open: BrowserContext | undefined;

  /** A copy of another profile, whose browser is closed. */
  static copyOf({ folder }: Profile): Profile {
    const copy = new Profile();
    cpSync(folder, copy.folder, { recursive: true, filter: (path) => !path.includes('Singleton') });
    return copy;
  }

  /** Starts a browser on this profile and goes to the app. */
  async visit(url: string, options: { colorScheme?: 'light' | 'dark' } = {}): Promise<Visit> {
    await this.#open?.close();
    const context = await chromium.launchPersistentContext(this.folder, {
      ...chromiumLaunch(),
      headless: true,
      viewport: { width: 1280, height: 800 },
      colorScheme: options.colorScheme ?? 'light',
      acceptDownloads: true,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    this.#open = context;
    const page = context.pages()[0] ?? (await context.newPage());
    const offences = watch(page, new URL(url).origin);
    await page.goto(url);
    return { page, context, offences, close: () => this.close() };
  }

  async close(): Promise<void> {
    await this.#open?.close();
    this.#open = undefined;
  }

  async remove(): Promise<void> {
    await this.close();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Notes console errors, page errors, and requests that leave the origin. */
export function watch(page: Page, origin: string): Offences {
  const offences: Offences = { console: [], requests: [] };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) offences.console.push(message.text());
  });
  page.on('pageerror', (error) => offences.console.push(String(error)));
  page.on('request', (request) => {
    const { protocol, origin: to } = new URL(request.url());
    if (protocol.startsWith('http') && to !== origin) offences.requests.push(request.url());
  });
  return offences;
}
