import { seeded } from './random.ts';

export type Data = { readonly write: number; readonly text: string };

/** One change: `undefined` removes the record. */
export interface Wish {
  readonly store: 'templates' | 'settings';
  readonly id: string;
  readonly data: Data | undefined;
}

/** One write, which is one commit: all of its wishes land or none. */
export interface WriteStep {
  readonly kind: 'save' | 'import' | 'delete';
  readonly wishes: readonly Wish[];
}

const IDS = 40;
/** Text that breaks when bytes are cut, re-coded or normalised: CR, NUL, beyond ASCII, a lone surrogate, NFC and NFD. */
const HARD_TEXT = ['\r', '\u0000', 'é', 'e\u0301', '東京', '\ud83d', '🩺', '\\', '"', '|^~\\&'];
/** The one record that is never edited again: with it, every snapshot has a page that lies outside LevelDB. */
const ATLAS = 'atlas';
/** Above Chromium's limit for a value kept outside LevelDB, also after compression. */
const BIG_TEXT = 300_000;

/** What decides the writes of a run. */
export interface Run {
  readonly seed: number;
  readonly engine: string;
}

/**
 * The n-th write of a run, from the run and the number alone, so that page and oracle agree without talking.
 *
 * @param n from 1
 */
export function stepOf({ seed, engine }: Run, n: number): WriteStep {
  const random = seeded(seed, n);
  // localStorage has 5 MB in all, history included.
  const share = engine === 'localstorage' ? 0.05 : 1;
  const dataOf = (length: number): Data => ({ write: n, text: textOf(random, length * share) });
  const template = (id: string, length: number): Wish => ({ store: 'templates', id, data: dataOf(length) });
  const idOf = () => `t-${Math.floor(random() * IDS)}`;

  if (n === 1) return { kind: 'save', wishes: [template(ATLAS, BIG_TEXT)] };
  const dice = random();
  if (dice < 0.1) return { kind: 'save', wishes: [{ store: 'settings', id: 'settings', data: dataOf(80) }] };
  if (dice < 0.25) {
    const ids = [...new Set(Array.from({ length: 8 }, idOf))];
    const settings: Wish = { store: 'settings', id: 'imported', data: dataOf(0) };
    return { kind: 'import', wishes: [...ids.map((id) => template(id, 400)), settings] };
  }
  if (dice < 0.32) return { kind: 'delete', wishes: [{ store: 'templates', id: idOf(), data: undefined }] };
  if (dice < 0.36) return { kind: 'save', wishes: [template(idOf(), BIG_TEXT)] };
  return { kind: 'save', wishes: [template(idOf(), 200 + Math.floor(random() * 3_000))] };
}

/** The page gives its n-th commit this id. */
export function commitIdOf(n: number): string {
  return `write-${n}`;
}

export function numberOf(commitId: string): number {
  return Number(commitId.slice('write-'.length));
}

/** Noise, so that compression leaves a big text big. */
function textOf(random: () => number, length: number): string {
  const parts: string[] = [];
  for (let size = 0; size < length; size += 9) {
    const hard = random() < 0.05 ? (HARD_TEXT[Math.floor(random() * HARD_TEXT.length)] ?? '') : '';
    parts.push(Math.floor(random() * 2 ** 32).toString(36), hard);
  }
  return parts.join('');
}
