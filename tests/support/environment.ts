import { SimulatedClock } from 'xstate';
import type { Environment } from '../../src/environment.ts';
import { type ChannelHub, createChannelHub } from './channel.ts';
import { freshIndexedDb } from './indexeddb.ts';
import { createLockHub, type LockHub } from './locks.ts';
import { MemoryStorage } from './storage.ts';

/** What tabs of one browser profile share. */
export interface Origin {
  indexedDB: IDBFactory;
  localStorage: Storage;
  locks: LockHub;
  channels: ChannelHub;
}

export interface TestEnvironment extends Environment {
  /** Moves only when told: `clock.increment(1_000)`. */
  clock: SimulatedClock;
  origin: Origin;
  /** Sets what the wall clock shows when the simulated clock stands at 0: it may jump [I15]. */
  setWallClock(ms: number): void;
  /** The tab crashes: the locks it holds are free, what it waits for never comes. */
  kill(): void;
}

export interface TestEnvironmentOptions {
  /** Several tabs: give each the same origin. By default a new, empty one. */
  origin?: Origin;
  /** Names ids and locks of this tab, and seeds `random`. */
  tab?: string;
  seed?: number;
  /** Wall clock at simulated time 0; 2026-03-01T09:00:00Z by default. */
  wallClockMs?: number;
  /** Replaces single parts; `undefined` takes a part away (no locks, no channel). */
  without?: readonly ('indexedDB' | 'localStorage' | 'locks' | 'channel' | 'subtle')[];
}

/** An empty browser profile: nothing stored, no lock held, no channel open. */
export function testOrigin(parts: Partial<Origin> = {}): Origin {
  return {
    indexedDB: freshIndexedDb(),
    localStorage: new MemoryStorage(),
    locks: createLockHub(),
    channels: createChannelHub(),
    ...parts,
  };
}

/** Mulberry32: small, fast, and the same for a seed everywhere [I24]. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A whole world for one tab: fake-indexeddb (the real one in a browser), in-memory localStorage with a quota, locks,
 * channels, a clock that stands still, and ids and randomness from a seed. Parts can be replaced with
 * `{ ...testEnvironment(), indexedDB: () => faulty }`.
 */
export function testEnvironment(options: TestEnvironmentOptions = {}): TestEnvironment {
  const { origin = testOrigin(), tab = 'tab-1', seed = 1, without = [] } = options;
  const clock = new SimulatedClock();
  let wallClockMs = options.wallClockMs ?? Date.UTC(2026, 2, 1, 9);
  let ids = 0;
  const locks = origin.locks.tab(tab);
  const has = (part: NonNullable<TestEnvironmentOptions['without']>[number]) => !without.includes(part);
  return {
    clock,
    origin,
    setWallClock(ms) {
      wallClockMs = ms;
    },
    kill: () => locks.kill(),
    now: () => wallClockMs + clock.now(),
    newId() {
      ids += 1;
      return `${tab}-${seed}-${ids}`;
    },
    random: seededRandom(seed),
    indexedDB: () => (has('indexedDB') ? origin.indexedDB : undefined),
    localStorage: () => (has('localStorage') ? origin.localStorage : undefined),
    locks: has('locks') ? locks : undefined,
    channel: has('channel') ? origin.channels.open : undefined,
    subtle: has('subtle') ? globalThis.crypto?.subtle : undefined,
  };
}
