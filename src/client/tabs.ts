import type { Environment } from '../environment.ts';

/** Without a channel nobody tells us: look at this interval (F61). */
const LOOK_EVERY_MS = 30_000;

interface Options {
  environment: Environment;
  /** Of the database: tabs of another app on the origin are not ours. */
  name: string;
  /** Reads what other tabs committed. Called for every hint; a hint is never believed. */
  look(): unknown;
}

/** Watches for commits of other tabs, and hints at ours. The truth across tabs is the head in the database. */
export function watchTabs({ environment, name, look }: Options) {
  let channel: BroadcastChannel | undefined;
  let known = 0;
  let timer: unknown;
  const { clock } = environment;
  const onMessage = ({ data }: MessageEvent<unknown>) => {
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
    /** An open channel keeps a page out of the back/forward cache (F60). */
    sleep: stopListening,
    wake: listen,
    close(): void {
      stopListening();
      stopWatching?.();
    },
  };
}

/** A message may come from anyone on the origin, of any version. */
function seqOf(message: unknown): number {
  const { seq } = (typeof message === 'object' && message !== null ? message : {}) as { seq?: unknown };
  return typeof seq === 'number' ? seq : 0;
}
