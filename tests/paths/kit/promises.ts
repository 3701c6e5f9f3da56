import type { AnyEventObject, AnyMachineSnapshot } from 'xstate';
import type { Model, World } from './model.ts';

/**
 * What a person can do here and is told. Generated paths share the machine's own graph, so they cannot know that a
 * button is missing; this hand-written table does.
 */
export function checkPromises<TWorld extends World>(
  model: Model<TWorld>,
  snapshot: AnyMachineSnapshot,
): void {
  if (snapshot.status !== 'active') return;
  const where = JSON.stringify(snapshot.value);
  const rows = model.promises.filter((row) => snapshot.matches(row.in) && (row.when?.(snapshot) ?? true));
  if (rows.length === 0 && snapshot.hasTag('needs-user')) {
    throw new Error(`${where} asks a person, and no row of the promises says what they can do`);
  }
  for (const { can, cannot = [], tells } of rows) {
    for (const event of can) {
      if (!snapshot.can(eventOf(event))) throw new Error(`${where} must offer ${eventOf(event).type}`);
    }
    for (const event of cannot) {
      if (snapshot.can(eventOf(event))) throw new Error(`${where} must not offer ${eventOf(event).type}`);
    }
    if (tells && !tells(snapshot.context.finding)) throw new Error(`${where} does not tell what it must`);
  }
}

function eventOf(event: string | AnyEventObject): AnyEventObject {
  return typeof event === 'string' ? { type: event } : event;
}
