import type { InspectedEvent } from './inspect.ts';

/** Machines whose steps explain what became of the data. */
const LOGGED = new Set(['persistence', 'boot', 'load', 'migration', 'recovery']);
const KEPT = 200;

/**
 * Remembers the last steps of what opens, loads, updates and recovers, for a report: times, states and events, and
 * nothing that anyone wrote (I22).
 *
 * @param listen  the seam through which the machines are seen
 */
export function keepRecoveryLog(listen: (listener: (event: InspectedEvent) => void) => () => void) {
  const lines: string[] = [];
  const stop = listen(({ at, machine, event, to }) => {
    if (!LOGGED.has(machine)) return;
    const state = typeof to === 'string' ? to : JSON.stringify(to);
    lines.push(`${new Date(at).toISOString()} ${machine}: ${event} → ${state}`);
    if (lines.length > KEPT) lines.shift();
  });
  return { lines: (): readonly string[] => [...lines], stop };
}
