import { readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { start } from './browsers.ts';
import { differences } from './model.ts';
import type { Loaded, Setting } from './session.ts';

export interface Damaged {
  readonly tried: number;
  /** Of those, how many the load noticed: what lies in an older snapshot it does not read. */
  readonly noticed: number;
  readonly findings: readonly string[];
}

const SEEN_MS = 60_000;

/**
 * Takes away one side file after the other, in which Chromium keeps large values, and looks what the product makes of
 * it: what is lost is named exactly, all the rest is there, and nothing is wiped (F31, durability 3.5 and 3.12).
 *
 * @param landed  the newest write that is there
 */
export async function damageSideFiles(setting: Setting, landed: number, limit: number): Promise<Damaged> {
  const files = sideFilesOf(setting.profile).slice(0, limit);
  const findings: string[] = [];
  let noticed = 0;
  for (const [at, file] of files.entries()) {
    const aside = `${setting.profile}.side-file`;
    renameSync(file, aside);
    const { event, body } = await firstReport(setting, `${setting.seed}-side-file-${at}`);
    renameSync(aside, file);
    if (event !== 'loaded') {
      findings.push(`without side file ${at} the page says ${event}: ${JSON.stringify(body)}`);
      continue;
    }
    const loaded = body as Loaded;
    noticed += Number(loaded.kind === 'damaged');
    findings.push(...unnamed(setting, loaded, landed).map((what) => `without side file ${at}: ${what}`));
  }
  return { tried: files.length, noticed, findings };
}

/** What one write of the workload changes at most. */
const MOST_PER_WRITE = 9;

/**
 * What differs from the model and is not named as damage that could not be repaired. A commit since the newest snapshot exists
 * once (durability 3.12): with its file gone it is named by its place, and no more than what it changed may be missing.
 */
function unnamed({ models }: Setting, { kind, detail, records }: Loaded, landed: number): string[] {
  const open = (detail ?? []).filter(({ repaired }) => !repaired);
  const named = open.map(({ store, id }) => `${store}/${id}:`);
  const differing = differences(new Map(records), models.after(landed));
  const unsaid = differing.filter((what) => !named.some((record) => what.startsWith(record)));
  const commits = new Set(
    open.filter(({ where }) => /^log \[\d+, \d+\]$/.test(where)).map(({ where }) => where),
  );
  const silent = unsaid.length > commits.size * MOST_PER_WRITE ? unsaid : [];
  return silent.length > 0 ? [`${kind}, and in silence ${silent.join('; ')}`] : [];
}

function firstReport(setting: Setting, visit: string): Promise<{ event: string; body: unknown }> {
  return new Promise((resolve, reject) => {
    const query = new URLSearchParams({ role: 'load', visit, engine: setting.engine });
    const url = `${setting.serving.origin}/?${query}`;
    const stuck = setTimeout(() => seen('silence', null), SEEN_MS);
    const seen = (event: string, body: unknown) => {
      clearTimeout(stuck);
      running.kill().then(() => resolve({ event, body }), reject);
      return undefined;
    };
    setting.serving.listen(visit, seen);
    const running = start(setting.browser, { profile: setting.profile, url });
  });
}

/** Newest first: those of the newest snapshot, which a load reads, are among them. */
function sideFilesOf(profile: string): string[] {
  const entries = readdirSync(join(profile, 'Default/IndexedDB'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.parentPath.includes('.indexeddb.blob'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
}
