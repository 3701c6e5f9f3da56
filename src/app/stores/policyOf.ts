import type { Policy } from '../../../machines/load.types.ts';
import type { Envelope } from '../../vault/types.ts';
import { SETTINGS_ID, Settings, settings } from './settings.ts';

/** What may be done about damage without asking, in the order in which it is offered. */
export const POLICIES = ['prompt', 'recover', 'clear'] as const satisfies readonly Policy[];

/** What a stored `corruptionHandling` means; whatever is not known means asking. */
export function policyFrom(stored: string | undefined): Policy {
  return POLICIES.find((policy) => policy === stored) ?? 'prompt';
}

/**
 * What the person wants done about damage, as their settings say.
 *
 * @param readable records that passed their checks; settings that are not among them mean asking
 */
export function policyOf(readable: readonly Envelope[]): Policy {
  const stored = readable.find(({ store, id }) => store === settings.name && id === SETTINGS_ID);
  const { data: found } = Settings.safeParse(stored?.data);
  return policyFrom(found?.corruptionHandling);
}
