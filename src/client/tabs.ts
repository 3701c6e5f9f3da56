import { DATABASE_VERSION } from '../engines/indexeddb-open.ts';
import type { Environment } from '../environment.ts';

/** Without a channel nobody tells us: look at this interval (F61). */
const LOOK_EVERY_MS = 30_000;

interface Options {
  environment: Environment;
  /** Of the database: tabs of another app on the origin are not ours. */
  name: string;
  /** Reads what other tabs committed. Called for every hint; a hint is never believed. */
  look(): unknown;
  /** A tab of a newer version waits for the database. */
  stepAside(): void;
}

/** Watches for commits of other tabs, and hints at ours. The truth across tabs is the head in the database. */
export function watchTabs({ environment, name, look, stepAside }: Options) {
  let channel: BroadcastChannel | undefined;
  let known = 0;
  let timer: unknown;
  const { clock } = environment;
  const onMessage = ({ data }: MessageEvent<unknown>) => {
    if (versionWanted(data) > DATABASE_VERSION) return stepAside();
    known = Math.max(known, seqOf(data));
    look();
  };
  const lookAgain = () => {
    timer = clock.setTimeout(() => {
      look();
      lookAgain();
    }, LOOK_EVERY_MS);
  };
  const listen = () => {
    channel = environment.channel?.(`${name}:commits`);
    channel?.addEventListener('message', onMessage);
    if (!channel) lookAgain();
  };
  const stopListening = () => {
    channel?.removeEventListener('message', onMessage);
    channel?.close();
    channel = undefined;
    clock.clearTimeout(timer);
  };
  const stopWatching = environment.page?.onShown(look);
  listen();

  return {
    /** Says once that a commit landed; not when it was another tab that said so. */
    announce(seq: number): void {
      if (seq <= known) return;
      known = seq;
      channel?.postMessage({ kind: 'commit.landed', seq });
    },
    /** Asks tabs of an older version to let the database go. */
    ask(): void {
      channel?.postMessage({ kind: 'storage.wanted', version: DATABASE_VERSION });
    },
    /** An open channel keeps a page out of the back/forward cache (F60). */
    sleep: stopListening,
    wake: listen,
    close(): void {
      stopListening();
      stopWatching?.();
    },
  };
}

function seqOf(message: unknown): number {
  return numberIn(message, 'seq');
}

function versionWanted(message: unknown): number {
  return numberIn(message, 'version');
}

/** A message may come from anyone on the origin, of any version. */
function numberIn(message: unknown, name: string): number {
  const value = (typeof message === 'object' && message !== null ? message : {}) as Record<string, unknown>;
  return typeof value[name] === 'number' ? value[name] : 0;
}
