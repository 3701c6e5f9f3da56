import type { Damage } from '../../vault/contract.ts';
import { sayProblem } from '../words/sayProblem.ts';

/** What is still wrong: what a second road gave back is no damage any more. */
export function openDamage(damage: readonly Damage[]): Damage[] {
  return damage.filter(({ repaired }) => !repaired);
}

/** One line for each place, for those who help. Places and classes, no contents. */
export function damageLines(damage: readonly Damage[]): string[] {
  return openDamage(damage).map(({ class: kind, where, store }) =>
    sayProblem('details.damage', { kind, where, store: store ?? sayProblem('details.noStore') }),
  );
}
